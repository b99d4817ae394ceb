// Filters and reshapes an event's items and adds them up: what most automations come to.
function transform(event) {
  const items = event.items
    .filter((item) => item.active && item.price > 10)
    .map(({ id, name, price, qty }) => ({ id, tag: name.toUpperCase(), total: price * qty }));
  return { user: event.user.id, count: items.length, sum: items.reduce((sum, { total }) => sum + total, 0), items };
}

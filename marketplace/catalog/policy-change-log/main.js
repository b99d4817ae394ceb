// What the platform writes by itself changes with every write and says nothing about it.
const BY_ITSELF = new Set(['version', 'updateTime', 'normalizedTags']);

function changed(before, after) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !BY_ITSELF.has(name))
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function line({ operation, type, object, original, namespace }) {
  const what = `${operation} ${type} ${object.name} in ${namespace ?? object.namespace}`;
  return operation === 'Update' && original ? `${what}: ${changed(original, object).join(', ')}` : what;
}

export default async function (ctx) {
  const text = line(ctx.event);
  ctx.log.info(text);
  if (ctx.params.url) {
    const headers = { 'content-type': 'application/json' };
    if (ctx.params.token) {
      headers.authorization = `Bearer ${await ctx.secrets.get(ctx.params.token)}`;
    }
    const reply = await ctx.fetch(ctx.params.url, { method: 'POST', headers, body: JSON.stringify({ text }) });
    if (!reply.ok) {
      throw new Error(`${ctx.params.url} answered ${reply.status}`);
    }
  }
  return { text };
}

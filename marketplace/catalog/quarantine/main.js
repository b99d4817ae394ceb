export default async function (ctx) {
  const { object, original } = ctx.event;
  if (original?.normalizedTags?.includes(ctx.params.tag)) {
    return { told: false };
  }
  ctx.log.warn(`${object.name} of ${object.namespace} is in quarantine`);
  await ctx.api.alarms.create({
    name: `quarantine-${object.id}`,
    kind: 'quarantine',
    content: `${object.name} of ${object.namespace} carries ${ctx.params.tag} and is cut off.`,
    data: { unit: object.id, name: object.name, namespace: object.namespace },
  });
  return { told: true };
}

// Policies first: they may speak of the rest.
const TYPES = ['networkaccesspolicies', 'services', 'externalnetworks', 'processingunits'];
const DAY_MILLIS = 24 * 60 * 60 * 1000;

// What is left over is removed by the next run.
const REMOVED_MAX = 100;

async function remove(ctx, type, object) {
  try {
    await ctx.api[type].remove(object.id);
    ctx.log.info(`Removed ${type} ${object.name}, unchanged since ${object.updateTime}`);
    return true;
  } catch (error) {
    ctx.log.warn(`${type} ${object.name} stays: ${error.message}`);
    return false;
  }
}

export default async function (ctx) {
  const { tag, days } = ctx.params;
  const until = new Date(Date.now() - days * DAY_MILLIS).toISOString();
  const filter = `normalizedTags CONTAINS "${tag}" AND updateTime < date("${until}")`;
  let removed = 0;
  let found = 0;
  for (const type of TYPES) {
    for (const object of await ctx.api[type].list({ filter, limit: REMOVED_MAX })) {
      found++;
      if (!ctx.params.remove) {
        ctx.log.info(`Would remove ${type} ${object.name}, unchanged since ${object.updateTime}`);
      } else if (removed < REMOVED_MAX && (await remove(ctx, type, object))) {
        removed++;
      }
    }
  }
  return { found, removed };
}

const NAMED_MAX = 5;
const PAGE = 500;

/** Rejected connections by who was refused where. Both ends tell of a connection: only the receiver's word counts. */
async function counts(ctx) {
  const found = new Map();
  const flows = await ctx.api.flowreports.list({
    filter: `action == Reject and side == Receiver and startTime > now("-${ctx.params.window}m")`,
    recursive: true,
    limit: PAGE,
  });
  for (const flow of flows) {
    const who = `${flow.sourceId ?? flow.sourceIp} at ${flow.destinationId ?? flow.destinationIp}`;
    found.set(who, (found.get(who) ?? 0) + flow.connections);
  }
  return found;
}

export default async function (ctx) {
  const found = await counts(ctx);
  const sum = [...found.values()].reduce((all, count) => all + count, 0);
  if (sum <= ctx.params.most) {
    return { rejected: sum, told: false };
  }
  const worst = [...found].sort(([, a], [, b]) => b - a).slice(0, NAMED_MAX);
  // The same words make it the same alarm: a second mail comes when somebody has resolved the first.
  const alarm = await ctx.api.alarms.create({
    name: 'rejected-traffic',
    kind: ctx.params.kind,
    content: `More than ${ctx.params.most} connections were rejected within ${ctx.params.window} minutes.`,
    data: { rejected: sum, most: worst.map(([who, count]) => `${who}: ${count}`) },
  });
  return { rejected: sum, told: alarm.count === 1 };
}

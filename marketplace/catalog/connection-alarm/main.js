const protocolAndPort = ({ protocol, destinationPort }) =>
  destinationPort ? `${protocol} port ${destinationPort}` : protocol;

function text(flow) {
  const from = flow.sourceId ?? flow.sourceIp;
  const to = flow.destinationId ?? flow.destinationIp;
  return `${from} was refused at ${to} of ${flow.namespace}, ${protocolAndPort(flow)}: ${flow.reason}`;
}

export default async function (ctx) {
  const flow = ctx.event.object;
  const content = text(flow);
  const alarm = await ctx.api.alarms.create({
    name: 'rejected-connection',
    kind: 'flow:rejected',
    content,
    emails: ctx.params.emails ?? [],
    data: { enforcer: flow.enforcerId, policy: flow.policyId ?? '', side: flow.side },
  });
  const isNew = alarm.count === 1;
  if (isNew && ctx.params.url) {
    const headers = { 'content-type': 'application/json' };
    if (ctx.params.token) {
      headers.authorization = `Bearer ${await ctx.secrets.get(ctx.params.token)}`;
    }
    const reply = await ctx.fetch(ctx.params.url, { method: 'POST', headers, body: JSON.stringify({ text: content }) });
    if (!reply.ok) {
      throw new Error(`${ctx.params.url} answered ${reply.status}`);
    }
  }
  return { alarm: alarm.id, isNew };
}

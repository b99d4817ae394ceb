// What an external network can hold.
const ENTRIES_MAX = 1024;

function wanted(item, params) {
  const is = (value, asked) => !asked || (value ?? '').toLowerCase() === asked.toLowerCase();
  return is(item.service ?? item.systemService, params.service) && is(item.region ?? item.scope, params.region);
}

function networks(text, params) {
  if (!text.trimStart().startsWith('{')) {
    return text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  }
  const list = JSON.parse(text);
  const prefixes = (list.prefixes ?? [])
    .concat(list.ipv6_prefixes ?? [])
    .filter((item) => wanted(item, params))
    .map((item) => item.ip_prefix ?? item.ipv6_prefix ?? item.ipv4Prefix ?? item.ipv6Prefix);
  const properties = (list.values ?? [])
    .map((item) => item.properties ?? {})
    .filter((item) => wanted(item, params))
    .flatMap((item) => item.addressPrefixes ?? []);
  return prefixes.concat(properties);
}

export default async function (ctx) {
  const reply = await ctx.fetch(ctx.params.url);
  if (!reply.ok) {
    throw new Error(`${ctx.params.url} answered ${reply.status}`);
  }
  const entries = [...new Set(networks(await reply.text(), ctx.params))].filter(Boolean).sort();
  // An empty list is a broken list: to empty the network would open or close what nobody meant.
  if (entries.length === 0 || entries.length > ENTRIES_MAX) {
    throw new Error(`The list has ${entries.length} networks; 1 to ${ENTRIES_MAX} are taken. Narrow it by service or region.`);
  }
  const network = await ctx.api.externalnetworks.get(`name:${ctx.params.network}`);
  const before = [...network.entries].sort();
  if (JSON.stringify(before) === JSON.stringify(entries)) {
    return { networks: entries.length, changed: false };
  }
  await ctx.api.externalnetworks.patch(network.id, { entries });
  ctx.log.info(`${entries.length} networks, ${before.length} before`);
  return { networks: entries.length, changed: true };
}

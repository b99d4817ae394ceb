const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** The tags that say what a unit is, as a policy selects it. */
function described(unit, keys) {
  const told = (unit.associatedTags ?? []).filter((tag) => keys.includes(tag.split('=')[0])).sort();
  return told.length > 0 ? told : [`$name=${unit.name}`];
}

async function find(ctx, id) {
  if (id === undefined) {
    return undefined;
  }
  const [unit] = await ctx.api.processingunits.list({ filter: `clientLocalId == ${JSON.stringify(id)}`, limit: 1 });
  return unit;
}

async function isThere(ctx, name) {
  const found = await ctx.api.networkaccesspolicies.list({ filter: `name == ${JSON.stringify(name)}`, limit: 1 });
  return found.length > 0;
}

/** Keys of kept values are short, descriptions are not. */
async function digest(ctx, text) {
  const bytes = new Uint8Array(await ctx.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function policy(ctx, name, subject, object, port) {
  const unit = '$type=processingunit';
  return {
    name,
    description: 'Would allow what was refused because no policy speaks of it. Enable it if it is meant to be.',
    disabled: true,
    action: 'Allow',
    subject: [[unit, ...subject]],
    object: [[unit, ...object]],
    ports: [port],
    associatedTags: [`suggested-by=${ctx.params.installation}`],
  };
}

export default async function (ctx) {
  const flow = ctx.event.object;
  if (flow.policyId) {
    return { left: `policy ${flow.policyId} refuses it` };
  }
  const source = await find(ctx, flow.sourceId);
  const destination = await find(ctx, flow.destinationId);
  if (!source || !destination) {
    return { left: 'one end is no unit of this namespace' };
  }
  const subject = described(source, ctx.params.keys);
  const object = described(destination, ctx.params.keys);
  const port = flow.destinationPort ? `${flow.protocol}/${flow.destinationPort}` : flow.protocol;
  const name = `${ctx.params.installation}: ${subject} to ${object} on ${port}`.slice(0, 256);
  const key = await digest(ctx, name);
  const ttl = ctx.params.again * DAY_MILLIS;
  const seen = await ctx.kv.increment(`seen:${key}`, Math.max(1, flow.connections), { ttl });
  if (seen < ctx.params.after || (await ctx.kv.get(`suggested:${key}`)) || (await isThere(ctx, name))) {
    return { seen };
  }
  const made = await ctx.api.networkaccesspolicies.create(policy(ctx, name, subject, object, port));
  await ctx.kv.set(`suggested:${key}`, made.id, { ttl });
  ctx.log.info(`suggests ${name}`);
  return { seen, suggested: name };
}

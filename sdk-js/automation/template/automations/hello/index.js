import { sentence } from './sentence.js';

/** @typedef {import('@oarlock/automation/ctx').EventCtx<'externalnetwork', { channel: string }>} Ctx */

/**
 * Whether to run at all.
 *
 * @param {Ctx} ctx
 */
export function when(ctx) {
  return ctx.event.object.name !== 'scratch';
}

/** @param {Ctx} ctx */
export default async function (ctx) {
  const networks = await ctx.api.externalnetworks.count();
  const seen = await ctx.kv.increment('seen');
  const line = sentence(ctx.event, networks);
  ctx.log.info(`${ctx.params.channel}: ${line}`);
  return { line, seen };
}

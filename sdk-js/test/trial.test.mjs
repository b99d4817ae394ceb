import assert from 'node:assert/strict';
import test from 'node:test';
import { fakePlatform, realPlatform, trial } from '@oarlock/automation';
import { newNamespace } from './platform.mjs';

const action = (/** @type {string} */ body) => `export default async function (ctx) {${body}}`;

test('aScriptThatDoesNotEndIsEnded', async () => {
  const { status, limit } = await trial('export default () => { for (;;); }', { limits: { wallTime: 'PT0.3S' } });
  assert.deepEqual([status, limit], ['TimedOut', 'wallTime']);
});

test('aScriptThatEatsMemoryIsEnded', async () => {
  const run = await trial('export default () => { const all = []; for (;;) all.push(new Array(1000).fill(1)); }', { limits: { memory: '16MiB' } });
  assert.deepEqual([run.status, run.limit], ['LimitExceeded', 'memory']);
});

test('callsAreCounted', async () => {
  const run = await trial(action('for (;;) await ctx.fetch("https://a.example")'), { limits: { outboundRequests: 3 } });
  assert.deepEqual([run.status, run.limit, run.calls.length], ['LimitExceeded', 'outboundRequests', 4]);
});

test('anErrorStandsAtTheAuthorsLine', async () => {
  const { status, error } = await trial('export default async (ctx) => {\n  await null;\n  ctx.nope.x;\n}', { name: 'wrong' });
  assert.equal(status, 'Failed');
  assert.deepEqual([error?.line, error?.message.includes('TypeError'), error?.stack.includes('wrong:3')], [3, true, true]);
});

test('whatIsNotEntitledIsRefused', async () => {
  const list = action('return await ctx.api.automations.list().catch(({ code }) => code)');
  const platform = fakePlatform({ resources: { automations: [{ name: 'a' }] } });
  assert.equal((await trial(list, { platform })).result, 'not-entitled');
  const run = await trial(list, { platform, entitlements: { automation: ['get', 'list'] } });
  assert.equal(run.result[0].name, 'a');
  assert.deepEqual(run.usedEntitlements, { automation: ['list'] });
});

test('aFakeKeepsWhatIsWritten', async () => {
  const platform = fakePlatform();
  const run = await trial(action(`
    const made = await ctx.api.externalnetworks.create({ name: 'a', entries: [] });
    await ctx.api.externalnetworks.patch(made, { description: 'x' });
    await ctx.api.externalnetworks.update({ ...made, description: 'y' });
    return [await ctx.api.externalnetworks.count(), await ctx.kv.compareAndSet('k', undefined, 1), await ctx.kv.compareAndSet('k', 2, 3)];`),
  { platform, entitlements: { '*': ['*'] } });
  assert.deepEqual(run.result, [1, true, false]);
  assert.equal(platform.resources('externalnetworks')[0]?.description, 'y');
  assert.equal(platform.kv.get('k'), 1);
});

test('requestsGoToTheTestWithTheirSecretsUnopened', async () => {
  const platform = fakePlatform({ fetch: ({ body }) => ({ status: 201, body: `{"echo":${body}}` }) });
  const run = await trial(action(`
    const key = await ctx.secrets.get('key');
    const answer = await ctx.fetch('https://hooks.example', { method: 'POST', headers: { Authorization: \`Bearer \${key}\` }, body: JSON.stringify({ a: 1 }) });
    return [answer.status, await answer.json()];`), { platform, secrets: ['key'] });
  assert.deepEqual(run.result, [201, { echo: { a: 1 } }]);
  assert.equal(platform.requests[0]?.headers['authorization'], 'Bearer ${secret:key}');
});

test('sourcesOfTheOriginalSystemRunAsTheyAre', async () => {
  const run = await trial(`function when(api, params) { return { continue: true, payload: params.n }; }
    function then(api, params, payload) { return payload + api.RetrieveMany('roles').length; }`,
  { parameters: { n: 40 }, entitlements: { role: ['list'] }, platform: fakePlatform({ resources: { roles: [{}, {}] } }) });
  assert.equal(run.result, 42);
});

test('aRealPlatformAnswersAndIsNotChanged', async () => {
  const oarlock = await newNamespace();
  await oarlock.externalnetworks.create({ name: 'office', entries: ['10.0.0.0/8'] });
  const source = action(`
    const [one] = await ctx.api.externalnetworks.list({ filter: 'name == office' });
    await ctx.api.externalnetworks.patch(one, { description: 'x' });
    await ctx.api.externalnetworks.create({ nmae: 'x' }).catch((error) => ctx.log.warn(error.code, error.details.status));
    return one.name;`);
  const options = { entitlements: /** @type {any} */ ({ externalnetwork: ['*'] }) };
  const dry = await trial(source, { ...options, platform: realPlatform(oarlock) });
  assert.equal(dry.result, 'office', dry.error?.message);
  assert.deepEqual(dry.logs, [{ level: 'warn', message: 'validation 422' }]);
  assert.equal((await oarlock.externalnetworks.get('name:office')).description, undefined);
  await trial(source, { ...options, platform: realPlatform(oarlock, { write: true }) });
  assert.equal((await oarlock.externalnetworks.get('name:office')).description, 'x');
});

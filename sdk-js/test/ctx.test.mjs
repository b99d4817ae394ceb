// The declaration of ctx against what a script really finds: on the platform, and in the harness.
import assert from 'node:assert/strict';
import test from 'node:test';
import { trial } from '@oarlock/automation';
import { declared } from './declared.mjs';
import { newNamespace, until, warm } from './platform.mjs';

/** Runs as a script: says what there is, by the name of its declaration. */
const source = `
const own = (value) => Object.getOwnPropertyNames(value).sort();
const deep = (value) => {
  const names = new Set();
  for (let at = value; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) own(at).forEach((name) => names.add(name));
  return [...names].sort();
};
export default async function (ctx) {
  const { api, event, run } = ctx;
  return {
    exact: {
      Ctx: own(ctx).filter((name) => name !== 'schedule'), AnyTypeApi: own(api), TypeApi: own(api.automations), KeyValues: own(ctx.kv), Secrets: own(ctx.secrets),
      SecretHandle: own(await ctx.secrets.get('s')), Log: own(ctx.log), RunFacts: own(run), Console: own(console),
    },
    has: {
      Headers: deep(new Headers()), Request: deep(new Request('https://a.b')), Response: deep(new Response()), URL: deep(new URL('https://a.b')),
      URLSearchParams: deep(new URLSearchParams()), AbortController: deep(new AbortController()), AbortSignal: deep(new AbortController().signal),
      TextEncoder: deep(new TextEncoder()), TextDecoder: deep(new TextDecoder()),
    },
    globals: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'queueMicrotask', 'structuredClone', 'atob', 'btoa', 'fetch'].filter((name) => typeof globalThis[name] !== 'function'),
    absent: ['require', 'process', 'WebAssembly', 'SharedArrayBuffer', 'Java', 'Polyglot'].filter((name) => name in globalThis),
    event: own(event), cause: own(event.cause ?? {}), runCause: own(run.cause),
  };
}`;

function compare(/** @type {any} */ found) {
  for (const [name, names] of Object.entries(found.exact)) assert.deepEqual(names, declared(name).always, name);
  for (const [name, names] of Object.entries(found.has)) assert.deepEqual(declared(name).all.filter((one) => !names.includes(one)), [], name);
  assert.deepEqual([found.globals, found.absent], [[], []]);
}

const within = (/** @type {string[]} */ names, /** @type {string} */ type) => {
  const { always, all } = declared(type);
  assert.deepEqual(always.filter((name) => !names.includes(name)), [], `${type} lacks`);
  assert.deepEqual(names.filter((name) => !all.includes(name)), [], `${type} has more`);
};

test('aRunOnThePlatformFindsWhatIsDeclared', async () => {
  const oarlock = await newNamespace();
  const { automations, externalnetworks, runs, secrets } = oarlock;
  await warm(oarlock);
  await secrets.create({ name: 's', value: 'x' });
  await automations.create({ name: 'ctx', source, secrets: ['s'], trigger: { kind: 'OnEvent', types: ['externalnetwork'] } });
  await externalnetworks.create({ name: 'office', entries: ['10.0.0.0/8'] });
  const { id } = await automations.get('name:ctx');
  const mine = async () => (await runs.list().toArray()).find(({ automation, endedAt }) => automation === id && endedAt);
  await until(mine);
  const run = await mine();
  assert.equal(run?.status, 'Succeeded', JSON.stringify(run?.error));
  const found = /** @type {any} */ (run?.result);
  compare(found);
  within(found.event, 'ChangeOf');
  within(found.cause, 'Cause');
});

test('aHookIsAskedWithWhatIsDeclared', async () => {
  const oarlock = await newNamespace();
  const { automations, externalnetworks, hookpolicies, runs } = oarlock;
  await warm(oarlock);
  await automations.create({ name: 'guard', associatedTags: ['role=guard'], trigger: { kind: 'OnHook' },
    source: 'export default (ctx) => { ctx.log.info(Object.keys(ctx.event).join()); if (!ctx.event.object.description) ctx.refuse("say why", { attribute: "description" }); }' });
  await hookpolicies.create({ name: 'why', subject: [['$type=externalnetwork']], triggerOperations: ['Create'], mode: 'Pre', endpointType: 'Automation', selectors: [['role=guard']], timeout: 'PT30S' });
  await assert.rejects(externalnetworks.create({ name: 'office', entries: ['10.0.0.0/8'] }), { code: 'hook-refused' });
  const asked = (/** @type {any} */ run) => run.cause.kind !== 'Test' && run.logs.length > 0;
  await until(async () => (await runs.list().toArray()).some(asked));
  const run = (await runs.list().toArray()).find(asked);
  const names = /** @type {any} */ (run?.logs[0])?.message.split(',');
  assert.deepEqual(declared('HookEvent').always.filter((name) => !names.includes(name)), []);
});

test('aTrialFindsTheSame', async () => {
  const run = await trial(source, { secrets: ['s'], event: {} });
  assert.equal(run.status, 'Succeeded', run.error?.message);
  compare(run.result);
});

// What every client of the platform does alike, against a real one.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  account, ConflictError, filter, InvalidError, MalformedError, NotFoundError, proof, StaleError, token, UnauthenticatedError,
} from '@oarlock/client';
import { nodeFetch } from '@oarlock/client/node';
import { admin, newNamespace, password, platform, until, warm } from './platform.mjs';

const OnCall = /** @type {const} */ ({ kind: 'OnCall' });

const samples = {
  externalnetworks: [{ name: 'office', entries: ['10.0.0.0/8'] }, { entries: ['10.1.0.0/16'] }],
  networkaccesspolicies: [{ name: 'web-to-db', ports: ['tcp/443'] }, { ports: ['tcp/5432'] }],
  automations: [{ name: 'hello', trigger: OnCall, source: 'export default () => 1' }, { source: 'export default () => 2' }],
};

for (const [plural, [object, changes]] of Object.entries(samples)) {
  test(`everyVerbWorksOn ${plural}`, async () => {
    const verbs = /** @type {any} */ (await newNamespace())[plural];
    const made = await verbs.create(object);
    assert.deepEqual(await verbs.get(made.id), made);
    assert.deepEqual(await verbs.get(`name:${made.name}`), made);
    assert.equal(await verbs.count(), 1);
    assert.deepEqual(await verbs.list().toArray(), [made]);
    assert.deepEqual(await verbs.list({ fields: ['name'] }).toArray(), [{ name: made.name }]);

    const patched = await verbs.patch(made, { description: 'Ours.' }, { ifMatch: made.version });
    assert.equal(patched.description, 'Ours.');
    await assert.rejects(verbs.patch(made, { description: 'Mine.' }, { ifMatch: made.version }), StaleError);

    const replaced = await verbs.update(made, { ...patched, ...changes });
    assert.deepEqual({ ...patched, ...changes }, { ...replaced, version: patched.version, updateTime: patched.updateTime,
      ...('currentVersion' in made ? { currentVersion: patched.currentVersion } : {}) });
    assert.equal((await verbs.patch(made, { description: null })).description, undefined);

    await verbs.remove(made);
    await assert.rejects(verbs.get(made), NotFoundError);
    assert.equal(await verbs.count(), 0);
  });
}

test('aListIsReadPageByPageWhileOthersWrite', async () => {
  const oarlock = await newNamespace();
  const networks = oarlock.externalnetworks;
  const names = Array.from({ length: 25 }, (_, i) => `net-${String(i).padStart(2, '0')}`);
  const made = await oarlock.batch(names.map((name) =>
    ({ operation: 'Create', type: 'externalnetwork', body: { name, entries: ['10.0.0.0/8'] } })));
  assert.deepEqual(made.map(({ status }) => status), names.map(() => 201));

  const pages = [];
  for await (const page of networks.list({ order: 'name', limit: 10 }).pages()) {
    pages.push(page.items.map(({ name }) => name));
    assert.deepEqual([page.estimated, page.total], [false, pages.length === 1 ? 25 : 24]);
    if (pages.length === 1) await networks.remove('name:net-03');
  }
  assert.deepEqual(pages.map((page) => page.length), [10, 10, 5]);
  assert.deepEqual(pages.flat(), names);
  await assert.rejects(networks.list({ limit: 10 }).toArray(20), /more than 20/);
});

test('valuesInAFilterMeanThemselves', async () => {
  const { externalnetworks } = await newNamespace();
  const name = `she said "no" \\ OR name EXISTS`;
  await externalnetworks.create({ name, entries: ['10.0.0.0/8'] });
  await externalnetworks.create({ name: 'other', entries: ['10.0.0.0/8'], associatedTags: ['a=b', 'c=d'] });
  const found = await externalnetworks.list({ q: filter`name == ${name}` }).toArray();
  assert.deepEqual(found.map((one) => one.name), [name]);
  assert.equal(await externalnetworks.count({ q: filter`associatedTags CONTAINS ${['a=b', 'c=d']} AND version < ${2}` }), 1);
});

test('aRefusalSaysAllThatIsWrong', async () => {
  const { networkaccesspolicies } = await newNamespace();
  const wrong = /** @type {any} */ ({ nmae: 'web', action: 'Alow', ports: ['tcp/99999'] });
  await assert.rejects(networkaccesspolicies.create(wrong), (error) => {
    assert.ok(error instanceof InvalidError);
    assert.equal(error.code, 'validation');
    assert.ok(error.errors.length >= 4);
    assert.match(error.message, /nmae.*name/s);
    assert.ok(error.requestId);
    return true;
  });
  await assert.rejects(networkaccesspolicies.list({ q: 'nam == 1' }).toArray(), (error) => {
    assert.ok(error instanceof MalformedError);
    return /Column 1 of the filter[^]*Did you mean "name"/.test(error.message);
  });
});

test('theSameKeyMakesOneResource', async () => {
  const { networkaccesspolicies } = await newNamespace();
  const twice = [0, 1].map(() => networkaccesspolicies.create({ name: 'once' }, { idempotencyKey: 'k-1' }));
  const [one, other] = await Promise.all(twice);
  assert.equal(one?.id, other?.id);
  assert.equal(await networkaccesspolicies.count(), 1);
});

test('aDryRunStoresNothing', async () => {
  const { roles } = await newNamespace();
  assert.equal((await roles.create({ name: 'r', authorizations: {} }, { dryRun: true })).name, 'r');
  assert.equal(await roles.count(), 0);
});

test('aBatchIsAllOrNothing', async () => {
  const oarlock = await newNamespace();
  const network = { operation: /** @type {const} */ ('Create'), type: /** @type {const} */ ('externalnetwork') };
  await assert.rejects(oarlock.batch([
    { ...network, body: { name: 'good', entries: ['10.0.0.0/8'] } },
    { ...network, body: /** @type {any} */ ({ name: 'bad' }) },
  ]), InvalidError);
  assert.equal(await oarlock.externalnetworks.count(), 0);
});

test('anActionIsAMethodOfItsType', async () => {
  const oarlock = await newNamespace();
  const { automations, runs } = oarlock;
  await warm(oarlock);
  const made = await automations.create({ name: 'sum', trigger: OnCall, source: 'export default (ctx) => ctx.payload.a + 1' });
  const { run } = await automations.run(made, { payload: { a: 41 } });
  await until(async () => (await runs.get(run)).status === 'Succeeded');
  assert.equal((await runs.get(run)).result, 42);
  const { slots } = await automations.preview({ schedule: { cron: '0 0 12 * * ?' } });
  assert.match(slots[0] ?? '', /T12:00:00/);
});

test('anAbortedCallThrowsWhatItWasAbortedWith', async () => {
  const { automations } = await newNamespace();
  const reason = new Error('enough');
  const early = AbortSignal.abort(reason);
  await assert.rejects(automations.count({ signal: early }), (error) => error === reason);
  const controller = new AbortController();
  const counting = automations.count({ signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(counting, (error) => error === reason);
});

test('aTokenIsRenewedWhenItsTimeIsOver', async () => {
  let issued = '';
  const credentials = proof({ realm: 'Account', metadata: { account: 'admin', password }, validity: 'PT1S' });
  const oarlock = admin({ credentials: async (issue, refused) => (issued = await credentials(issue, refused)) });
  await oarlock.namespaces.count();
  const first = issued;
  await until(() => admin({ credentials: token(first) }).namespaces.count().then(() => false, (error) => error instanceof UnauthenticatedError));
  await oarlock.namespaces.count();
  assert.notEqual(issued, first);
});

test('aTokenIsRenewedWhenItIsRevoked', async () => {
  const used = new Set();
  const credentials = account('admin', password);
  const oarlock = admin({ credentials: async (issue, refused) => {
    const given = await credentials(issue, refused);
    used.add(given);
    return given;
  } });
  await oarlock.namespaces.count();
  const [, claims] = [...used][0].split('.');
  const { jti } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  await admin({ namespace: '/' }).revocations.create({ tokenId: jti });
  await until(() => oarlock.namespaces.count().then(() => used.size === 2));
});

test('aWrongPasswordIsRefusedAtOnce', async () => {
  const oarlock = admin({ credentials: account('admin', 'wrong') });
  await assert.rejects(oarlock.namespaces.count(), UnauthenticatedError);
});

test('aNameIsTakenOnce', async () => {
  const oarlock = await newNamespace();
  await oarlock.namespaces.create({ name: 'a' });
  await assert.rejects(oarlock.namespaces.create({ name: 'a' }), ConflictError);
});

test('theFetchOfNodeServesAsWell', async () => {
  assert.ok((await admin({ fetch: globalThis.fetch }).namespaces.count()) > 0);
});

test('aStrangersCertificateIsNotTrusted', async () => {
  const oarlock = admin({ fetch: nodeFetch({ ca: 'nobody' }), attempts: 1 });
  await assert.rejects(oarlock.namespaces.count(), /did not answer/);
});

test('thePlatformOfThisMachineIsReachedByItsSocket', async () => {
  assert.ok((await admin({ fetch: nodeFetch({ socketPath: platform.socket }) }).namespaces.count()) > 0);
});

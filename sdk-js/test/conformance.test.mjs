// What every client of the platform does alike, against a real one: conformance.json, which the client in Java plays as
// well. Below it what there is in JavaScript alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { account, connect, proof, token, UnauthenticatedError } from '@oarlock/client';
import { nodeFetch } from '@oarlock/client/node';
import { admin, newNamespace, password, platform, until } from './platform.mjs';
import { openRoad } from './cutting.mjs';
import { acting } from './faulty.mjs';
import { play } from './script.mjs';

const script = JSON.parse(readFileSync(new URL('../../platform/client/conformance.json', import.meta.url), 'utf8'));

for (const journey of script.journeys) {
  test(journey.name, async (t) => {
    const near = await newNamespace();
    const road = await openRoad();
    t.after(() => road.close());
    const far = admin({ url: road.url, namespace: near.namespace, fetch: nodeFetch({ caFile: platform.caFile }) });
    await play(journey, { near, far, cut: () => road.cut() });
  });
}

for (const fault of script.faults) {
  test(fault.name, async (t) => {
    const { url, asked } = await acting(t, fault.answers);
    const near = connect({ url: `${url}/`, credentials: token('x'), fetch: nodeFetch(), delay: 1 });
    await play(fault, { near });
    assert.equal(asked.length, fault.attempts);
    if (fault.keys) assert.equal(new Set(asked.map(({ headers }) => headers['idempotency-key'])).size, fault.keys);
  });
}

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

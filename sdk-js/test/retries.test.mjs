// A server of a few lines stands for the platform where it is to fail on purpose.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { ConnectionError, connect, StaleError, token, UnavailableError } from '@oarlock/client';
import { nodeFetch } from '@oarlock/client/node';

/** Answers one request after the other as told: a status, `lost` for none, or a status with headers and a code. */
async function acting(t, ...script) {
  const asked = [];
  const server = createServer((request, response) => {
    const [status, headers = {}, code = 'busy'] = [script.shift() ?? 200].flat();
    asked.push({ method: request.method, headers: request.headers, at: Date.now() });
    request.resume();
    if (status === 'lost') return request.socket.destroy();
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(status < 300 ? '{"id":"1"}' : JSON.stringify({ code, title: 'T', detail: 'D', errors: [] }));
  });
  await new Promise((resolve) => server.listen(0, () => resolve(undefined)));
  t.after(() => { server.closeAllConnections(); server.close(); });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const oarlock = connect({ url: `http://localhost:${port}/`, credentials: token('x'), fetch: nodeFetch(), delay: 1 });
  return { oarlock, asked };
}

const object = { name: 'a', entries: ['10.0.0.0/8'] };

test('aRefusalForNowIsTriedAgainWhenItSays', async (t) => {
  const { oarlock, asked } = await acting(t, [429, { 'Retry-After': '0.2' }], [503, { 'Retry-After': '0' }], 200);
  await oarlock.externalnetworks.get('1');
  assert.equal(asked.length, 3);
  assert.ok(asked[1].at - asked[0].at >= 190);
});

test('aCreationWhoseAnswerWasLostIsRepeatedUnderItsKey', async (t) => {
  const { oarlock, asked } = await acting(t, 'lost', [503, {}, 'timed-out'], 201);
  await oarlock.externalnetworks.create(object);
  const keys = asked.map(({ headers }) => headers['idempotency-key']);
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 1);
});

test('aDeletionWhoseAnswerWasLostIsDone', async (t) => {
  const { oarlock, asked } = await acting(t, 'lost', 404);
  await oarlock.externalnetworks.remove('1');
  assert.equal(asked.length, 2);
});

test('whatMayHaveHappenedIsNotRepeatedBlindly', async (t) => {
  const { oarlock, asked } = await acting(t, 'lost', 'lost', [503, {}, 'timed-out'], 412);
  await assert.rejects(oarlock.externalnetworks.patch('1', {}, { ifMatch: 3 }), ConnectionError);
  await assert.rejects(oarlock.automations.run('1'), ConnectionError);
  await assert.rejects(oarlock.automations.run('1'), UnavailableError);
  await assert.rejects(oarlock.externalnetworks.patch('1', {}, { ifMatch: 3 }), StaleError);
  assert.equal(asked.length, 4);
});

test('triesComeToAnEnd', async (t) => {
  const { oarlock, asked } = await acting(t, 503, 503, 503, 503, 200);
  await assert.rejects(oarlock.externalnetworks.count(), UnavailableError);
  assert.equal(asked.length, 4);
});

test('anAnswerThatDoesNotComeIsNotWaitedForForEver', async (t) => {
  const server = createServer(() => {});
  await new Promise((resolve) => server.listen(0, () => resolve(undefined)));
  t.after(() => { server.closeAllConnections(); server.close(); });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  for (const fetch of [nodeFetch(), globalThis.fetch]) {
    const oarlock = connect({ url: `http://localhost:${port}`, credentials: token('x'), fetch, timeout: 50, attempts: 1 });
    await assert.rejects(oarlock.runs.count(), (error) => error instanceof ConnectionError && /within 50 ms/.test(error.message));
  }
});

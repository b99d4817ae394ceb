// How long is waited; what is tried again, and what is not, is in conformance.json.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { ConnectionError, connect, token } from '@oarlock/client';
import { nodeFetch } from '@oarlock/client/node';
import { acting } from './faulty.mjs';

test('aRefusalForNowIsTriedAgainNoSoonerThanItSays', async (t) => {
  const { url, asked } = await acting(t, [{ status: 429, headers: { 'Retry-After': '0.2' } }, { status: 200 }]);
  const oarlock = connect({ url, credentials: token('x'), fetch: nodeFetch(), delay: 1 });
  await oarlock.externalnetworks.get('1');
  assert.equal(asked.length, 2);
  const [first = 0, second = 0] = asked.map(({ at }) => at);
  assert.ok(second - first >= 190);
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

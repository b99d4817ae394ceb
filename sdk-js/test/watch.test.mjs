import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { connect, ForbiddenError, GapError, MalformedError, token, UnauthenticatedError, Watch } from '@oarlock/client';
import { nodeFetch } from '@oarlock/client/node';
import { admin, newNamespace, platform, trusting } from './platform.mjs';
import { openRoad } from './cutting.mjs';

/** @param {string} name */
const network = (name) => ({ name, entries: ['10.0.0.0/8'] });

test('aCutConnectionGoesOnWithoutAGap', async (t) => {
  const { externalnetworks, namespace } = await newNamespace();
  const road = await openRoad();
  t.after(() => road.close());
  const far = admin({ url: road.url, namespace, fetch: nodeFetch({ caFile: platform.caFile }) });
  const names = Array.from({ length: 12 }, (_, i) => `net-${i}`);

  const seen = [];
  const opened = resolvers();
  const watching = (async () => {
    for await (const { type, operation, object } of far.externalnetworks.watch({ onOpen: opened.resolve })) {
      assert.equal(`${operation} ${type}`, 'Create externalnetwork');
      seen.push(object.name);
      if (seen.length % 4 === 0) road.cut();
      if (seen.length === names.length) return;
    }
  })();
  await opened.promise;
  for (const name of names) {
    if (name === 'net-5') road.block(true);
    await externalnetworks.create(network(name));
    if (name === 'net-8') road.block(false);
  }
  await watching;
  assert.deepEqual(seen, names);
});

test('aWatchBeginsWhereItIsTold', async () => {
  const { externalnetworks } = await newNamespace();
  await externalnetworks.create(network('before'));
  const watch = externalnetworks.watch({ after: 0, operations: ['Create'] });
  for await (const { object, sequence } of watch) {
    assert.equal(object.name, 'before');
    assert.equal(watch.position, sequence);
    break;
  }
});

test('anAbortedWatchThrowsWhatItWasAbortedWith', async () => {
  const { externalnetworks } = await newNamespace();
  const controller = new AbortController();
  const reason = new Error('enough');
  const watch = externalnetworks.watch({ signal: controller.signal, onOpen: () => controller.abort(reason) });
  await assert.rejects((async () => { for await (const _ of watch) assert.fail(); })(), (error) => error === reason);
});

test('whatThePlatformWillNotHaveIsNotTriedAgain', async () => {
  const first = (/** @type {Watch} */ watch) => watch[Symbol.asyncIterator]().next();
  const { namespace } = await newNamespace();
  await assert.rejects(first(new Watch(admin({ namespace }), { filter: 'name ==' })), MalformedError);
  const stranger = connect({ url: platform.url, credentials: token('no token'), fetch: trusting });
  await assert.rejects(first(new Watch(stranger)), (error) => error instanceof UnauthenticatedError || error instanceof ForbiddenError);
});

test('aGapIsNotPassedOverInSilence', async (t) => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('retry: 1000\nid: 3\n\nevent: gap\nid: 9\ndata: {"kind":"Gap","from":4,"to":9}\n\n');
    response.write('id: 10\ndata: {"sequence":10}\n\n');
  });
  await new Promise((resolve) => server.listen(0, () => resolve(undefined)));
  t.after(() => { server.closeAllConnections(); server.close(); });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const oarlock = connect({ url: `http://localhost:${port}`, credentials: token('x') });
  const first = async (/** @type {Watch<any>} */ watch) => { for await (const event of watch) return event; };

  await assert.rejects(first(oarlock.runs.watch()), (error) => error instanceof GapError && error.from === 4 && error.to === 9);
  const gaps = [];
  assert.equal((await first(oarlock.runs.watch({ onGap: ({ from, to }) => gaps.push([from, to]) })))?.sequence, 10);
  assert.deepEqual(gaps, [[4, 9]]);
});

function resolvers() {
  let resolve = (/** @type {unknown} */ _) => {};
  const promise = new Promise((done) => { resolve = done; });
  return { promise, resolve };
}

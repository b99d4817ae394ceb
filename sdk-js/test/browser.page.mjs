// What a page does with a platform of another origin; bundled for the browser by browser.test.mjs.
import { account, ConnectionError, connect, InvalidError, StaleError } from '@oarlock/client';

/** @param {boolean} truth @param {string} what */
function must(truth, what) {
  if (!truth) throw new Error(`not so: ${what}`);
}

const rejection = (/** @type {Promise<unknown>} */ work) => work.then(() => undefined, (error) => error);

async function work({ url, password, namespace }) {
  const { externalnetworks: networks } = connect({ url, namespace, credentials: account('admin', password) });
  const controller = new AbortController();
  const seen = [];
  let opened = (/** @type {unknown} */ _) => {};
  const open = new Promise((resolve) => { opened = resolve; });
  const watching = rejection((async () => {
    for await (const { object } of networks.watch({ signal: controller.signal, onOpen: opened })) {
      if (seen.push(object.name) === 3) controller.abort(new Error('seen enough'));
    }
  })());
  await open;
  for (const name of ['a', 'b', 'c']) await networks.create({ name, entries: ['10.0.0.0/8'] });
  must((await watching)?.message === 'seen enough', 'the watch was aborted');
  must(seen.join() === 'a,b,c', `all was seen: ${seen}`);

  must((await networks.list({ limit: 1, order: 'name' }).toArray()).map(({ name }) => name).join() === 'a,b,c', 'pages follow each other');
  must((await networks.count()) === 3, 'the count is readable');
  const [first] = await networks.list({ order: 'name' }).toArray();
  if (!first) throw new Error('there is one');
  const { version } = await networks.patch(first, { description: 'x' }, { ifMatch: first.version });
  must(version === 2, 'it was patched');
  must((await rejection(networks.patch(first, {}, { ifMatch: 1 }))) instanceof StaleError, 'stale is told');
  must((await rejection(networks.create(/** @type {any} */ ({})))) instanceof InvalidError, 'violations are told');
  await networks.remove(first);
}

async function strange({ url, password }) {
  const oarlock = connect({ url, credentials: account('admin', password), attempts: 1 });
  must((await rejection(oarlock.namespaces.count())) instanceof ConnectionError, 'a stranger gets no answer');
}

async function main() {
  const given = await (await fetch('given.json')).json();
  const done = given.stranger ? strange(given) : work(given);
  const outcome = await done.then(() => 'well', (error) => String(error.stack));
  await fetch('outcome', { method: 'POST', body: outcome });
}

main();

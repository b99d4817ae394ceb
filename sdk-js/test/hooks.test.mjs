import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { Webhook } from 'standardwebhooks';
import { newNamespace, until } from './platform.mjs';

/** @typedef {{headers: Record<string, string>, body: string}} Message */

/** A server that keeps what it is sent. @param {import('node:test').TestContext} t */
async function receiver(t) {
  /** @type {Message[]} */
  const messages = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    messages.push({ headers: /** @type {Record<string, string>} */ (request.headers), body });
    response.end('{}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { messages, url: `http://127.0.0.1:${port}/` };
}

test('thePublishedLibraryVerifiesMessagesWhileTheSecretIsRotated', async (t) => {
  const { messages, url } = await receiver(t);
  const { egresspolicies, externalnetworks, hookpolicies } = await newNamespace();
  await egresspolicies.create({ name: 'local', allow: ['127.0.0.0/8'] });
  const hook = await hookpolicies.create({
    name: 'watch', mode: 'Post', endpoint: url, subject: [['$type=externalnetwork']], triggerOperations: ['Create'],
  });
  const write = async (/** @type {string} */ name) => {
    await externalnetworks.create({ name, entries: ['10.0.0.0/8'] });
    const of = (/** @type {Message} */ { body }) => JSON.parse(body).data.input.name === name;
    await until(() => messages.some(of));
    return /** @type {Message} */ (messages.find(of));
  };
  const verify = (/** @type {string} */ secret, /** @type {Message} */ { headers, body }) =>
    new Webhook(secret).verify(body, headers);

  const before = await write('before');
  const old = /** @type {string} */ (hook.signingSecret);
  assert.equal(/** @type {any} */ (verify(old, before)).data.input.name, 'before');
  assert.throws(() => verify(old, { ...before, body: before.body.replace('before', 'Before') }), /No matching signature/);

  const { signingSecret } = await hookpolicies.rotate(hook, {});
  const after = await write('after');
  for (const secret of [old, signingSecret]) assert.ok(verify(secret, after));
  assert.throws(() => verify(signingSecret, before), /No matching signature/);
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import * as client from '@oarlock/client';
import { readModel } from '../tools/model.mjs';
import { settle } from '../tools/generate.mjs';

const GZIP_MAX = 15 * 1024;

test('whatIsGeneratedIsWhatTheModelSays', () => {
  assert.deepEqual(settle(true), [], 'run `npm run generate`');
});

test('everyTypeHasItsVerbsAndItsActions', () => {
  const oarlock = /** @type {any} */ (client.connect({ url: 'https://localhost', credentials: client.token('x') }));
  for (const { plural, actions } of readModel()) {
    const verbs = ['list', 'count', 'get', 'create', 'update', 'patch', 'remove', 'watch', ...actions.map((a) => a.name)];
    for (const verb of verbs) assert.equal(typeof oarlock[plural][verb], 'function', `${plural}.${verb}`);
  }
});

test('aBundleForOneTypeIsSmallAndHasNoOther', () => {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `import { Client, account, externalnetworks } from '@oarlock/client';
        globalThis.run = (url) => externalnetworks(new Client({ url, credentials: account('a', 'b') })).list().toArray();`,
      resolveDir: new URL('.', import.meta.url).pathname,
    },
    bundle: true, minify: true, format: 'esm', write: false, platform: 'browser',
  });
  const [{ text, contents } = assert.fail()] = outputFiles;
  assert.ok(gzipSync(contents).length <= GZIP_MAX, `${gzipSync(contents).length} bytes`);
  assert.doesNotMatch(text, /networkaccesspolicies|calltokens/);
});

test('nothingIsNeededAtRunTime', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../client/package.json', import.meta.url), 'utf8'));
  assert.deepEqual(Object.keys(dependencies), ['@oarlock/types']);
});

test('theLockFileNamesNoRegistry', () => {
  assert.doesNotMatch(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'), /https?:\/\/(?!(opencollective|github|www\.patreon)\b)[^"]*(registry|\.tgz)/);
});

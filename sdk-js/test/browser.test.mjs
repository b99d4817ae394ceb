import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { newNamespace, password, platform } from './platform.mjs';

const PATIENCE_MILLIS = 60_000;
const browser = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => spawnSync(name, ['--version']).status === 0);
const skip = browser === undefined && !process.env.CI ? 'no chromium on the PATH; apt install chromium' : false;

/** Serves a page that works with what is given, and waits for what it says of it. */
async function serve(t, port, script, given) {
  let tell = (/** @type {string} */ _) => {};
  const outcome = new Promise((resolve, reject) => {
    tell = resolve;
    t.after(() => clearTimeout(timer));
    const timer = setTimeout(() => reject(new Error('the page said nothing')), PATIENCE_MILLIS);
  });
  const server = createServer(async (request, response) => {
    const answers = { '/': ['text/html', '<!doctype html><script type="module" src="page.js"></script>'],
      '/page.js': ['text/javascript', script], '/given.json': ['application/json', JSON.stringify(given)] };
    const [type, body] = answers[request.url ?? ''] ?? ['text/plain', ''];
    if (request.method === 'POST') tell(await text(request));
    response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  await new Promise((resolve) => server.listen(port, 'localhost', () => resolve(undefined)));
  t.after(() => { server.closeAllConnections(); server.close(); });
  return { outcome, url: `http://localhost:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/` };
}

function visit(t, url) {
  const profile = mkdtempSync(join(tmpdir(), 'oarlock-browser-'));
  const window = spawn(browser ?? 'chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--ignore-certificate-errors',
    `--user-data-dir=${profile}`, '--remote-debugging-port=0', url], { stdio: 'ignore', detached: true });
  const gone = new Promise((resolve) => window.once('exit', resolve));
  t.after(async () => {
    if (window.pid) process.kill(-window.pid, 'SIGKILL');
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  });
}

async function pageScript() {
  const { outputFiles: [file = assert.fail()] } = await build({
    entryPoints: [fileURLToPath(new URL('browser.page.mjs', import.meta.url))],
    bundle: true, format: 'esm', platform: 'browser', write: false,
  });
  return file.text;
}

test('aPageOfANamedOriginWorksWithThePlatform', { skip }, async (t) => {
  const { namespace } = await newNamespace();
  const { outcome, url } = await serve(t, platform.page, await pageScript(), { url: platform.url, password, namespace });
  visit(t, url);
  assert.equal(await outcome, 'well');
});

test('aPageOfAnotherOriginGetsNoAnswer', { skip }, async (t) => {
  const { outcome, url } = await serve(t, 0, await pageScript(), { url: platform.url, password, stranger: true });
  visit(t, url);
  assert.equal(await outcome, 'well');
});

// What the client costs: `npm run figures`. Start in Node, counted from the start of the process; size in a browser.
// With --json a line of JSON for each.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { account, connect } from '@oarlock/client';
import { nodeFetch } from '@oarlock/client/node';
import { startPlatform } from './platform.mjs';

const ROUNDS = 15;
const asJson = process.argv.includes('--json');

function say(what, figure, more = {}) {
  console.log(asJson ? JSON.stringify({ what, figure, ...more }) : [`${what}: ${figure}`, ...Object.entries(more).map(([name, value]) => `${name} ${value}`)].join(', '));
}

function bundled(contents) {
  const { outputFiles: [file = assert.fail()] } = buildSync({
    stdin: { contents, resolveDir: fileURLToPath(new URL('../test', import.meta.url)) },
    bundle: true, minify: true, format: 'esm', write: false, platform: 'browser',
  });
  return `${(file.contents.length / 1024).toFixed(1)} KiB, ${(gzipSync(file.contents).length / 1024).toFixed(1)} KiB gzip`;
}

const program = (fetch) => `
import { performance } from 'node:perf_hooks';
const begun = performance.now();
const { Client, externalnetworks, token } = await import('@oarlock/client');
${fetch ? `const { nodeFetch } = await import('@oarlock/client/node');` : ''}
const client = new Client({ url: process.env.URL, credentials: token(process.env.TOKEN), namespace: '/',
  ${fetch ? 'fetch: nodeFetch({ caFile: process.env.CA }),' : ''} });
await externalnetworks(client).count();
console.log(JSON.stringify([performance.now(), performance.now() - begun]));
`;

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1].toFixed(0);

function timed(what, name, source, env) {
  const file = fileURLToPath(new URL(`../test/.figure-${name}.mjs`, import.meta.url));
  writeFileSync(file, source);
  try {
    const rounds = Array.from({ length: ROUNDS }, () => JSON.parse(execFileSync(process.execPath, [file], { env: { ...process.env, ...env }, encoding: 'utf8' })));
    const whole = rounds.map(([all]) => all);
    const own = rounds.map(([, some]) => some);
    if (what) {
      say(what, `${median(own)} ms`, {
        least: `${Math.min(...own).toFixed(0)} ms`,
        'with the start of Node': `${median(whole)} ms`,
        'least with it': `${Math.min(...whole).toFixed(0)} ms`,
      });
    }
  } finally {
    rmSync(file);
  }
}

say('bundle, one type', bundled(`import { Client, account, externalnetworks } from '@oarlock/client'; globalThis.x = (url) => externalnetworks(new Client({ url, credentials: account('a', 'b') }));`));
say('bundle, all types', bundled(`import { connect, account } from '@oarlock/client'; globalThis.x = (url) => connect({ url, credentials: account('a', 'b') });`));

for (const scheme of ['http', 'https']) {
  const platform = await startPlatform(...(scheme === 'http' ? ['--http'] : []));
  try {
    const password = readFileSync(platform.passwordFile, 'utf8').trim();
    const oarlock = connect({ url: platform.url, credentials: account('admin', password), fetch: nodeFetch({ caFile: platform.caFile }) });
    const { token } = await oarlock.issue.create({ realm: 'Account', metadata: { account: 'admin', password } });
    const env = { URL: platform.url, TOKEN: token, CA: platform.caFile };
    timed('', 'warm', program(true), env);
    timed(`import to first answer, ${scheme}, nodeFetch`, 'node', program(true), env);
    timed(`import to first answer, ${scheme}, fetch of Node`, 'web', program(false), { ...env, NODE_EXTRA_CA_CERTS: platform.caFile });
  } finally {
    await platform.stop();
  }
}

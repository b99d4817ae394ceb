// All tests of the packages: builds them, starts a platform, and runs test/*.test.mjs with it. An argument names the
// folder for the JUnit report.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPlatform } from './platform.mjs';

const sdk = fileURLToPath(new URL('..', import.meta.url));
const reports = process.argv[2] ?? join(sdk, 'target', 'test-reports');
const testMillisMax = 300_000;
// Mostly they wait: for the platform, a browser, a limit.
const filesAtOnce = 2;

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, { cwd: sdk, stdio: 'inherit', env: { ...process.env, ...env } });
  return status === 0;
}

function typescript(...args) {
  return run(process.execPath, [join(sdk, 'node_modules/typescript/bin/tsc'), ...args]);
}

/** Where the pages of the browser's test will be served: the platform must know it from its start. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function verify() {
  if (!typescript('-b', 'automation') || !typescript('-p', 'test')) return false;
  await import('./prelude.mjs');
  mkdirSync(reports, { recursive: true });
  const page = await freePort();
  const platform = await startPlatform('--origin', `http://localhost:${page}`);
  try {
    const tests = readdirSync(join(sdk, 'test')).filter((name) => name.endsWith('.test.mjs'));
    return run(process.execPath, ['--test', `--test-timeout=${testMillisMax}`, `--test-concurrency=${filesAtOnce}`,
      '--test-reporter=spec', '--test-reporter-destination=stdout',
      '--test-reporter=junit', `--test-reporter-destination=${join(reports, 'sdk-js.xml')}`,
      ...tests.map((name) => join(sdk, 'test', name)),
    ], { OARLOCK_TEST_PLATFORM: JSON.stringify({ ...platform, page }), NODE_EXTRA_CA_CERTS: platform.caFile });
  } finally {
    await platform.stop();
  }
}

process.exitCode = (await verify()) ? 0 : 1;

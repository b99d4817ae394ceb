// From nothing to a running automation: what an author types, in a folder of his own.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { newNamespace, platform, until, warm } from './platform.mjs';

const packages = fileURLToPath(new URL('../node_modules', import.meta.url));
const cli = fileURLToPath(new URL('../automation/dist/cli.js', import.meta.url));

/** A folder with a new project, and the packages `npm install` would have put there. */
function project(t) {
  const folder = mkdtempSync(join(tmpdir(), 'oarlock-project-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  assert.equal(spawnSync(process.execPath, [cli, 'init', folder]).status, 0);
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  for (const name of ['@oarlock', 'typescript']) symlinkSync(join(packages, name), join(folder, 'node_modules', name));
  for (const name of ['tsc', 'oarlock-automation']) symlinkSync(join(packages, '.bin', name), join(folder, 'node_modules', '.bin', name));
  return folder;
}

const environment = (namespace) => ({ ...process.env, OARLOCK_HOME: platform.home, OARLOCK_NAMESPACE: namespace, NODE_TEST_CONTEXT: undefined });

function npm(folder, namespace, ...words) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', ...words], { cwd: folder, env: environment(namespace), encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

test('aNewProjectTypeChecksTestsAndDeploysInThreeCommands', async (t) => {
  const folder = project(t);
  const oarlock = await newNamespace();
  const { automations, externalnetworks, runs, namespace } = oarlock;
  await warm(oarlock);
  for (const command of ['check', 'test', 'push']) {
    const { status, said } = npm(folder, namespace, command);
    assert.equal(status, 0, `${command}: ${said}`);
  }
  await externalnetworks.create({ name: 'office', entries: ['10.0.0.0/8'] });
  const { id } = await automations.get('name:hello');
  const mine = async () => (await runs.list().toArray()).find(({ automation, endedAt }) => automation === id && endedAt);
  await until(mine);
  assert.deepEqual((await mine())?.result, { line: 'Create office, one of 1', seen: 1 });

  const made = await automations.get('name:hello');
  await automations.patch(made, { parameters: { channel: '#all' }, source: `${made.source}// changed elsewhere\n` });
  assert.match(npm(folder, namespace, 'pull').said, /wrote automations\/hello\/index\.js/);
  assert.match(readFileSync(join(folder, 'automations/hello/automation.json'), 'utf8'), /#all/);
  assert.match(npm(folder, namespace, 'pull').said, /hello is the same/);
});

test('aMistakeIsFoundBeforeItIsDeployed', async (t) => {
  const folder = project(t);
  const file = join(folder, 'automations/hello/index.js');
  const right = readFileSync(file, 'utf8');
  writeFileSync(file, right.replace('object.name !==', 'object.nmae !==').replace('.count()', '.cuont()'));
  const { status, said } = npm(folder, '/', 'check');
  assert.notEqual(status, 0);
  assert.match(said, /nmae.*does not exist/);
  assert.match(said, /cuont.*does not exist/);
});

test('eachSaveRunsItDryOnThePlatform', async (t) => {
  const folder = project(t);
  const oarlock = await newNamespace();
  const { automations, namespace } = oarlock;
  await warm(oarlock);
  const child = spawn(process.execPath, [cli, 'dev', 'hello'], { cwd: folder, env: environment(namespace), stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  t.after(() => child.kill('SIGKILL'));
  const lines = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const has = (/** @type {RegExp} */ pattern) => until(() => lines.some((line) => pattern.test(line)));
  await has(/^Succeeded .*Create office/);
  await has(/^watching/);
  const file = join(folder, 'automations/hello/index.js');
  writeFileSync(file, readFileSync(file, 'utf8').replace('return {', 'throw new Error("saved"); return {'));
  await has(/Error: saved/);
  child.kill('SIGTERM');
  assert.equal(await ended, 0);
  assert.equal(await automations.count(), 0);
});

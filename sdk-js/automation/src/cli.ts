import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NotFoundError, OarlockError, type Automation, type Oarlock } from '@oarlock/client';
import { connection } from './connection.js';
import { openProject, ProjectError, type ProjectAutomation } from './project.js';

const USAGE = `Oarlock automations: write, try, deploy.

  oarlock-automation init [FOLDER]       a project with one automation and its test
  oarlock-automation test                run the tests of the project
  oarlock-automation dev NAME            run it on its sample at each save: dry, on the platform
  oarlock-automation push [NAME…]        deploy to the platform: all of them, or those named
  oarlock-automation pull [NAME…]        write what the platform has as files

  -n, --namespace NS   where; or OARLOCK_NAMESPACE, or "oarlock": {"namespace": …} in package.json
      --once           dev: run once and end

The platform is that of OARLOCK_URL and OARLOCK_TOKEN, else the one running on this machine.
`;

/** Exit codes of the \`oarlock\` command. */
const FAILED = 1;
const USAGE_WRONG = 2;

const say = (text: string) => process.stdout.write(`${text}\n`);

interface Words {
  names: string[];
  namespace: string | undefined;
  once: boolean;
}

function init({ names: [given = '.'] }: Words): void {
  const folder = resolve(given);
  if (existsSync(join(folder, 'package.json'))) throw new ProjectError(`${folder} has a package.json; init makes a project where there is none`);
  cpSync(fileURLToPath(new URL('../template', import.meta.url)), folder, { recursive: true });
  const file = join(folder, 'package.json');
  const own = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const text = readFileSync(join(folder, 'package.template.json'), 'utf8').replace('NAME', basename(folder).toLowerCase()).replace('VERSION', own.version);
  writeFileSync(file, text);
  rmSync(join(folder, 'package.template.json'));
  say(`A project in ${folder}. Next:\n\n  npm install\n  npm run check    its types\n  npm test         its tests\n  npm run push     to the platform`);
}

function test(): number {
  const { folder } = openProject();
  const tests = readdirSync(join(folder, 'test')).filter((name) => name.endsWith('.test.js')).map((name) => join('test', name));
  return spawnSync(process.execPath, ['--test', ...tests], { cwd: folder, stdio: 'inherit' }).status ?? FAILED;
}

async function find(oarlock: Oarlock, name: string): Promise<Automation | undefined> {
  try {
    return await oarlock.automations.get(`name:${name}`);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** Makes the platform's the same as ours; what somebody else changed in between is not written over. */
async function put(oarlock: Oarlock, { input }: Pick<ProjectAutomation, 'input'>): Promise<{ what: string; automation: Automation }> {
  const known = await find(oarlock, input.name);
  if (known === undefined) return { what: 'created', automation: await oarlock.automations.create(input) };
  const automation = await oarlock.automations.update(known, input, { ifMatch: known.version });
  return { what: 'updated', automation };
}

function chosen(names: string[]): ProjectAutomation[] {
  const project = openProject();
  return names.length ? names.map((name) => project.automation(name)) : project.automations();
}

async function push({ names, namespace }: Words): Promise<void> {
  const oarlock = connection(namespace ?? openProject().namespace);
  for (const one of chosen(names)) {
    const { what, automation } = await put(oarlock, one);
    say(`${what} ${automation.name} in ${automation.namespace}, version ${automation.currentVersion}`);
  }
}

async function pull({ names, namespace }: Words): Promise<void> {
  const project = openProject();
  const oarlock = connection(namespace ?? project.namespace);
  const all = names.length ? await Promise.all(names.map((name) => oarlock.automations.get(`name:${name}`))) : await oarlock.automations.list({ order: 'name' }).toArray();
  for (const one of all.filter(({ name }) => !name.endsWith(TWIN))) {
    const written = project.write(one);
    say(written.length ? written.map((file) => `wrote ${file}`).join('\n') : `${one.name} is the same`);
  }
}

/** A disabled twin is what runs dry: the automation itself stays as it is until it is pushed. */
const TWIN = '.dev';

async function dev({ names: [name], namespace, once }: Words): Promise<number> {
  if (name === undefined) throw new ProjectError('Which one? oarlock-automation dev NAME');
  const project = openProject();
  const oarlock = connection(namespace ?? project.namespace);
  const { folder } = project.automation(name);
  try {
    let well = await attempt(oarlock, () => project.automation(name));
    if (once) return well ? 0 : FAILED;
    await saves(folder, async () => {
      well = await attempt(oarlock, () => project.automation(name));
    });
    return 0;
  } finally {
    const twin = await find(oarlock, name + TWIN);
    if (twin) await oarlock.automations.remove(twin);
  }
}

async function attempt(oarlock: Oarlock, read: () => ProjectAutomation): Promise<boolean> {
  try {
    const { input, sample } = read();
    const { automation } = await put(oarlock, { input: { ...input, name: input.name + TWIN, disabled: true } });
    const run: any = await oarlock.automations.test(automation, { ...sample, dryRun: true });
    for (const { level, message } of run.logs ?? []) say(`${level.padEnd(5)} ${message}`);
    for (const effect of run.effects ?? []) say(`would ${JSON.stringify(effect)}`);
    say(`${run.status}${run.result === undefined ? '' : ` ${JSON.stringify(run.result)}`}`);
    if (run.error) say(`${run.error.message}\n${run.error.stack ?? ''}`);
    return run.status === 'Succeeded' || run.status === 'Skipped';
  } catch (error) {
    if (!(error instanceof OarlockError || error instanceof ProjectError)) throw error;
    say(error.message);
    return false;
  }
}

/** Calls after each save, once for all files of it, until the program is told to stop. */
function saves(folder: string, saved: () => Promise<void>): Promise<void> {
  const settled = 50;
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let working = Promise.resolve();
    const watcher = watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => (working = working.then(saved).catch(reject)), settled);
    });
    say(`\nwatching ${folder}`);
    const stop = () => {
      watcher.close();
      clearTimeout(timer);
      working.then(resolve);
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
  });
}

const COMMANDS: Record<string, (words: Words) => void | number | Promise<void | number>> = { init, test, dev, push, pull };

async function main(): Promise<number> {
  const { positionals: [command, ...names], values } = parseArgs({
    allowPositionals: true,
    options: { namespace: { type: 'string', short: 'n' }, once: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  const action = COMMANDS[command ?? ''];
  if (values.help || action === undefined) {
    (values.help ? process.stdout : process.stderr).write(command === undefined || values.help ? USAGE : `There is no command ${command}.\n\n${USAGE}`);
    return values.help ? 0 : USAGE_WRONG;
  }
  return (await action({ names, namespace: values.namespace, once: values.once ?? false })) ?? 0;
}

main().then(
  (code) => { process.exitCode = code; },
  (error) => {
    const known = error instanceof ProjectError || error instanceof OarlockError || error?.code?.startsWith?.('ERR_PARSE_ARGS');
    process.stderr.write(`oarlock-automation: ${known ? error.message : error?.stack}\n`);
    process.exitCode = FAILED;
  },
);

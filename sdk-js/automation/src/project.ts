import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { Automation, AutomationInput } from '@oarlock/types';

/** One automation as files: `automations/NAME/index.js`, `automation.json`, further modules, and `sample.json`. */
export interface ProjectAutomation {
  readonly name: string;
  readonly folder: string;
  /** What a platform is given. */
  readonly input: AutomationInput;
  /** What `dev` runs it with: `{ "event": … }` or `{ "payload": … }`. */
  readonly sample: { event?: object; payload?: unknown };
}

export interface Project {
  readonly folder: string;
  /** Where it is deployed to: `oarlock.namespace` of package.json. */
  readonly namespace: string | undefined;
  automations(): ProjectAutomation[];
  automation(name: string): ProjectAutomation;
  /** Writes what a platform has as files. */
  write(automation: Automation): string[];
}

const MAIN = 'index.js';
const SETTINGS = 'automation.json';

/** What of an automation is a matter of its author, and not of the platform or its sources. */
const SETTING_NAMES = ['description', 'associatedTags', 'trigger', 'parameters', 'entitlements', 'limits', 'secrets', 'concurrency', 'retries', 'disabled'] as const;

export class ProjectError extends Error {}

export function openProject(start: string = process.cwd()): Project {
  const folder = resolve(start);
  const file = join(folder, 'package.json');
  if (!existsSync(file)) throw new ProjectError(`There is no project in ${folder}: make one with \`init\`, or go where its package.json is`);
  const all = join(folder, 'automations');

  const automation = (name: string): ProjectAutomation => {
    const at = join(all, name);
    if (!existsSync(join(at, MAIN))) throw new ProjectError(`There is no automation ${name}: it would be ${join('automations', name, MAIN)}`);
    return read(name, at);
  };
  return {
    folder,
    namespace: json(file)['oarlock']?.namespace,
    automations: () => (existsSync(all) ? readdirSync(all).filter((name) => existsSync(join(all, name, MAIN))).sort().map(automation) : []),
    automation,
    write: (given) => write(given, join(all, given.name), folder),
  };
}

function json(file: string): any {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ProjectError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function read(name: string, folder: string): ProjectAutomation {
  const modules: Record<string, string> = {};
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (path.endsWith('.js') && path !== MAIN) modules[`./${path.replaceAll('\\', '/')}`] = readFileSync(join(folder, path), 'utf8');
  }
  const settings = json(join(folder, SETTINGS));
  const unknown = Object.keys(settings).filter((key) => key !== '$schema' && !(SETTING_NAMES as readonly string[]).includes(key));
  if (unknown.length) throw new ProjectError(`${join(folder, SETTINGS)} has unknown settings: ${unknown.join(', ')}. It takes ${SETTING_NAMES.join(', ')}`);
  const sample = join(folder, 'sample.json');
  return {
    name: basename(folder),
    folder,
    input: { ...settings, name, source: readFileSync(join(folder, MAIN), 'utf8'), modules },
    sample: existsSync(sample) ? json(sample) : {},
  };
}

function write(automation: Automation, folder: string, root: string): string[] {
  const { source, modules, condition } = automation;
  const settings = Object.fromEntries(SETTING_NAMES.filter((key) => !isNothing(automation[key])).map((key) => [key, automation[key]]));
  const files: Record<string, string> = {
    // A condition saved apart is one more function of the module.
    [MAIN]: condition === undefined ? source : `${source.trimEnd()}\n\n${condition}`,
    [SETTINGS]: `${JSON.stringify(settings, undefined, 2)}\n`,
    ...modules,
  };
  return Object.entries(files).filter(([path, text]) => {
    const file = join(folder, path);
    if (relative(folder, file).startsWith('..')) throw new ProjectError(`The module ${path} would be written outside ${folder}`);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    return true;
  }).map(([path]) => relative(root, join(folder, path)));
}

/** What a platform fills in by itself need not be in a file. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === false || value === 10) return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

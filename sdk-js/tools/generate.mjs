// Writes what the packages know of the model: `node tools/generate.mjs`; with --check it only looks for what is stale.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readModel, sdk } from './model.mjs';
import { actionTypes, comment, property, typeOf } from './typescript.mjs';

const HEAD = '// Made from platform/model/model.json by tools/generate.mjs; change the model instead.\n';

function interfaceOf(name, doc, attributes, isPresent) {
  return `${comment(doc)}export interface ${name} {\n${attributes
    .map((a) => property(a, isPresent(a), '  ')).join('')}}\n`;
}

function actionParts(type, action) {
  const names = actionTypes(type, action);
  return ['input', 'output'].filter((side) => names[side]).map((side) =>
    `${comment([`What the action \`${action.name}\` ${side === 'input' ? 'is told' : 'answers'}. ${action.doc}`])}` +
    `export type ${names[side]} = ${typeOf(action[side], '', side === 'output')};\n`);
}

function resourceFile(type) {
  const { required, optional, changeable } = type.unions;
  const about = [type.doc, `Group: ${type.group}. Routes: \`/v1/${type.plural}\`.`];
  if (type.retention) about.push(`Kept for ${type.retention}.`);
  const parts = [interfaceOf(type.shape, about, type.attributes, (a) => type.isPresent(a)), ...type.actions.flatMap((a) => actionParts(type, a))];
  if (type.operations.includes('Create') || type.operations.includes('Update')) {
    parts.push(`/** What may be sent to create or replace a {@link ${type.shape}}. */\n` +
      `export type ${type.shape}Input = Written<${type.shape}, ${required}, ${optional}>;\n`);
  }
  if (type.operations.includes('Patch')) {
    parts.push(`/** What may be sent to change parts of a {@link ${type.shape}}. */\n` +
      `export type ${type.shape}Patch = Merged<${type.shape}, ${changeable}>;\n`);
  }
  const used = ['Merged', 'Written'].filter((name) => parts.some((part) => part.includes(`= ${name}<`)));
  const imports = used.length ? `import type { ${used.join(', ')} } from '../platform.js';\n\n` : '';
  return `${HEAD}${imports}${parts.join('\n')}`;
}

function indexFile(types) {
  const shapes = types.map((type) => {
    const { operations, orderable } = type.unions;
    const writes = type.operations.includes('Create') || type.operations.includes('Update');
    const patches = type.operations.includes('Patch');
    return `  ${type.name}: {\n    plural: '${type.plural}';\n    read: ${type.shape};\n` +
      `    input: ${writes ? `${type.shape}Input` : 'never'};\n    patch: ${patches ? `${type.shape}Patch` : 'never'};\n` +
      `    orderable: ${orderable};\n    operations: ${operations};\n  };\n`;
  });
  const names = (type) => [type.shape,
    ...(type.operations.includes('Create') || type.operations.includes('Update') ? [`${type.shape}Input`] : []),
    ...(type.operations.includes('Patch') ? [`${type.shape}Patch`] : [])];
  return `${HEAD}${types.map((type) => `import type { ${names(type).join(', ')} } from './resources/${type.name}.js';`).join('\n')}\n\n` +
    `export * from './platform.js';\n${types.map((type) => `export * from './resources/${type.name}.js';`).join('\n')}\n\n` +
    `/** Every type by its name: its plural, its shapes, and what can be done with it. */\n` +
    `export interface ResourceTypes {\n${shapes.join('')}}\n\n/** Names of all types. */\nexport type TypeName = keyof ResourceTypes;\n`;
}

function actionSignature(type, action) {
  const { input, output } = actionTypes(type, action);
  const argument = input ? [`input${action.input.attributes.some((a) => a.required) ? '' : '?'}: ${input}`] : [];
  const parameters = [...(action.onType ? [] : ['id: Reference']), ...argument, 'options?: CallOptions'];
  return `${comment([action.doc], '  ')}  ${action.name}(${parameters.join(', ')}): Promise<${output ?? 'unknown'}>;\n`;
}

function actionBody(type, action) {
  const { input, output } = actionTypes(type, action);
  const names = [...(action.onType ? [] : ['id']), ...(input ? ['input'] : []), 'options'];
  const which = action.onType ? 'undefined' : 'id';
  return `      ${action.name}: (${names.join(', ')}) => act<${output ?? 'unknown'}>(client, '${type.plural}', ${which}, ` +
    `'${action.name}', '${action.method}', ${input ? 'input' : 'undefined'}, options),\n`;
}

function resourceFactory(type) {
  const doc = comment([type.doc]);
  const shape = `Verbs<'${type.name}'>`;
  if (!type.actions.length) {
    return `${doc}export const ${type.plural} = (client: Client): ${shape} => new Resource(client, '${type.name}', '${type.plural}');\n`;
  }
  return `/** What a {@link ${type.plural}} can do beside the common verbs. */\n` +
    `export interface ${type.shape}Actions {\n${type.actions.map((a) => actionSignature(type, a)).join('')}}\n\n` +
    `${doc}export const ${type.plural} = (client: Client): ${shape} & ${type.shape}Actions =>\n` +
    `  Object.assign(new Resource(client, '${type.name}', '${type.plural}'), {\n${type.actions
      .map((a) => actionBody(type, a)).join('')}    } satisfies ${type.shape}Actions);\n`;
}

function clientFile(types) {
  const used = types.flatMap((type) => type.actions.flatMap((a) => Object.values(actionTypes(type, a)).filter(Boolean)));
  return `${HEAD}import type { ${[...new Set(used)].sort().join(', ')} } from '@oarlock/types';\n` +
    `import type { CallOptions, Client } from './client.js';\nimport { act, Resource, type Reference, type Verbs } from './resource.js';\n\n` +
    types.map(resourceFactory).join('\n');
}

function facadeFile(types) {
  return `${HEAD}import { Client, type ClientOptions } from './client.js';\nimport * as resources from './resources.js';\n\n` +
    `/** A client that has every type: \`oarlock.automations.list()\`. */\n` +
    `export class Oarlock extends Client {\n${types.map((type) =>
      `${comment([type.doc], '  ')}  readonly ${type.plural} = resources.${type.plural}(this);\n`).join('')}}\n\n` +
    `/** Connects to a platform; nothing is sent until something is asked. */\n` +
    `export const connect = (options: ClientOptions): Oarlock => new Oarlock(options);\n`;
}

function wordsFile(types) {
  const plurals = types.map((type) => `  ${type.name}: '${type.plural}',\n`).join('');
  return `${HEAD}import type { Plural, TypeName } from '@oarlock/types';\nimport { CallError } from './platform.js';\n\n` +
    `const PLURALS: Record<TypeName, Plural> = {\n${plurals}};\n\n` +
    `const NAMES = new Map(Object.entries(PLURALS).flatMap(([name, plural]) => [[name, name], [plural, name]]));\n\n` +
    `export const pluralOf = (type: string): Plural => PLURALS[type as TypeName];\n\n` +
    `/** The name of a type that scripts call by its plural or its name. */\n` +
    `export function typeOf(word: string): string {\n  const name = NAMES.get(word);\n` +
    "  if (name === undefined) throw new CallError('unknown-type', `There is no resource type ${word}`);\n  return name;\n}\n";
}

function made() {
  const types = readModel();
  return new Map([
    ['automation/src/types.ts', wordsFile(types)],
    ['types/index.d.ts', indexFile(types)],
    ...types.map((type) => [`types/resources/${type.name}.d.ts`, resourceFile(type)]),
    ['client/src/resources.ts', clientFile(types)],
    ['client/src/oarlock.ts', facadeFile(types)],
  ]);
}

const place = (path) => new URL(path, sdk);

/** Files that are not as the model would have them; made so unless only looking. */
export function settle(onlyLook) {
  const files = made();
  const stale = [...files].filter(([path, text]) => !existsSync(place(path)) || readFileSync(place(path), 'utf8') !== text).map(([path]) => path);
  mkdirSync(place('types/resources'), { recursive: true });
  const left = readdirSync(place('types/resources')).map((name) => `types/resources/${name}`).filter((path) => !files.has(path));
  if (!onlyLook) {
    for (const path of stale) writeFileSync(place(path), files.get(path));
    for (const path of left) rmSync(place(path));
  }
  return [...stale, ...left];
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const onlyLook = process.argv.includes('--check');
  const stale = settle(onlyLook);
  for (const path of stale) console.log(`${onlyLook ? 'stale: ' : 'wrote '}${path}`);
  if (onlyLook && stale.length) process.exitCode = 1;
}

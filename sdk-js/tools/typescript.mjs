// Values of the model as TypeScript.
import { bounds, capitalised, has } from './model.mjs';

const WIDTH = 110;

function wrap(text, indent) {
  const lines = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line && indent.length + 3 + line.length + 1 + word.length > WIDTH) {
        lines.push(line);
        line = paragraph.startsWith('- ') ? '  ' + word : word;
      } else {
        line = line ? `${line} ${word}` : word;
      }
    }
    lines.push(line);
  }
  return lines;
}

export function comment(paragraphs, indent = '') {
  const text = paragraphs.filter(Boolean).join('\n\n').replaceAll('*/', '*\\/');
  const lines = wrap(text, indent);
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

function rules(attribute) {
  const said = bounds(attribute.type);
  const choices = said.filter((line) => line.startsWith('- '));
  const marks = [
    has(attribute, 'ReadOnly') && 'Written by the platform',
    has(attribute, 'Immutable') && 'Cannot be changed after creation',
    has(attribute, 'Secret') && 'Encrypted at rest and masked when read',
    has(attribute, 'ShownOnce') && 'Shown once, in the answer to its creation',
    has(attribute, 'Transient') && 'Not stored',
    has(attribute, 'Filterable') && 'Has an index for filters',
  ].filter(Boolean);
  const line = [...said.filter((one) => !one.startsWith('- ')), ...marks].map(sentence).join(' ');
  return [choices.join('\n'), line];
}

function tags(attribute) {
  const told = [];
  if ('default' in attribute) told.push(`@default ${JSON.stringify(attribute.default)}`);
  if ('example' in attribute) told.push(`@example ${JSON.stringify(attribute.example)}`);
  return told.join('\n');
}

export function property(attribute, present, indent, answered = false) {
  const readonly = has(attribute, 'ReadOnly') ? 'readonly ' : '';
  return comment([attribute.doc, ...rules(attribute), tags(attribute)], indent) +
    `${indent}${readonly}${attribute.name}${present ? '' : '?'}: ${typeOf(attribute.type, indent, answered)};\n`;
}

/**
 * Parts of an object may be left out where they have a default, so that one type serves both ways; where something
 * is only ever answered they are there.
 */
function object(attributes, indent, answered, first = '') {
  const inside = `${indent}  `;
  const isPresent = (a) => a.required === true || (answered && 'default' in a);
  return `{\n${first && inside + first}${attributes.map((a) => property(a, isPresent(a), inside, answered)).join('')}${indent}}`;
}

export function typeOf(type, indent = '', answered = false) {
  switch (type.kind) {
    case 'Text': return 'string';
    case 'Bool': return 'boolean';
    case 'Whole': case 'Decimal': return 'number';
    case 'Anything': return 'unknown';
    case 'Choice': return type.values.map(({ value }) => `'${value}'`).join(' | ');
    case 'ListOf': {
      const element = typeOf(type.element, indent, answered);
      return /^[\w[\]]+$/.test(element) ? `${element}[]` : `Array<${element}>`;
    }
    case 'MapOf': return `Record<string, ${typeOf(type.value, indent, answered)}>`;
    case 'ObjectOf': return object(type.attributes, indent, answered);
    case 'OneOf': return type.variants.map((v) => '\n' + comment([v.doc], `${indent}  `) +
      `${indent}  | ${object(v.attributes, `${indent}  `, answered, `kind: '${v.kind}';\n`)}`).join('');
    default: throw new Error(`tools/typescript.mjs does not know the kind ${type.kind}`);
  }
}

/** Names of the interfaces for what goes into and comes out of an action. */
export const actionTypes = (type, action) => ({
  input: action.input && `${type.shape}${capitalised(action.name)}Input`,
  output: action.output && `${type.shape}${capitalised(action.name)}Output`,
});

// The committed model as the generator sees it: names, attributes by use, and words about their bounds.
import { readFileSync } from 'node:fs';

export const sdk = new URL('..', import.meta.url);
const FORMAT = 1;

export function readModel() {
  const model = JSON.parse(readFileSync(new URL('../platform/model/model.json', sdk), 'utf8'));
  if (model.format !== FORMAT) throw new Error(`model.json has format ${model.format}; this reads ${FORMAT}`);
  return model.types.map((type) => new Type(type));
}

export const capitalised = (word) => word[0].toUpperCase() + word.slice(1);
const list = (words) => (words.length ? words.map((word) => `'${word}'`).join(' | ') : 'never');

class Type {
  /** @param {Record<string, any>} declared a type as model.json has it */
  constructor({ name, plural, doc, group, retention, operations, traits = [], attributes, actions = [] }) {
    this.name = name;
    this.plural = plural;
    this.doc = doc;
    this.group = group;
    this.retention = retention;
    this.operations = operations;
    this.stored = traits.includes('Stored');
    this.attributes = attributes.filter((a) => !has(a, 'Hidden'));
    this.actions = actions;
    this.shape = capitalised(name);
  }

  /** Attributes that are always in an answer. */
  isPresent(attribute) {
    if (has(attribute, 'Secret') || has(attribute, 'ShownOnce') || has(attribute, 'Transient')) return false;
    return attribute.required || 'default' in attribute || (has(attribute, 'ReadOnly') && this.isGiven(attribute.name));
  }

  /** What the platform adds to whatever it stores, and all it adds to what it only answers. */
  isGiven(name) {
    return !this.stored || ['id', 'namespace', 'createTime', 'updateTime', 'version'].includes(name);
  }

  get writable() {
    return this.attributes.filter((a) => !has(a, 'ReadOnly'));
  }

  get unions() {
    const required = this.writable.filter((a) => a.required);
    const names = (attributes) => list(attributes.map((a) => a.name));
    return {
      required: names(required),
      optional: names(this.writable.filter((a) => !a.required)),
      changeable: names(this.writable.filter((a) => !has(a, 'Immutable'))),
      orderable: names(this.attributes.filter((a) => has(a, 'Orderable'))),
      operations: list(this.operations.map((word) => word.toLowerCase())),
    };
  }
}

export const has = (attribute, flag) => (attribute.flags ?? []).includes(flag);

const FORMATS = {
  Plain: '',
  Instant: 'RFC 3339 in UTC, such as `2026-11-21T23:50:00.000Z`',
  Duration: 'ISO 8601 without calendar parts, such as `PT30S`',
  Tag: '`key=value`',
  TagTerm: '`key=value`, `key`, `!key=value`, `!key` or `key=prefix*`',
  Namespace: 'Path of a namespace, such as `/acme/prod`',
  Cidr: 'IPv4 or IPv6 network in CIDR notation',
  Cron: 'Quartz cron of six or seven fields, or cron of five',
  TimeZone: 'IANA time zone',
  Pem: 'One or more PEM blocks',
  Url: 'Absolute http or https URL',
  Email: 'Mail address',
  Ports: '`proto/port[:port]`, `proto`, `icmp/type/code` or `any`',
  Filter: 'Filter expression',
  ResourceType: 'Name of a resource type',
  PermittedType: 'Name of a resource type, or `*`',
  Permission: '`type:operation,operation`, `*`, or `@role=name`',
  Id: 'Identifier of a resource',
  Markdown: 'Markdown',
  Javascript: 'ECMAScript',
};

function formatOf(type) {
  const words = FORMATS[type.format];
  if (words === undefined) throw new Error(`tools/model.mjs has no words for the format ${type.format}`);
  return words;
}

const between = (least, most, unit) => (least ? `${least} to ${most} ${unit}` : `at most ${most} ${unit}`);

/** What a value must be like, in short sentences. */
export function bounds(type) {
  switch (type.kind) {
    case 'Text': {
      const rule = type.patternMessage ? [type.patternMessage] : [];
      return [...[formatOf(type)].filter(Boolean), ...rule, capitalised(between(type.minLength, type.maxLength, 'characters'))];
    }
    case 'Whole': return [`Whole number, ${type.min} to ${type.max}`];
    case 'Decimal': return [`${type.min} to ${type.max}`];
    case 'ListOf': return [capitalised(between(type.minItems, type.maxItems, type.distinct ? 'different elements' : 'elements')),
      ...inner('Each', type.element)];
    case 'MapOf': return [`At most ${type.maxEntries} entries`, ...inner('Key', type.key), ...inner('Value', type.value)];
    case 'Anything': return [`Any JSON, at most ${type.maxBytes} bytes`];
    case 'Choice': return type.values.filter(({ doc }) => doc).map(({ value, doc }) => `- \`${value}\`: ${doc}`);
    default: return [];
  }
}

const inner = (what, type) => {
  const said = type.kind === 'Choice' ? [] : bounds(type);
  return said.length ? [`${what}: ${said.join('; ')}`] : [];
};

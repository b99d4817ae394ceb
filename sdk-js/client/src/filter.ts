/** What can stand in a filter as a value. */
export type FilterValue = string | number | boolean | Date | readonly (string | number | boolean | Date)[];

/**
 * A filter with values put in safely, whatever is in them.
 *
 * @example filter`name == ${name} AND associatedTags CONTAINS ${['env=prod', 'tier=db']}`
 */
export function filter(parts: TemplateStringsArray, ...values: FilterValue[]): string {
  return parts.map((part, i) => (i < values.length ? part + literal(values[i] as FilterValue) : part)).join('');
}

function literal(value: FilterValue): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (value instanceof Date) return quoted(value.toISOString());
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** In quotes, `\` goes before the same quote or another `\`. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

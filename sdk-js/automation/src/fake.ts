import type { Plural, Read, TypeOf } from '@oarlock/types';
import { CallError, keyValues, requireEntitled, requireSecret, type Platform } from './platform.js';
import { typeOf } from './types.js';

/** A request of a script, as it would go out. */
export interface FakeRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface FakeOptions {
  /** What there is, by plural. Filters are not understood: lists answer all of it. */
  resources?: { [P in Plural]?: ReadonlyArray<Partial<Read<TypeOf<P>>>> };
  /** Answers `fetch`; without it each request is answered with 200 and nothing. */
  fetch?: (request: FakeRequest) => { status?: number; headers?: Record<string, string>; body?: string } | Promise<{ status?: number; headers?: Record<string, string>; body?: string }>;
  /** Values the automation has kept. */
  kv?: Record<string, unknown>;
}

/** A platform in memory, for tests of what a script does rather than of what the platform allows. */
export interface FakePlatform extends Platform {
  /** What there is now. */
  resources<P extends Plural>(plural: P): Array<Read<TypeOf<P>>>;
  /** What the automation has kept. */
  readonly kv: ReadonlyMap<string, unknown>;
  /** What was sent out. */
  readonly requests: readonly FakeRequest[];
}

export function fakePlatform({ resources = {}, fetch, kv = {} }: FakeOptions = {}): FakePlatform {
  const values = new Map(Object.entries(kv));
  const keep = keyValues(values);
  const requests: FakeRequest[] = [];
  const stores = new Map<string, any[]>();
  let ids = 0;
  const store = (type: string) => stores.get(type) ?? stores.set(type, []).get(type)!;
  const add = (type: string, object: object) => {
    const made = { id: `fake-${++ids}`, namespace: '/', version: 1, ...object };
    store(type).push(made);
    return made;
  };
  for (const [plural, list] of Object.entries(resources)) for (const one of list) add(typeOf(plural), one);

  function api(verb: string, type: string, { id, object, query }: any): unknown {
    const all = store(type);
    if (verb === 'list') return all.slice(0, query?.limit);
    if (verb === 'count') return all.length;
    if (verb === 'create') return add(type, object);
    const place = all.findIndex((one) => one.id === id || `name:${one.name}` === id);
    if (place < 0) throw new CallError('not-found', `There is no ${type} ${id} in /`, { status: 404, errors: [] });
    const known = all[place];
    if (verb === 'get') return known;
    if (verb === 'remove') return all.splice(place, 1)[0];
    const next = verb === 'patch' ? merged(known, object) : object;
    return (all[place] = { ...next, id: known.id, namespace: known.namespace, version: known.version + 1 });
  }

  return {
    kv: values,
    requests,
    resources: <P extends Plural>(plural: P) => store(typeOf(plural)) as Array<Read<TypeOf<P>>>,
    broker: (settings, used) => async (operation, args) => {
      const [area, verb = ''] = operation.split('.');
      if (area === 'kv') return keep(operation, args);
      if (area === 'secrets') return requireSecret(settings, args.name);
      if (operation === 'fetch') {
        requests.push(args);
        return { status: 200, headers: {}, body: '', url: args.url, ...(await fetch?.(args)) };
      }
      const type = typeOf(args.type);
      requireEntitled(settings, type, verb, used);
      return structuredClone(api(verb, type, args));
    },
  };
}

/** RFC 7396. */
function merged(target: any, patch: any): any {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const next = { ...(typeof target === 'object' && !Array.isArray(target) ? target : {}) };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete next[name];
    else next[name] = merged(next[name], value);
  }
  return next;
}

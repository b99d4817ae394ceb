import { Client, ProblemError, Resource, type Reference } from '@oarlock/client';
import { CallError, keyValues, requireEntitled, requireSecret, type Platform } from './platform.js';
import { pluralOf, typeOf } from './types.js';

export interface RealOptions {
  /** Whether writes happen; by default the platform only says what would become of them. */
  write?: boolean;
  /** Whether requests go out, from this machine and past the platform's guard; by default each is answered with 200 and nothing. */
  fetch?: boolean;
}

/** A platform over its API, with the rights of the client. Values of `ctx.kv` are kept here, for one trial after the other. */
export function realPlatform(client: Client, { write = false, fetch: send = false }: RealOptions = {}): Platform {
  const keep = keyValues(new Map());
  return {
    broker: (settings, used) => async (operation, args) => {
      const [area, verb = ''] = operation.split('.');
      if (area === 'kv') return keep(operation, args);
      if (area === 'secrets') return requireSecret(settings, args.name);
      if (operation === 'fetch') return send ? sent(args) : { status: 200, headers: {}, body: '', url: args.url };
      const type = typeOf(args.type);
      requireEntitled(settings, type, verb, used);
      try {
        return await asked(new Resource(client, type as 'automation', pluralOf(type)), verb, args, !write);
      } catch (error) {
        if (error instanceof ProblemError) throw new CallError(error.code, error.detail, { status: error.status, errors: error.errors });
        throw error;
      }
    },
  };
}

async function asked(resource: Resource<'automation'>, verb: string, { id, object, query, namespace }: any, dryRun: boolean): Promise<unknown> {
  const { filter, override, ...more } = query ?? {};
  const reading = { ...more, ...(filter === undefined ? {} : { q: filter }), namespace };
  const at: Reference = id;
  switch (verb) {
    case 'list': {
      for await (const page of resource.list(reading).pages()) return page.items;
      return [];
    }
    case 'count': return resource.count(reading);
    case 'get': return resource.get(at, reading);
    case 'create': return resource.create(object, { namespace, dryRun });
    case 'update': return resource.update(at, object, { namespace, dryRun, override });
    case 'patch': return resource.patch(at, object, { namespace, dryRun, override });
    case 'remove': return resource.remove(at, { namespace, dryRun, override });
    default: throw new CallError('unknown', `There is no call api.${verb}`);
  }
}

async function sent({ url, method, headers, body, bodyBase64, redirect }: any): Promise<object> {
  const answer = await fetch(url, { method, headers, redirect, body: bodyBase64 === undefined ? body : Buffer.from(bodyBase64, 'base64') });
  return { url: answer.url, status: answer.status, statusText: answer.statusText, redirected: answer.redirected,
    headers: Object.fromEntries(answer.headers), body: await answer.text() };
}

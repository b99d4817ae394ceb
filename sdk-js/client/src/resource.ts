import type { Input, Orderable, Patch, Read, ResourceTypes, TypeName } from '@oarlock/types';
import type { CallOptions, Client } from './client.js';
import { Watch, type WatchOptions } from './watch.js';

/** Which one: its id, `name:NAME` where names are unique, or the object itself. */
export type Reference = string | { readonly id: string };

/** Where to look, and for what. */
export interface CountOptions extends CallOptions {
  /** In the namespaces below as well. */
  recursive?: boolean;
  /** What namespaces above hand down as well. */
  propagated?: boolean;
  /** A filter; {@link filter} puts values into one safely. */
  q?: string;
}

export interface ListOptions<Name extends TypeName, Field extends keyof Read<Name>> extends CountOptions {
  /** Only these attributes. */
  fields?: readonly Field[];
  /** By what to sort; `-updateTime` descends. */
  order?: Orderable<Name> | `-${Orderable<Name>}` | ReadonlyArray<Orderable<Name> | `-${Orderable<Name>}`>;
  /** How many the platform sends at once. */
  limit?: number;
  /** Goes on behind a page: its `next`. */
  after?: string;
  /** Counts the total whatever it costs. */
  exactTotal?: boolean;
}

export interface WriteOptions extends CallOptions {
  /** Does everything but store it, Pre hooks included. */
  dryRun?: boolean;
  /** Changes or deletes what is protected. */
  override?: boolean;
}

export interface CreateOptions extends WriteOptions {
  /** The same key gets the same resource, not a second one. Made up when left out, so that retries are safe. */
  idempotencyKey?: string;
}

export interface ChangeOptions extends WriteOptions {
  /** The version that was read: what has changed meanwhile is refused with a {@link StaleError}. */
  ifMatch?: number;
}

/** A part of a list. */
export interface Page<T> {
  readonly items: T[];
  /** How many there are in all. */
  readonly total: number;
  /** Whether the total is an estimate, since counting would have cost too much. */
  readonly estimated: boolean;
  /** The `after` of the next page; absent on the last. */
  readonly next?: string;
}

/** A list, fetched page by page while it is read. */
export interface Listing<T> extends AsyncIterable<T> {
  pages(): AsyncIterableIterator<Page<T>>;
  /** All of it at once, refused beyond `most`, which is 10,000. */
  toArray(most?: number): Promise<T[]>;
}

const ARRAY_MAX = 10_000;

/** The verbs, the same for every type; `remove` is named as in the `ctx.api` of automations. */
export class Resource<Name extends TypeName> {
  readonly #client: Client;
  readonly #type: Name;
  readonly #path: string;

  constructor(client: Client, type: Name, plural: string) {
    this.#client = client;
    this.#type = type;
    this.#path = plural;
  }

  /** Those that match, in order, each when it is needed: `for await (const one of x.list()) …`. */
  list<Field extends keyof Read<Name> = keyof Read<Name>>(options: ListOptions<Name, Field> = {}): Listing<Pick<Read<Name>, Field>> {
    type Item = Pick<Read<Name>, Field>;
    const pages = () => this.#pages<Item>(options as ListOptions<Name, keyof Read<Name>>);
    return {
      pages,
      async *[Symbol.asyncIterator]() {
        for await (const page of pages()) yield* page.items;
      },
      async toArray(most = ARRAY_MAX) {
        const all: Item[] = [];
        for await (const page of pages()) {
          all.push(...page.items);
          if (all.length > most) throw new RangeError(`The list has ${page.total} elements, more than ${most}: iterate over it, or ask for more`);
        }
        return all;
      },
    };
  }

  async *#pages<Item>({ namespace, signal, ...query }: ListOptions<Name, keyof Read<Name>>): AsyncIterableIterator<Page<Item>> {
    const asked = { ...query } as Record<string, string>;
    for (;;) {
      const { answer, text } = await this.#client.send({
        method: 'GET', path: this.#path, query: asked, namespace, signal, repeatable: true,
      });
      const next = nextOf(answer.headers.get('Link'));
      yield {
        items: JSON.parse(text) as Item[],
        total: Number(answer.headers.get('X-Count-Total')),
        estimated: answer.headers.get('X-Count-Estimated') === 'true',
        ...(next === undefined ? {} : { next }),
      };
      if (next === undefined) return;
      asked['after'] = next;
    }
  }

  /** How many match. */
  async count({ namespace, signal, ...query }: CountOptions = {}): Promise<number> {
    const { answer } = await this.#client.send({ method: 'HEAD', path: this.#path, query, namespace, signal, repeatable: true });
    return Number(answer.headers.get('X-Count-Total'));
  }

  /** One of them. */
  get<Field extends keyof Read<Name> = keyof Read<Name>>(
    id: Reference,
    { namespace, signal, fields }: CallOptions & { fields?: readonly Field[] } = {},
  ): Promise<Pick<Read<Name>, Field>> {
    const query = { fields: fields as readonly string[] | undefined };
    return this.#client.json({ method: 'GET', path: this.#item(id), query, namespace, signal, repeatable: true });
  }

  /** Makes one. */
  create(object: Input<Name>, { namespace, signal, idempotencyKey = crypto.randomUUID(), ...query }: CreateOptions = {}): Promise<Read<Name>> {
    const headers = { 'Idempotency-Key': idempotencyKey };
    return this.#client.json({ method: 'POST', path: this.#path, query: { ...query }, namespace, signal, headers, body: object, repeatable: true });
  }

  /** Replaces one: what is left out gets its default. */
  update(id: Reference, object: Input<Name>, options: ChangeOptions = {}): Promise<Read<Name>> {
    return this.#client.json(this.#change('PUT', id, object, options));
  }

  /** Changes parts of one: what is left out stays, `null` removes. */
  patch(id: Reference, changes: Patch<Name>, options: ChangeOptions = {}): Promise<Read<Name>> {
    return this.#client.json(this.#change('PATCH', id, changes, options));
  }

  /** Deletes one. */
  async remove(id: Reference, options: ChangeOptions = {}): Promise<void> {
    await this.#client.send(this.#change('DELETE', id, undefined, options));
  }

  /** Its events as they happen; see {@link Watch}. */
  watch(options: Omit<WatchOptions<Name>, 'types'> = {}): Watch<Name> {
    return new Watch<Name>(this.#client, { ...options, types: [this.#type] });
  }

  // With a condition, a repeat of what was done but lost its answer would be refused as stale.
  #change(method: string, id: Reference, body: unknown, { namespace, signal, ifMatch, ...query }: ChangeOptions) {
    const headers = { 'If-Match': ifMatch === undefined ? undefined : `"${ifMatch}"` };
    return { method, path: this.#item(id), query: { ...query }, namespace, signal, headers, body, repeatable: ifMatch === undefined };
  }

  #item(id: Reference): string {
    return itemPath(this.#path, id);
  }
}

function itemPath(path: string, id: Reference): string {
  const text = typeof id === 'string' ? id : id?.id;
  if (!text) throw new TypeError('which one? give its id, name:NAME, or the object with its id');
  return `${path}/${encodeURIComponent(text)}`;
}

/** `</v1/x?after=…>; rel="next"`: the cursor in it. */
function nextOf(link: string | null): string | undefined {
  const target = link && /<([^>]*)>;\s*rel="next"/.exec(link)?.[1];
  return target ? (new URL(target, 'http://localhost').searchParams.get('after') ?? undefined) : undefined;
}

/** Something a type can do beside the verbs; not repeated when its answer is lost, unless it only reads. */
export function act<Output>(
  client: Client,
  plural: string,
  id: Reference | undefined,
  action: string,
  method: 'GET' | 'POST',
  input: unknown,
  { namespace, signal }: CallOptions = {},
): Promise<Output> {
  const path = `${id === undefined ? plural : itemPath(plural, id)}/${action}`;
  const body = method === 'GET' ? undefined : (input ?? {});
  return client.json({ method, path, namespace, signal, body, repeatable: method === 'GET' });
}

interface VerbOf {
  list: 'list' | 'watch';
  count: 'count';
  get: 'get';
  create: 'create';
  update: 'update';
  patch: 'patch';
  delete: 'remove';
}

/** The verbs that a type has. */
export type Verbs<Name extends TypeName> = Pick<Resource<Name>, VerbOf[ResourceTypes[Name]['operations']]>;

// Plays steps of platform/client/conformance.json with the client in JavaScript.
import assert from 'node:assert/strict';
import * as client from '@oarlock/client';
import { filter, OarlockError, ProblemError } from '@oarlock/client';
import { until } from './platform.mjs';
import { pluralOf } from '../automation/dist/types.js';

/**
 * @typedef {Record<string, any>} Step
 * @typedef {{ near: import('@oarlock/client').Oarlock, far?: import('@oarlock/client').Oarlock, cut?: () => void }} Ways
 */

export async function play(/** @type {Step} */ { type, steps }, /** @type {Ways} */ ways) {
  await new Script(type, ways).play(steps);
}

class Script {
  /** @type {Record<string, any>} */ #bound = {};

  constructor(/** @type {string} */ type, /** @type {Ways} */ ways) {
    this.type = type;
    this.ways = ways;
  }

  async play(/** @type {Step[]} */ steps = []) {
    for (const given of steps) {
      const step = this.#filled(given);
      if (step.refused) await assert.rejects(this.#done(step), (error) => refusedAs(error, step.refused));
      else if (step.fails) await assert.rejects(this.#done(step), (/** @type {any} */ error) => error.message.includes(step.fails));
      else if (step.eventually) await until(async () => different(step.gives, await this.#done(step)) === undefined);
      else {
        const result = await this.#done(step);
        if ('gives' in step) assert.equal(different(step.gives, result), undefined, JSON.stringify(step));
        if (step.as) this.#bound[step.as] = result;
      }
    }
  }

  /** @returns {Promise<any>} */
  async #done(/** @type {Step} */ step) {
    const { near } = this.ways;
    const { type = this.type, id, object, input, action } = step;
    const verbs = verbsOf(near, type);
    const options = optionsOf(step.options);
    switch (step.do) {
      case 'create': return verbs.create(object, options);
      case 'get': return verbs.get(id, options);
      case 'update': return verbs.update(id, object, options);
      case 'patch': return verbs.patch(id, object, options);
      case 'remove': return verbs.remove(id, options);
      case 'count': return verbs.count(options);
      case 'list': return verbs.list(options).toArray(step.most);
      case 'pages': return this.#pages(verbs.list(options), step);
      case 'watch': return this.#watched(type, options, step);
      case 'batch': return near.batch(step.writes, options);
      case 'act': return id === undefined ? verbs[action](input) : verbs[action](id, ...(input === undefined ? [] : [input]));
      default: throw new Error(`this client cannot ${step.do}`);
    }
  }

  async #pages(/** @type {any} */ listing, /** @type {Step} */ { afterFirst }) {
    const told = [];
    for await (const { items, total, estimated } of listing.pages()) {
      told.push({ names: items.map((/** @type {any} */ { name }) => name), total, estimated });
      if (told.length === 1) await this.play(afterFirst);
    }
    return told;
  }

  async #watched(/** @type {string} */ type, /** @type {Step} */ { q, ...options }, /** @type {Step} */ { take, meanwhile = [] }) {
    const { near, far, cut } = this.ways;
    const through = meanwhile.length ? /** @type {import('@oarlock/client').Oarlock} */ (far) : near;
    const seen = [];
    for await (const change of verbsOf(through, type).watch({ ...options, filter: q })) {
      seen.push(change);
      if (seen.length === take) return seen;
      for (const one of meanwhile.filter((/** @type {Step} */ each) => each.seen === seen.length)) {
        cut?.();
        await this.play(one.steps);
      }
    }
    throw new Error('a watch ends only when it is left');
  }

  /** With results of earlier steps in place of their names; steps inside it wait for their turn. @returns {any} */
  #filled(/** @type {any} */ value) {
    if (typeof value === 'string' && value.startsWith('$')) return this.#result(value.slice(1));
    if (Array.isArray(value)) return value.map((each) => this.#filled(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.entries(value).reduce((all, [name, each]) => {
      if (name === '...') return { ...all, ...this.#filled(each) };
      return { ...all, [name]: name === 'steps' || name === 'afterFirst' ? each : this.#filled(each) };
    }, {});
  }

  #result(/** @type {string} */ path) {
    const [name = '', attribute] = path.split('.');
    return attribute === undefined ? this.#bound[name] : this.#bound[name][attribute];
  }
}

/** @returns {any} */
function verbsOf(/** @type {any} */ oarlock, /** @type {string} */ type) {
  return oarlock[pluralOf(type)];
}

function optionsOf(/** @type {Step} */ { filter: words, key, ifVersion, ...rest } = {}) {
  const [text, ...values] = words ?? [];
  return {
    ...rest,
    ...(text === undefined ? {} : { q: filter(/** @type {any} */ (text.split('?')), ...values) }),
    ...(key === undefined ? {} : { idempotencyKey: key }),
    ...(ifVersion === undefined ? {} : { ifMatch: ifVersion }),
  };
}

function refusedAs(/** @type {any} */ error, /** @type {Step} */ { kind, status, code, violations = 0, says = [] }) {
  assert.ok(error instanceof OarlockError, String(error));
  assert.ok(error instanceof /** @type {any} */ (client)[`${kind}Error`], `${error.name} is no ${kind}Error`);
  for (const words of says) assert.ok(error.message.includes(words), `${error.message} does not say ${words}`);
  if (!(error instanceof ProblemError)) return true;
  assert.equal(error.status, status);
  if (code !== undefined) assert.equal(error.code, code);
  assert.ok(error.errors.length >= violations);
  return true;
}

/** The first difference; of objects only what is wanted counts. @returns {string | undefined} */
function different(/** @type {any} */ wanted, /** @type {any} */ got, where = '') {
  if (Array.isArray(wanted) && Array.isArray(got) && wanted.length === got.length) return first(wanted.keys());
  if (typeof wanted === 'object' && wanted !== null && typeof got === 'object' && got !== null && !Array.isArray(wanted)) return first(Object.keys(wanted));
  return (wanted ?? null) === (got ?? null) ? undefined : `${where} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`;

  function first(/** @type {Iterable<any>} */ names) {
    for (const name of names) {
      const found = different(wanted[name], got[name], `${where}/${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

// What every script finds around it. Called once in each fresh context, before it is known whose run
// it will serve: takes the host's functions, returns the functions the host calls back. Everything
// crosses as text, so no host object reaches a script.
(function (host) {
  'use strict';
  const { parse, stringify } = JSON;
  const pending = new Map();
  const timers = new Map();
  const refusals = new WeakMap();
  let timerCount = 0;

  // The engine's options leave nothing else that does not belong here; a test knows all names.
  delete globalThis.SharedArrayBuffer;
  delete globalThis.Atomics;
  delete globalThis.WebAssembly;
  delete globalThis.arguments;

  function define(target, name, value) {
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
  }

  // The error is made when the call is made, so that its stack shows the author's line.
  function failure(error, answer) {
    const { code, message, details } = parse(answer);
    error.message = message;
    define(error, 'code', code);
    define(error, 'details', details);
    define(error, 'stack', String(error.stack).replace(/^Error[^\n]*/, () => `Error: ${message}`));
    return error;
  }

  function call(operation, args) {
    const text = stringify(args);
    const error = new Error(operation);
    return new Promise((resolve, reject) => {
      pending.set(host.call(operation, text), { resolve, reject, error });
    });
  }

  function callAndWait(operation, args) {
    const error = new Error(operation);
    const answer = host.callAndWait(operation, stringify(args));
    if (!answer.ok) throw failure(error, answer.text);
    return answer.text === null ? undefined : parse(answer.text);
  }

  function answered(id, ok, text) {
    const { resolve, reject, error } = pending.get(id);
    pending.delete(id);
    if (ok) resolve(text === null ? undefined : parse(text));
    else reject(failure(error, text));
  }

  function millis(duration) {
    if (typeof duration === 'number') return duration;
    const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(String(duration));
    if (!parts) throw new TypeError(`'${duration}' is no duration: give milliseconds, or a text like PT5S`);
    const [, days = 0, hours = 0, minutes = 0, seconds = 0] = parts;
    return (((+days * 24 + +hours) * 60 + +minutes) * 60 + +seconds) * 1000;
  }

  function startTimer(action, delay, every, args, error) {
    if (typeof action !== 'function') throw new TypeError('a timer calls a function');
    const id = ++timerCount;
    timers.set(id, { action, args, every, error });
    host.startTimer(id, Math.max(+delay || 0, every ? 1 : 0));
    return id;
  }

  function stopTimer(id) {
    if (timers.delete(id)) host.stopTimer(id);
  }

  function timerFired(id) {
    const timer = timers.get(id);
    if (!timer) return;
    if (timer.every) host.startTimer(id, timer.every);
    else timers.delete(id);
    timer.action(...timer.args);
  }

  function inspect(value) {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return value.stack || String(value);
    if (typeof value === 'function') return `[function ${value.name}]`;
    if (typeof value !== 'object' || value === null) return String(value);
    try {
      return stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part)) ?? String(value);
    } catch (_) {
      return Object.prototype.toString.call(value);
    }
  }

  const logger = (level) => (...parts) => host.log(level, parts.map(inspect).join(' '));
  const log = { debug: logger('debug'), info: logger('info'), warn: logger('warn'), error: logger('error') };

  const optional = ({ namespace, ...query } = {}) => ({
    ...(namespace === undefined || namespace === null ? {} : { namespace }),
    ...(Object.keys(query).length ? { query } : {}),
  });
  const identified = (id, object) => {
    const found = typeof id === 'object' && id !== null ? id.id : id;
    if (typeof found !== 'string') throw new TypeError('which one? give its id, or the object with its id');
    return object === undefined ? { id: found } : { id: found, object };
  };

  const verbs = {
    list: (type, options) => call('api.list', { type, ...optional(options) }),
    count: (type, options) => call('api.count', { type, ...optional(options) }),
    get: (type, id, options) => call('api.get', { type, ...identified(id), ...optional(options) }),
    create: (type, object, options) => call('api.create', { type, object, ...optional(options) }),
    update: (type, id, object, options) => typeof id === 'object'
      ? call('api.update', { type, ...identified(id, id), ...optional(object) })
      : call('api.update', { type, ...identified(id, object), ...optional(options) }),
    patch: (type, id, object, options) =>
      call('api.patch', { type, ...identified(id, object), ...optional(options) }),
    remove: (type, id, options) => call('api.remove', { type, ...identified(id), ...optional(options) }),
  };
  // ctx.api.list('automations') and ctx.api.automations.list() are the same call.
  const api = new Proxy(verbs, {
    get(target, name) {
      if (typeof name !== 'string' || name in target || name === 'then') return target[name];
      const bound = {};
      for (const verb of Object.keys(target)) bound[verb] = (...args) => target[verb](name, ...args);
      return bound;
    },
  });

  const expiring = ({ ttl } = {}) => ttl === undefined ? {}
    : { ttl: typeof ttl === 'number' ? `PT${ttl / 1000}S` : ttl };
  const kv = {
    get: (key) => call('kv.get', { key }),
    set: (key, value, options) => call('kv.set', { key, value, ...expiring(options) }),
    increment: (key, by = 1, options) => call('kv.increment', { key, by, ...expiring(options) }),
    compareAndSet: (key, expected, value, options) => call('kv.compareAndSet',
      { key, ...(expected === undefined ? {} : { expected }), value, ...expiring(options) }),
    delete: (key) => call('kv.delete', { key }),
  };

  const secrets = {
    async get(name) {
      await call('secrets.get', { name });
      const placeholder = '${secret:' + name + '}';
      return Object.freeze({ name, toString: () => placeholder, toJSON: () => placeholder });
    },
  };

  function refuse(reason, details = {}) {
    const error = new Error(String(reason));
    refusals.set(error, stringify({ reason: String(reason), details }));
    throw error;
  }

  function sleep(duration) {
    const error = new Error('sleep');
    return new Promise((resolve) => startTimer(resolve, millis(duration), 0, [], error));
  }

  const web = (name) => host.web('web')[name];
  const fetch = (...args) => host.web('fetch').fetch(...args);
  const lazy = (names, part) => {
    for (const name of names) {
      Object.defineProperty(globalThis, name, {
        configurable: true,
        enumerable: false,
        get() {
          const value = host.web(part)[name];
          define(globalThis, name, value);
          return value;
        },
        set(value) { define(globalThis, name, value); },
      });
    }
  };
  lazy(['URL', 'URLSearchParams'], 'url');
  lazy(['AbortController', 'AbortSignal', 'crypto'], 'web');
  lazy(['Headers', 'Request', 'Response'], 'fetch');
  const settled = Promise.resolve();
  // Enumerable, as elsewhere, and so made at a fraction of the price of a definition.
  globalThis.self = globalThis;
  globalThis.fetch = fetch;
  globalThis.console = { ...log, log: log.info, trace: log.debug };
  globalThis.setTimeout = (f, ms, ...args) => startTimer(f, ms, 0, args);
  globalThis.setInterval = (f, ms, ...args) => startTimer(f, ms, Math.max(+ms || 0, 1), args);
  globalThis.clearTimeout = stopTimer;
  globalThis.clearInterval = stopTimer;
  globalThis.atob = (text) => web('atob')(text);
  globalThis.btoa = (text) => web('btoa')(text);
  globalThis.structuredClone = (value) => web('structuredClone')(value);
  globalThis.queueMicrotask = (f) => {
    if (typeof f !== 'function') throw new TypeError('a microtask is a function');
    settled.then(() => f());
  };

  const ctx = {
    event: undefined,
    params: {},
    payload: undefined,
    run: {},
    api, kv, secrets, log, fetch, sleep, refuse,
    console: globalThis.console,
    get crypto() { return web('crypto'); },
    now: () => new Date(),
  };

  // Synchronous as long as the script is: a script stopped inside an async function or a promise's
  // job cannot say its line.
  function after(value, next) {
    if (typeof value?.then === 'function') Promise.resolve(value).then(next).catch(failed);
    else next(value);
  }

  function act(actions, i, answer) {
    if (i === actions.length) return host.succeeded(stringify(answer) ?? null);
    after(actions[i](ctx), (value) => {
      if (value !== undefined) ctx.payload = value;
      act(actions, i + 1, value);
    });
  }

  function runModule(module) {
    const { when } = module;
    const actions = [module.default].flat().filter((action) => action !== undefined);
    if (!actions.length) throw new TypeError('this source has no default export to run');
    after(when === undefined ? true : when(ctx), (verdict) => {
      if (!verdict) return host.skipped();
      if (verdict !== true) ctx.payload = verdict;
      act(actions, 0);
    });
  }

  function runPlain(functions, given) {
    host.web('original').run(functions, given, after, (answer) => {
      if (answer.skipped) host.skipped();
      else host.succeeded(stringify(answer.value) ?? null);
    });
  }

  function failed(error) {
    const refusal = typeof error === 'object' && error !== null && refusals.get(error);
    if (refusal) host.refused(refusal);
    else host.failed(error);
  }

  return {
    shared: { call, callAndWait, define, millis, startTimer, stopTimer, host },
    // The original system's scripts find underscore around them.
    furnish: () => lazy(['_'], 'underscore'),
    start(source, plain, facts) {
      const given = parse(facts);
      Object.assign(ctx, given);
      try {
        (plain ? runPlain : runModule)(source, given);
      } catch (error) {
        failed(error);
      }
    },
    answered,
    timerFired,
    whereabouts: () => [...pending.values(), ...timers.values()].map(({ error }) => error).find(Boolean),
  };
})

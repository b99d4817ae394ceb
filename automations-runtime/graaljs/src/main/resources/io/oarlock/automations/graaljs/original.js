// The original system's scripts: function when(api, params), function then(api, params, payload),
// whose calls return their answers instead of promises.
(function (shared) {
  'use strict';
  const { callAndWait, define } = shared;
  const scoped = (namespace, query) => ({
    ...(namespace ? { namespace } : {}),
    ...(query && Object.keys(query).length ? { query } : {}),
  });

  // Sources of that time spell it ID.
  const dressed = (object) => {
    if (object && typeof object === 'object' && object.id !== undefined && object.ID === undefined) {
      define(object, 'ID', object.id);
    }
    return object;
  };
  const identity = (object) => {
    const id = object && (object.ID ?? object.id);
    if (typeof id !== 'string') throw new TypeError('api.Update needs an object with its ID');
    return id;
  };

  const api = Object.freeze({
    Create: (type, object, namespace, query) =>
      dressed(callAndWait('api.create', { type, object, ...scoped(namespace, query) })),
    Retrieve: (type, id, namespace) =>
      dressed(callAndWait('api.get', { type, id, ...scoped(namespace) })),
    RetrieveMany: (type, namespace, filter, recursive) =>
      callAndWait('api.list', {
        type,
        ...scoped(namespace, { ...(filter ? { filter } : {}), ...(recursive ? { recursive: true } : {}) }),
      }).map(dressed),
    Update: (type, object, namespace) =>
      dressed(callAndWait('api.update', { type, id: identity(object), object, ...scoped(namespace) })),
    Delete: (type, id, namespace) => callAndWait('api.remove', { type, id, ...scoped(namespace) }),
  });

  function http(method, url, body, headers) {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = callAndWait('fetch', {
      method: String(method).toUpperCase(), url: String(url), headers: headers ?? {},
      ...(text === undefined ? {} : { body: text }),
    });
    return { statusCode: answer.status, headers: answer.headers, body: answer.body ?? '' };
  }
  define(globalThis, 'aporeto', Object.freeze({ http }));

  function paramsOf(given) {
    const params = { ...(given.params ?? {}) };
    const { event, payload, run } = given;
    if (run?.automation !== undefined) params.automation_id = run.automation;
    if (event !== undefined) {
      params.eventPayload = {
        ...event,
        type: String(event.operation ?? event.type).toLowerCase(),
        identity: event.type,
        entity: dressed(event.object),
      };
    }
    if (payload !== undefined) {
      params.triggerPayload = typeof payload === 'string' ? payload : JSON.stringify(payload);
    }
    return params;
  }

  function run({ when, then }, given, after, finish) {
    if (!then) throw new TypeError('this source has neither a default export nor a function then');
    const params = paramsOf(given);
    const act = (payload) => after(then(api, params, payload), (value) => finish({ value }));
    if (!when) return act(given.payload);
    after(when(api, params), (verdict) => {
      if (verdict?.continue) act(verdict.payload);
      else finish({ skipped: true });
    });
  }

  return { run };
})

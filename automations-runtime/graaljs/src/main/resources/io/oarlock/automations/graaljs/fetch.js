// fetch and its three classes: the part of the standard a script that calls web services needs.
(function (shared) {
  'use strict';
  const { call, host } = shared;
  const { atob, btoa, bytesOf, binary, unbinary, DOMException } = host.web('web');

  class Headers {
    #map = new Map();
    constructor(init = {}) {
      const entries = typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init);
      for (const [name, value] of entries) this.append(name, value);
    }
    append(name, value) {
      const before = this.get(name);
      this.set(name, before === null ? value : `${before}, ${value}`);
    }
    set(name, value) {
      if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) throw new TypeError(`'${name}' is no header name`);
      this.#map.set(String(name).toLowerCase(), String(value).trim());
    }
    get(name) { return this.#map.get(String(name).toLowerCase()) ?? null; }
    has(name) { return this.#map.has(String(name).toLowerCase()); }
    delete(name) { this.#map.delete(String(name).toLowerCase()); }
    forEach(action) { this.#map.forEach((value, name) => action(value, name, this)); }
    keys() { return this.#map.keys(); }
    values() { return this.#map.values(); }
    entries() { return this.#map.entries(); }
    [Symbol.iterator]() { return this.entries(); }
  }

  // A body is held as text where it is text, as base64 where it is not.
  class Body {
    #content;
    bodyUsed = false;
    constructor(content) { this.#content = content; }
    #take() {
      if (this.bodyUsed) throw new TypeError('this body was read before');
      this.bodyUsed = true;
      return this.#content;
    }
    async text() {
      const { text, base64 } = this.#take();
      return base64 === undefined ? text ?? '' : new TextDecoder().decode(unbinary(atob(base64)));
    }
    async json() { return JSON.parse(await this.text()); }
    async bytes() {
      const { text, base64 } = this.#take();
      return base64 === undefined ? new TextEncoder().encode(text ?? '') : unbinary(atob(base64));
    }
    async arrayBuffer() { return (await this.bytes()).buffer; }
    static of(body, headers) {
      if (body === undefined || body === null) return {};
      if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return { base64: btoa(binary(bytesOf(body))) };
      const form = body instanceof URLSearchParams;
      if (!headers.has('content-type')) {
        headers.set('content-type', form ? 'application/x-www-form-urlencoded;charset=UTF-8' : 'text/plain;charset=UTF-8');
      }
      return { text: String(body) };
    }
    static content(holder) { return holder.#content; }
  }

  class Request extends Body {
    constructor(input, init = {}) {
      const base = input instanceof Request ? input : undefined;
      const headers = new Headers(init.headers ?? base?.headers);
      super(init.body === undefined && base ? Body.content(base) : Body.of(init.body, headers));
      this.url = new URL(base ? base.url : String(input)).href;
      this.method = String(init.method ?? base?.method ?? 'GET').toUpperCase();
      this.headers = headers;
      this.redirect = init.redirect ?? base?.redirect ?? 'follow';
      this.signal = init.signal ?? base?.signal;
      const { text, base64 } = Body.content(this);
      if ((text ?? base64) !== undefined && /^(GET|HEAD)$/.test(this.method)) {
        throw new TypeError(`a ${this.method} request has no body`);
      }
    }
  }

  class Response extends Body {
    constructor(body, { status = 200, statusText = '', headers, url = '', redirected = false } = {}) {
      const named = new Headers(headers);
      super(Body.of(body, named));
      Object.assign(this, { status, statusText, headers: named, url, redirected });
    }
    get ok() { return this.status >= 200 && this.status < 300; }
    static json(value, init = {}) {
      const headers = new Headers(init.headers);
      headers.set('content-type', 'application/json');
      return new Response(JSON.stringify(value), { ...init, headers });
    }
  }

  function answered({ body, bodyBase64, ...rest }) {
    return new Response(bodyBase64 === undefined ? body : unbinary(atob(bodyBase64)), rest);
  }

  function until(signal, work) {
    if (!signal) return work();
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      signal.addEventListener('abort', () => reject(signal.reason ?? new DOMException('aborted', 'AbortError')));
      work().then(resolve, reject);
    });
  }

  async function fetch(input, init) {
    const request = new Request(input, init);
    const { text, base64 } = Body.content(request);
    return until(request.signal, async () => answered(await call('fetch', {
      url: request.url,
      method: request.method,
      headers: Object.fromEntries(request.headers),
      redirect: request.redirect,
      ...(text === undefined ? {} : { body: text }),
      ...(base64 === undefined ? {} : { bodyBase64: base64 }),
    })));
  }

  return { fetch, Headers, Request, Response };
})

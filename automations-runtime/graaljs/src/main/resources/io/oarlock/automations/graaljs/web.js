// The smaller web globals; loaded when a script first names one of them.
(function (shared) {
  'use strict';
  const { host, startTimer } = shared;
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  class DOMException extends Error {
    constructor(message, name) {
      super(message);
      this.name = name;
    }
  }

  function btoa(input) {
    const text = String(input);
    let out = '';
    for (let i = 0; i < text.length; i += 3) {
      const [a, b, c] = [text.charCodeAt(i), text.charCodeAt(i + 1), text.charCodeAt(i + 2)];
      if (a > 255 || b > 255 || c > 255) {
        throw new DOMException('btoa takes characters up to U+00FF', 'InvalidCharacterError');
      }
      out += ALPHABET[a >> 2] + ALPHABET[((a & 3) << 4) | (b >> 4)]
        + (i + 1 < text.length ? ALPHABET[((b & 15) << 2) | (c >> 6)] : '=')
        + (i + 2 < text.length ? ALPHABET[c & 63] : '=');
    }
    return out;
  }

  function atob(input) {
    const text = String(input).replace(/[\t\n\f\r ]/g, '').replace(/={1,2}$/, '');
    if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text)) {
      throw new DOMException('this is not base64', 'InvalidCharacterError');
    }
    let out = '';
    let bits = 0;
    let value = 0;
    for (const character of text) {
      value = ((value << 6) | ALPHABET.indexOf(character)) & 0xffff;
      bits += 6;
      if (bits >= 8) out += String.fromCharCode((value >> (bits -= 8)) & 255);
    }
    return out;
  }

  const bytesOf = (data) => {
    if (data instanceof ArrayBuffer) return new Uint8Array(data);
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    throw new TypeError('give an ArrayBuffer or a view of one');
  };
  const binary = (bytes) => {
    let out = '';
    for (let i = 0; i < bytes.length; i += 4096) {
      out += String.fromCharCode.apply(null, bytes.subarray(i, i + 4096));
    }
    return out;
  };
  const unbinary = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));

  const crypto = Object.freeze({
    randomUUID: () => host.randomUuid(),
    getRandomValues(array) {
      const bytes = bytesOf(array);
      if (bytes.length > 65536) {
        throw new DOMException('at most 65536 random bytes at once', 'QuotaExceededError');
      }
      bytes.set(unbinary(host.randomBytes(bytes.length)));
      return array;
    },
    subtle: Object.freeze({
      async digest(algorithm, data) {
        return unbinary(host.digest(String(algorithm?.name ?? algorithm), binary(bytesOf(data)))).buffer;
      },
    }),
  });

  let trip;

  class AbortSignal {
    aborted = false;
    reason = undefined;
    onabort = null;
    #listeners = new Set();
    addEventListener(type, listener) {
      if (type === 'abort') this.#listeners.add(listener);
    }
    removeEventListener(type, listener) {
      this.#listeners.delete(listener);
    }
    throwIfAborted() {
      if (this.aborted) throw this.reason;
    }
    static abort(reason) {
      const controller = new AbortController();
      controller.abort(reason);
      return controller.signal;
    }
    static timeout(ms) {
      const signal = new AbortSignal();
      startTimer(() => trip(signal, new DOMException('the time is up', 'TimeoutError')), ms, 0, []);
      return signal;
    }
    static any(signals) {
      const joint = new AbortSignal();
      for (const signal of signals) {
        if (signal.aborted) return AbortSignal.abort(signal.reason);
        signal.addEventListener('abort', () => trip(joint, signal.reason));
      }
      return joint;
    }
    static {
      trip = (signal, reason) => {
        if (signal.aborted) return;
        signal.aborted = true;
        signal.reason = reason;
        const event = { type: 'abort', target: signal };
        if (signal.onabort) signal.onabort(event);
        for (const listener of signal.#listeners) (listener.handleEvent ?? listener).call(signal, event);
      };
    }
  }


  class AbortController {
    signal = new AbortSignal();
    abort(reason = new DOMException('this was aborted', 'AbortError')) {
      trip(this.signal, reason);
    }
  }

  function structuredClone(value) {
    const seen = new Map();
    const copy = (part) => {
      if (typeof part === 'function' || typeof part === 'symbol') {
        throw new DOMException(`a ${typeof part} cannot be cloned`, 'DataCloneError');
      }
      if (typeof part !== 'object' || part === null) return part;
      if (seen.has(part)) return seen.get(part);
      const keep = (twin) => (seen.set(part, twin), twin);
      if (part instanceof Date) return keep(new Date(part.getTime()));
      if (part instanceof RegExp) return keep(new RegExp(part.source, part.flags));
      if (part instanceof ArrayBuffer) return keep(part.slice(0));
      if (ArrayBuffer.isView(part)) {
        const buffer = copy(part.buffer);
        return keep(new part.constructor(buffer, part.byteOffset, part.length ?? part.byteLength));
      }
      if (part instanceof Map) {
        const twin = keep(new Map());
        part.forEach((entry, key) => twin.set(copy(key), copy(entry)));
        return twin;
      }
      if (part instanceof Set) {
        const twin = keep(new Set());
        part.forEach((entry) => twin.add(copy(entry)));
        return twin;
      }
      const twin = keep(Array.isArray(part) ? new Array(part.length)
        : part instanceof Error ? Object.assign(new Error(part.message), { name: part.name }) : {});
      for (const key of Object.keys(part)) twin[key] = copy(part[key]);
      return twin;
    };
    return copy(value);
  }

  return { atob, btoa, crypto, structuredClone, AbortController, AbortSignal, DOMException, bytesOf, binary, unbinary };
})

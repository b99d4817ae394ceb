// URL and URLSearchParams after the WHATWG standard, without internationalised host names.
(function () {
  'use strict';
  const PORTS = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21', 'file:': '' };
  const percent = (text, unsafe) => text.replace(unsafe, (part) => {
    try {
      return encodeURIComponent(part).replace(/['()*!~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    } catch (_) {
      return '%EF%BF%BD';
    }
  });
  const PATH = /[\u0000-\u0020"#<>?`{}^\u007f]|[\ud800-\udbff][\udc00-\udfff]|[\u0080-\uffff]/g;
  const QUERY = /[\u0000-\u0020"#<>'\u007f]|[\ud800-\udbff][\udc00-\udfff]|[\u0080-\uffff]/g;
  const USER = /[\u0000-\u0020"#<>?`{}/:;=@[\\\]^|\u007f]|[\ud800-\udbff][\udc00-\udfff]|[\u0080-\uffff]/g;

  const formEncode = (text) => percent(text, /[^A-Za-z0-9*\-._]+/g).replace(/%20/g, '+');
  const formDecode = (text) => {
    const spaced = text.replace(/\+/g, ' ');
    try {
      return decodeURIComponent(spaced);
    } catch (_) {
      return spaced;
    }
  };

  class URLSearchParams {
    #pairs = [];
    #changed = () => {};
    constructor(init = '', changed) {
      if (changed) this.#changed = changed;
      if (typeof init === 'object' && init !== null) {
        const entries = typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init);
        for (const [name, value] of entries) this.#pairs.push([String(name), String(value)]);
      } else {
        this.#pairs = String(init).replace(/^\?/, '').split('&').filter(Boolean).map((part) => {
          const [, name, value = ''] = /^([^=]*)=?([^]*)$/.exec(part);
          return [formDecode(name), formDecode(value)];
        });
      }
    }
    get size() { return this.#pairs.length; }
    append(name, value) {
      this.#pairs.push([String(name), String(value)]);
      this.#changed(this);
    }
    delete(name, value) {
      this.#pairs = this.#pairs.filter(([n, v]) => n !== String(name) || (value !== undefined && v !== String(value)));
      this.#changed(this);
    }
    get(name) { return this.#pairs.find(([n]) => n === String(name))?.[1] ?? null; }
    getAll(name) { return this.#pairs.filter(([n]) => n === String(name)).map(([, v]) => v); }
    has(name, value) {
      return this.#pairs.some(([n, v]) => n === String(name) && (value === undefined || v === String(value)));
    }
    set(name, value) {
      const at = this.#pairs.findIndex(([n]) => n === String(name));
      if (at < 0) return this.append(name, value);
      this.#pairs = this.#pairs.filter(([n], i) => i <= at || n !== String(name));
      this.#pairs[at][1] = String(value);
      this.#changed(this);
    }
    sort() {
      this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      this.#changed(this);
    }
    forEach(action) { for (const [name, value] of this.#pairs) action(value, name, this); }
    *entries() { for (const [name, value] of this.#pairs) yield [name, value]; }
    *keys() { for (const [name] of this.#pairs) yield name; }
    *values() { for (const [, value] of this.#pairs) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    toString() { return this.#pairs.map(([n, v]) => `${formEncode(n)}=${formEncode(v)}`).join('&'); }
  }

  function pathOf(text, special) {
    const out = [];
    const parts = text.split(special ? /[/\\]/ : '/');
    if (parts[0] === '') parts.shift();
    parts.forEach((part, i) => {
      const plain = part.replace(/%2e/gi, '.');
      const last = i === parts.length - 1;
      if (plain === '..') {
        out.pop();
        if (last) out.push('');
      } else if (plain === '.') {
        if (last) out.push('');
      } else {
        out.push(percent(part, PATH));
      }
    });
    return `/${out.join('/')}`;
  }

  function ipv4(host) {
    const parts = host.split('.');
    if (parts.at(-1) === '') parts.pop();
    if (!/^(\d+|0x[\da-f]*)$/i.test(parts.at(-1) ?? '')) return host;
    const numbers = parts.map((part) => (/^0x/i.test(part) ? parseInt(part, 16) || 0
      : /^0[0-7]+$/.test(part) ? parseInt(part, 8) : /^\d+$/.test(part) ? Number(part) : NaN));
    const tail = numbers.pop();
    if (numbers.length > 3 || numbers.some((n) => !(n <= 255)) || !(tail < 256 ** (4 - numbers.length))) {
      throw new TypeError(`Invalid URL: '${host}' is no address`);
    }
    const value = numbers.reduce((sum, n, i) => sum + n * 256 ** (3 - i), tail);
    return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
  }

  function hostOf(text, special) {
    if (/^\[[\da-f:.]+\]$/i.test(text)) return text.toLowerCase();
    let name;
    try {
      name = special ? decodeURIComponent(text).toLowerCase() : text;
    } catch (_) {
      name = '%';
    }
    if (/[\u0000-\u0020#%/:<>?@[\\\]^|\u007f-\uffff]/.test(name) || (special && name === '')) {
      throw new TypeError(`Invalid URL: '${text}' is no host name (write other alphabets in their xn-- form)`);
    }
    return special ? ipv4(name) : name;
  }

  function portOf(text, protocol) {
    if (!text) return '';
    if (!/^\d+$/.test(text) || +text > 65535) throw new TypeError(`Invalid URL: '${text}' is no port`);
    return String(+text) === PORTS[protocol] ? '' : String(+text);
  }

  function authorityOf(url, text, special) {
    const at = text.lastIndexOf('@');
    if (at >= 0) {
      const [, user, password = ''] = /^([^:]*):?([^]*)$/.exec(text.slice(0, at));
      url.username = percent(user, USER);
      url.password = percent(password, USER);
    }
    const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::([^]*))?$/.exec(text.slice(at + 1)) ?? [];
    if (host === undefined) throw new TypeError(`Invalid URL: '${text}'`);
    url.hostname = url.protocol === 'file:' && host === '' ? '' : hostOf(host, special);
    url.port = portOf(port, url.protocol);
  }

  function parse(input, base) {
    const text = input.replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '').replace(/[\t\n\r]/g, '');
    const [, scheme, beforeHash, hash] = /^([A-Za-z][A-Za-z0-9+.-]*:)?([^#]*)(#[^]*)?$/.exec(text);
    const [, body, search] = /^([^?]*)(\?[^]*)?$/.exec(beforeHash);
    const url = { username: '', password: '', hostname: '', port: '' };
    const query = (value) => (value && value !== '?' ? percent(value, QUERY) : '');
    url.hash = hash && hash !== '#' ? percent(hash, /[\u0000-\u0020"<>`\u007f]|[\ud800-\udbff][\udc00-\udfff]|[\u0080-\uffff]/g) : '';
    url.search = query(search);
    if (!scheme && !base) throw new TypeError(`Invalid URL: '${input}'`);
    url.protocol = scheme ? scheme.toLowerCase() : base.protocol;
    const special = url.protocol in PORTS;
    const slashed = (special ? /^[/\\]{2,}([^/\\]*)([^]*)$/ : /^\/\/([^/]*)([^]*)$/).exec(body);
    if (slashed) {
      authorityOf(url, slashed[1], special);
      url.pathname = slashed[2] || special ? pathOf(slashed[2], special) : '';
    } else if (scheme && !(base && special && base.protocol === url.protocol)) {
      if (special && url.protocol !== 'file:') return parse(`${scheme}//${text.slice(scheme.length).replace(/^[/\\]+/, '')}`);
      url.opaque = !body.startsWith('/') && !special;
      url.pathname = url.opaque ? body : pathOf(body, special);
    } else {
      const { username, password, hostname, port } = base;
      Object.assign(url, { username, password, hostname, port });
      if (body === '') {
        url.pathname = base.pathname;
        if (search === undefined) url.search = base.search;
      } else {
        const rooted = special ? /^[/\\]/.test(body) : body.startsWith('/');
        url.pathname = pathOf(rooted ? body : base.pathname.replace(/[^/]*$/, '') + body, special);
      }
    }
    return url;
  }

  class URL {
    #parts;
    #params;
    constructor(input, base) {
      this.#parts = parse(String(input), base === undefined ? undefined : parse(String(base)));
    }
    static canParse(input, base) {
      return URL.parse(input, base) !== null;
    }
    static parse(input, base) {
      try {
        return new URL(input, base);
      } catch (_) {
        return null;
      }
    }
    get protocol() { return this.#parts.protocol; }
    set protocol(value) { this.#parts.protocol = `${String(value).replace(/:$/, '').toLowerCase()}:`; }
    get username() { return this.#parts.username; }
    set username(value) { this.#parts.username = percent(String(value), USER); }
    get password() { return this.#parts.password; }
    set password(value) { this.#parts.password = percent(String(value), USER); }
    get hostname() { return this.#parts.hostname; }
    set hostname(value) { this.#parts.hostname = hostOf(String(value), this.protocol in PORTS); }
    get port() { return this.#parts.port; }
    set port(value) { this.#parts.port = portOf(String(value), this.protocol); }
    get host() { return this.port ? `${this.hostname}:${this.port}` : this.hostname; }
    set host(value) {
      const [, name, port] = /^(\[[^\]]*\]|[^:]*):?(.*)$/.exec(String(value));
      this.hostname = name;
      this.port = port;
    }
    get origin() { return this.protocol in PORTS && this.protocol !== 'file:' ? `${this.protocol}//${this.host}` : 'null'; }
    get pathname() { return this.#parts.pathname; }
    set pathname(value) { this.#parts.pathname = pathOf(String(value), this.protocol in PORTS); }
    get search() { return this.#parts.search; }
    set search(value) {
      const text = String(value).replace(/^\?/, '');
      this.#parts.search = text ? `?${percent(text, QUERY)}` : '';
      this.#params = undefined;
    }
    get hash() { return this.#parts.hash; }
    set hash(value) {
      const text = String(value).replace(/^#/, '');
      this.#parts.hash = text ? `#${percent(text, PATH)}` : '';
    }
    get searchParams() {
      this.#params ??= new URLSearchParams(this.search, (params) => {
        const text = params.toString();
        this.#parts.search = text ? `?${text}` : '';
      });
      return this.#params;
    }
    get href() {
      const { protocol, username, password, opaque } = this.#parts;
      const user = username || password ? `${username}${password ? `:${password}` : ''}@` : '';
      const authority = opaque || (!this.hostname && protocol !== 'file:') ? '' : `//${user}${this.host}`;
      return `${protocol}${authority}${this.pathname}${this.search}${this.hash}`;
    }
    toString() { return this.href; }
    toJSON() { return this.href; }
  }

  return { URL, URLSearchParams };
})

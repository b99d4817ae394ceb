// The part of YAML that manifests of Kubernetes are written in: block and one-line flow collections, plain and quoted text,
// comments, several documents. What else there is (anchors, tags, text over several lines outside | and >) is refused with its
// line, and never guessed at.

class Line {
  constructor(number, indent, text) {
    Object.assign(this, { number, indent, text });
  }
}

function refuse(line, reason) {
  throw new Error(`Line ${line.number}: ${reason}`);
}

// A comment begins at the start or after a space, outside of quotes.
function withoutComment(text) {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quote) {
      if (c === '\\' && quote === '"') i++;
      else if (c === quote) quote = '';
    } else if ((c === '"' || c === "'") && /^$|[\s[{,:-]/.test(text[i - 1] ?? '')) {
      quote = c;
    } else if (c === '#' && /^$|\s/.test(text[i - 1] ?? '')) {
      return text.slice(0, i).trimEnd();
    }
  }
  return text.trimEnd();
}

function plain(text, line) {
  if (/^[&*!@`%|>]/.test(text)) refuse(line, `"${text}" is a part of YAML that is not read here; write JSON`);
  if (text === '' || text === '~' || text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : text;
}

class Flow {
  constructor(text, line) {
    Object.assign(this, { text, line, at: 0 });
  }

  space() {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  quoted() {
    const mark = this.text[this.at];
    const pattern = mark === '"' ? /"(?:[^"\\]|\\.)*"/y : /'(?:[^']|'')*'/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) refuse(this.line, 'a quote has no end on its line');
    this.at = pattern.lastIndex;
    return mark === '"' ? JSON.parse(found[0]) : found[0].slice(1, -1).replaceAll("''", "'");
  }

  value(ends) {
    this.space();
    const c = this.text[this.at];
    if (c === '"' || c === "'") return this.quoted();
    if (c === '[') return this.list();
    if (c === '{') return this.map();
    const from = this.at;
    while (this.at < this.text.length && !ends.test(this.text.slice(this.at))) this.at++;
    return plain(this.text.slice(from, this.at).trim(), this.line);
  }

  list() {
    const items = [];
    for (this.at++, this.space(); this.text[this.at] !== ']'; this.space()) {
      items.push(this.value(/^[,\]]/));
      this.comma(']');
    }
    this.at++;
    return items;
  }

  map() {
    const map = {};
    for (this.at++, this.space(); this.text[this.at] !== '}'; this.space()) {
      const key = this.value(/^[,}]|^:(\s|$)/);
      this.space();
      if (this.text[this.at] !== ':') refuse(this.line, 'a member of {} has no value');
      this.at++;
      put(map, key, this.value(/^[,}]/), this.line);
      this.comma('}');
    }
    this.at++;
    return map;
  }

  comma(end) {
    this.space();
    if (this.text[this.at] === ',') this.at++;
    else if (this.text[this.at] !== end) refuse(this.line, `a ${end} is missing; collections in brackets end on their line`);
  }
}

function put(map, key, value, line) {
  const name = String(key);
  if (name === '__proto__' || Object.hasOwn(map, name)) refuse(line, `"${name}" stands there twice, or cannot`);
  map[name] = value;
}

function inline(text, line) {
  if (!/^["'[{]/.test(text)) return plain(text, line);
  const flow = new Flow(text, line);
  const value = flow.value(/^$/);
  flow.space();
  if (flow.at < text.length) refuse(line, `"${text.slice(flow.at)}" stands after its value`);
  return value;
}

const ENTRY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'[\]{}&*!|>%@`#,-][^#]*?|-[^\s#][^#]*?)\s*:(?:\s+(.*))?$/;

class Reader {
  constructor(lines) {
    Object.assign(this, { lines, at: 0 });
  }

  get line() {
    return this.lines[this.at];
  }

  block(indent) {
    if (/^-(\s|$)/.test(this.line.text)) return this.list(indent);
    if (ENTRY.test(this.line.text)) return this.map(indent);
    const line = this.line;
    this.at++;
    return inline(line.text, line);
  }

  // What belongs to the line before: deeper lines, or nothing.
  below(indent, listsToo) {
    const next = this.line;
    const belongs = next && (next.indent > indent || (listsToo && next.indent === indent && /^-(\s|$)/.test(next.text)));
    return belongs ? this.block(next.indent) : null;
  }

  list(indent) {
    const items = [];
    while (this.line?.indent === indent && /^-(\s|$)/.test(this.line.text)) {
      const { number, text } = this.line;
      const rest = text.slice(1).trimStart();
      if (rest === '') {
        this.at++;
        items.push(this.below(indent, false));
      } else {
        const inner = indent + text.length - rest.length;
        this.lines[this.at] = new Line(number, inner, rest);
        items.push(this.block(inner));
      }
    }
    this.end(indent);
    return items;
  }

  map(indent) {
    const map = {};
    while (this.line?.indent === indent && !/^-(\s|$)/.test(this.line.text)) {
      const line = this.line;
      const found = ENTRY.exec(line.text);
      if (!found) refuse(line, `"${line.text}" is no key with a value`);
      this.at++;
      put(map, inline(found[1], line), this.entry(found[2] ?? '', line), line);
    }
    this.end(indent);
    return map;
  }

  entry(text, line) {
    if (/^[|>][-+0-9]*$/.test(text)) {
      const parts = [];
      for (; this.line?.indent > line.indent; this.at++) parts.push(this.line.text);
      return parts.join(text[0] === '|' ? '\n' : ' ');
    }
    return text === '' ? this.below(line.indent, true) : inline(text, line);
  }

  end(indent) {
    if (this.line?.indent > indent) refuse(this.line, 'it is indented as nothing before it');
  }
}

function document(lines) {
  const reader = new Reader(lines);
  const value = reader.block(lines[0].indent);
  if (reader.line) refuse(reader.line, 'it belongs to nothing before it');
  return value;
}

/** The documents of a text, in JSON or in YAML. */
export function documents(text) {
  if (/^\s*[{[]/.test(text)) return [JSON.parse(text)];
  const found = [[]];
  text.split(/\r?\n/).forEach((whole, index) => {
    const line = new Line(index + 1, whole.search(/\S|$/), withoutComment(whole.trimStart()));
    if (/^(---|\.\.\.)(\s|$)/.test(whole)) {
      if (line.text.length > 3) refuse(line, 'a document begins on a line of its own');
      found.push([]);
    } else if (line.text !== '') {
      if (/^ *\t/.test(whole)) refuse(line, 'it is indented by a tab');
      found.at(-1).push(line);
    }
  });
  return found.filter((lines) => lines.length > 0).map(document);
}

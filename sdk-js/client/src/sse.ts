import { ConnectionError } from './problems.js';
import type { Answer } from './client.js';

/** One server-sent event; empty where a field was not given. */
export interface Frame {
  event: string;
  id: string;
  data: string;
}

/** An event carries two images of an object, and no object is larger than a request. */
const FRAME_CHARACTERS_MAX = 8 << 20;

/**
 * Reads a stream of server-sent events (WHATWG HTML, 9.2.6), heartbeats included: they move the position. Calls
 * `alive` whenever something arrives.
 */
export async function* frames(body: Answer['body'], alive: () => void): AsyncGenerator<Frame> {
  if (body === null) return;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of pieces(body)) {
    alive();
    rest += decoder.decode(bytes, { stream: true });
    const whole = rest.split('\n\n');
    rest = whole.pop() ?? '';
    for (const text of whole) yield frame(text);
    if (rest.length > FRAME_CHARACTERS_MAX) throw new ConnectionError('an event is larger than any event may be');
  }
}

function frame(text: string): Frame {
  const fields: Frame = { event: '', id: '', data: '' };
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^(event|id|data): ?(.*)$/.exec(line) ?? [];
    if (name === 'data') fields.data += fields.data === '' ? value : `\n${value}`;
    else if (name !== undefined) fields[name as 'event' | 'id'] = value;
  }
  return fields;
}

/** Not every browser iterates over a stream by itself. */
async function* pieces(body: NonNullable<Answer['body']>): AsyncGenerator<Uint8Array> {
  if (!('getReader' in body)) {
    yield* body;
    return;
  }
  const reader = body.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    reader.cancel().catch(() => undefined); // a stream that broke cannot be cancelled, and need not be
  }
}

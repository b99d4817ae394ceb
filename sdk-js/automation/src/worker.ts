// Runs one script in a context of its own, with the very prelude that platforms run. Started by trial.ts as a worker
// thread, so that an endless loop can be ended.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { createContext, runInContext, SourceTextModule, type Module } from 'node:vm';
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { isPlain, type Answered, type Script, type Told } from './script.js';

const { script, answers, signal } = workerData as { script: Script; answers: MessagePort; signal: Int32Array };

interface Callbacks {
  shared: object;
  start(source: unknown, plain: boolean, facts: string): void;
  answered(id: number, ok: boolean, text: string | null): void;
  timerFired(id: number): void;
}

const context = createContext({}, { codeGeneration: { strings: true, wasm: false } });
const parts = new Map<string, unknown>();
const waiting = new Set<number>();
const timers = new Map<number, NodeJS.Timeout>();
let calls = 0;
let settled = false;

const tell = (message: Told) => parentPort?.postMessage(message);
const prelude = (name: string) =>
  runInContext(readFileSync(new URL(`prelude/${name}.js`, import.meta.url), 'utf8'), context, { filename: `oarlock:${name}.js` });

function end(message: Told) {
  if (settled) return;
  settled = true;
  tell(message);
}

function call(operation: string, args: string, wait = false): number {
  const id = ++calls;
  tell({ kind: 'call', id, operation, args, wait });
  return id;
}

/** Node, unlike the platform, has nothing between a promise's job and the next: look when all of them are done. */
function look() {
  setImmediate(() => {
    if (!settled && waiting.size === 0 && timers.size === 0) {
      end({ kind: 'failed', message: 'the script waits for a promise that nothing is left to settle', stack: '' });
    }
  });
}

const host = {
  call(operation: string, args: string) {
    const id = call(operation, args);
    waiting.add(id);
    return id;
  },
  callAndWait(operation: string, args: string) {
    const before = Atomics.load(signal, 0);
    call(operation, args, true);
    Atomics.wait(signal, 0, before);
    const { ok, text } = receiveMessageOnPort(answers)?.message as Answered;
    return { ok, text };
  },
  startTimer(id: number, milliseconds: number) {
    timers.set(id, setTimeout(() => {
      timers.delete(id);
      callbacks.timerFired(id);
      look();
    }, milliseconds));
  },
  stopTimer(id: number) {
    clearTimeout(timers.get(id));
    timers.delete(id);
  },
  log: (level: string, message: string) => tell({ kind: 'log', level, message }),
  web(name: string) {
    if (!parts.has(name)) parts.set(name, prelude(name)(callbacks.shared));
    return parts.get(name);
  },
  randomUuid: () => randomUUID(),
  randomBytes: (count: number) => randomBytes(count).toString('latin1'),
  digest: (algorithm: string, data: string) =>
    createHash(algorithm.replace('-', '').toLowerCase()).update(data, 'latin1').digest().toString('latin1'),
  skipped: () => end({ kind: 'skipped' }),
  refused: (json: string) => end({ kind: 'refused', json }),
  succeeded: (json: string | null) => end({ kind: 'succeeded', json }),
  failed: (error: unknown) => end(failure(error)),
};

function failure(error: unknown): Told {
  const stack = typeof error === 'object' && error !== null && 'stack' in error ? String(error.stack) : '';
  return { kind: 'failed', message: typeof error === 'object' ? String(error) : `the script threw ${String(error)}`, stack };
}

/** The engine of platforms has these by itself; arrays must be those of the script's own realm. */
function lendText() {
  const [encode, decode] = [new TextEncoder(), new TextDecoder()];
  const lend = runInContext(`(encode, decode) => {
    globalThis.TextEncoder = class TextEncoder { encode(text = '') { return Uint8Array.from(encode(String(text))); } };
    globalThis.TextDecoder = class TextDecoder { decode(bytes = new Uint8Array()) { return decode(bytes); } };
  }`, context);
  lend((text: string) => encode.encode(text), (bytes: Uint8Array) => decode.decode(bytes));
}

async function load(): Promise<unknown> {
  const modules = new Map<string, SourceTextModule>();
  const make = (name: string, source: string) => {
    const made = new SourceTextModule(source, { context, identifier: name });
    modules.set(name, made);
    return made;
  };
  const link = (specifier: string, from: Module) => {
    const inner = from.identifier === script.name ? '' : from.identifier;
    const path = posix.normalize(posix.join(posix.dirname(inner), specifier));
    const source = script.modules[path] ?? script.modules[`./${path}`];
    if (!/^\.\.?\//.test(specifier) || source === undefined) throw new Error(`${specifier} is none of this script's modules`);
    return modules.get(path) ?? make(path, source);
  };
  const main = make(script.name, script.source);
  await main.link(link as (specifier: string, from: Module) => Module);
  await main.evaluate();
  return main.namespace;
}

function loadPlain(): unknown {
  runInContext(script.source, context, { filename: script.name });
  return runInContext(`({ when: typeof when === 'function' ? when : undefined, then: typeof then === 'function' ? then : undefined })`, context);
}

lendText();
const callbacks = prelude('ctx')(host) as Callbacks;

parentPort?.on('message', ({ id, ok, text }: Answered) => {
  if (!waiting.delete(id)) return;
  callbacks.answered(id, ok, text);
  look();
});

try {
  const plain = isPlain(script.source);
  callbacks.start(plain ? loadPlain() : await load(), plain, script.facts);
  look();
} catch (error) {
  end(failure(error));
}

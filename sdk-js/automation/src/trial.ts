import { MessageChannel, Worker } from 'node:worker_threads';
import type { AutomationInput } from '@oarlock/types';
import { CallError, type Broker, type Platform } from './platform.js';
import type { Answered, Script, Told } from './script.js';

/** The parts of an automation that matter to a run. */
export type Settings = Partial<Pick<AutomationInput, 'name' | 'parameters' | 'entitlements' | 'limits' | 'secrets' | 'condition' | 'modules'>>;

export interface TrialOptions extends Settings {
  /** What the trigger would give. */
  event?: object;
  payload?: unknown;
  schedule?: object;
  /** What its calls are answered by: {@link fakePlatform} or {@link realPlatform}. */
  platform?: Platform;
}

/** What became of a run, as the platform's record of one has it. */
export interface TrialRun {
  readonly status: 'Succeeded' | 'Skipped' | 'Failed' | 'TimedOut' | 'LimitExceeded';
  /** Name of the limit that was passed. */
  readonly limit?: string;
  readonly result?: any;
  readonly error?: { message: string; line: number; column: number; stack: string };
  readonly logs: ReadonlyArray<{ level: string; message: string }>;
  /** Calls it made, in order. */
  readonly calls: ReadonlyArray<{ operation: string; arguments: any }>;
  /** The least entitlements that would have done. */
  readonly usedEntitlements: Record<string, string[]>;
}

const LIMITS = { wallTime: 'PT30S', memory: '64MiB', outboundRequests: 50, apiCalls: 500 };

/** Node needs room of its own beside the script's. */
const NODE_MEBIBYTES = 32;

/**
 * Runs a source here, in a fresh context with the `ctx` of platforms: the same prelude, calls answered by the
 * platform given. Wall time, memory, `apiCalls` and `outboundRequests` are bounded as there; processor time is not.
 */
export async function trial(source: string, options: TrialOptions = {}): Promise<TrialRun> {
  const { fakePlatform } = await import('./fake.js');
  const { platform = fakePlatform(), ...settings } = options;
  const limits = { ...LIMITS, ...settings.limits };
  const run = { calls: [] as Array<{ operation: string; arguments: any }>, logs: [] as Array<{ level: string; message: string }>, used: {} as Record<string, string[]> };
  const broker = platform.broker(settings, run.used);
  const script = scriptOf(source, options);
  const ended = await contain(script, limits, broker, run);
  return { ...ended, logs: run.logs, calls: run.calls, usedEntitlements: run.used };
}

function scriptOf(source: string, { name = 'automation', condition, modules = {}, parameters = {}, event, payload, schedule }: TrialOptions): Script {
  const run = { id: 'trial', automation: name, namespace: '/', attempt: 1, cause: { kind: 'Test', id: 'trial', depth: 0 } };
  return {
    name,
    source: condition === undefined ? source : `${source}\n${condition}`,
    modules,
    facts: JSON.stringify({ event, payload, schedule, params: parameters, run }),
  };
}

type Ended = Omit<TrialRun, 'logs' | 'calls' | 'usedEntitlements'>;

function contain(script: Script, limits: typeof LIMITS & Settings['limits'], broker: Broker, run: { calls: object[]; logs: object[] }): Promise<Ended> {
  const { port1: answers, port2: answering } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('worker.js', import.meta.url), {
    workerData: { script, answers, signal },
    transferList: [answers],
    execArgv: ['--experimental-vm-modules', '--no-warnings'],
    resourceLimits: { maxOldGenerationSizeMb: NODE_MEBIBYTES + mebibytes(limits.memory) },
    env: {},
  });
  const used = { api: 0, fetch: 0 };

  return new Promise<Ended>((resolve, reject) => {
    const timer = setTimeout(() => resolve({ status: 'TimedOut', limit: 'wallTime' }), milliseconds(limits.wallTime));
    const finish = (ended: Ended) => {
      clearTimeout(timer);
      resolve(ended);
    };
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') finish({ status: 'LimitExceeded', limit: 'memory' });
      else finish({ status: 'Failed', error: place(String(error), String(error.stack), script.name) });
    });
    worker.on('message', (told: Told) => {
      switch (told.kind) {
        case 'log':
          run.logs.push({ level: told.level, message: told.message });
          return;
        case 'call': {
          run.calls.push({ operation: told.operation, arguments: JSON.parse(told.args) });
          const over = passed(told.operation, used, limits);
          if (over) return finish({ status: 'LimitExceeded', limit: over });
          answer(broker, told).then((answered) => {
            if (!told.wait) return worker.postMessage(answered);
            answering.postMessage(answered);
            Atomics.add(signal, 0, 1);
            Atomics.notify(signal, 0);
          }, reject);
          return;
        }
        case 'succeeded': return finish({ status: 'Succeeded', ...(told.json === null ? {} : { result: JSON.parse(told.json) }) });
        case 'skipped': return finish({ status: 'Skipped' });
        case 'refused': {
          const { reason, details } = JSON.parse(told.json);
          return finish({ status: 'Succeeded', result: { refused: { ...details, reason } } });
        }
        case 'failed': return finish({ status: 'Failed', error: place(told.message, told.stack, script.name) });
      }
    });
  }).finally(() => {
    answering.close();
    return worker.terminate();
  });
}

function passed(operation: string, used: { api: number; fetch: number }, limits: typeof LIMITS): string | undefined {
  if (operation.startsWith('api.') && ++used.api > limits.apiCalls) return 'apiCalls';
  if (operation === 'fetch' && ++used.fetch > limits.outboundRequests) return 'outboundRequests';
  return undefined;
}

async function answer(broker: Broker, { id, operation, args }: { id: number; operation: string; args: string }): Promise<Answered> {
  try {
    const value = await broker(operation, JSON.parse(args));
    return { id, ok: true, text: value === undefined ? null : JSON.stringify(value) };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return { id, ok: false, text: JSON.stringify({ code: error.code, message: error.message, details: error.details }) };
  }
}

/** The author's line: the first of the stack that is neither the prelude's nor Node's. */
function place(message: string, stack: string, name: string) {
  const frames = stack.split('\n').filter((line) => !/oarlock:|file:\/\/|node:/.test(line));
  const found = /:(\d+):(\d+)\)?$/.exec(frames.find((line) => /^\s+at .*:\d+:\d+\)?$/.test(line)) ?? '');
  // A syntax error's stack begins with its file and line.
  const line = Number(found?.[1] ?? new RegExp(`^${name.replace(/\W/g, '\\$&')}:(\\d+)`).exec(stack)?.[1] ?? 0);
  return { message, line, column: Number(found?.[2] ?? 0), stack: frames.join('\n') };
}

function mebibytes(text: string): number {
  const [, number = '0', unit = 'B'] = /^(\d+)(B|KiB|MiB|GiB)?$/.exec(text) ?? [];
  return Math.max(1, Math.ceil((Number(number) * { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }[unit as 'B']) / 2 ** 20));
}

function milliseconds(duration: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(duration) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

import type { Settings } from './trial.js';

/** Answers the calls of one run; throws a {@link CallError} to refuse one. */
export type Broker = (operation: string, args: any) => Promise<unknown>;

/** What stands behind `ctx` in a trial. */
export interface Platform {
  /** Notes in `used` what the run did of what it was entitled to. */
  broker(settings: Settings, used: Record<string, string[]>): Broker;
}

/** A refusal as the platform gives it to a script. */
export class CallError extends Error {
  constructor(readonly code: string, message: string, readonly details: object = {}) {
    super(message);
  }
}

/** The operation whose entitlement a verb needs. */
const NEEDED: Record<string, string> = { count: 'list', patch: 'update', remove: 'delete' };
const needed = (verb: string): string => NEEDED[verb] ?? verb;

/** Refuses what the automation is not entitled to, in the words of the platform. */
export function requireEntitled({ name = 'automation', entitlements = {} }: Settings, type: string, verb: string, used: Record<string, string[]>): void {
  const need = needed(verb);
  const of = (used[type] ??= []);
  if (!of.includes(need)) of.push(need);
  const granted: string[] = [...(entitlements[type] ?? []), ...(entitlements['*'] ?? [])];
  if (granted.some((one) => one === '*' || needed(one) === need)) return;
  throw new CallError('not-entitled', `The automation ${name} has no entitlement to ${need} ${type}; add {"${type}": ["${need}"]} to its entitlements`);
}

/** Values kept between the runs of one automation. */
export function keyValues(values: Map<string, unknown>): Broker {
  return async (operation, { key, value, by, expected }) => {
    const known = values.get(key);
    switch (operation) {
      case 'kv.get': return known;
      case 'kv.set': return void values.set(key, value);
      case 'kv.increment': {
        const sum = Number(known ?? 0) + by;
        values.set(key, sum);
        return sum;
      }
      case 'kv.compareAndSet': {
        if (JSON.stringify(known) !== JSON.stringify(expected)) return false;
        values.set(key, value);
        return true;
      }
      case 'kv.delete': return values.delete(key);
      default: throw new CallError('unknown', `There is no call ${operation}`);
    }
  };
}

/** A secret must be named by the automation; its value is never seen by a script. */
export function requireSecret({ secrets = [] }: Settings, name: string): undefined {
  if (secrets.includes(name)) return undefined;
  throw new CallError('not-entitled', `The automation does not name the secret ${name}; add it to its secrets`);
}

/** What a worker is sent: sources and facts, all text. */
export interface Script {
  /** Name of the main module in positions of errors. */
  readonly name: string;
  readonly source: string;
  /** Further modules by path: `./format.js`. */
  readonly modules: Readonly<Record<string, string>>;
  /** JSON: event, params, payload, run, schedule. */
  readonly facts: string;
}

/** What the worker tells. */
export type Told =
  | { kind: 'call'; id: number; operation: string; args: string; wait: boolean }
  | { kind: 'log'; level: string; message: string }
  | { kind: 'succeeded'; json: string | null }
  | { kind: 'skipped' }
  | { kind: 'refused'; json: string }
  | { kind: 'failed'; message: string; stack: string };

/** The answer to a call: JSON, of a refusal too. */
export interface Answered {
  id: number;
  ok: boolean;
  text: string | null;
}

/** Whether it is a source of the original system, which exports nothing; the platform decides it the same way. */
export const isPlain = (source: string): boolean => /\bfunction\s+(when|then)\s*\(/.test(source) && !/^\s*(export|import)\b/m.test(source);

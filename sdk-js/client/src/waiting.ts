/** Waits, unless the signal is aborted; then it throws what the signal was aborted with. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** The same promise, given up by one who waits when his signal is aborted; others wait on. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** A controller aborted when the signal is, and when so much time has passed; `done` forgets both. */
export function bounded(signal: AbortSignal | undefined, milliseconds: number, why: () => Error) {
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const late = () => controller.abort(why());
  let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(late, milliseconds);
  return {
    signal: controller.signal,
    abort: () => controller.abort(),
    /** Counts the time from now. */
    again() {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = setTimeout(late, milliseconds);
    },
    done() {
      clearTimeout(timer);
      timer = undefined;
      signal?.removeEventListener('abort', stop);
    },
  };
}

/** Grows twofold from one attempt to the next, with a random fifth more or less so that clients spread. */
export const backoff = (attempt: number, base: number, most: number): number =>
  Math.min(most, base * 2 ** (attempt - 1)) * (0.8 + 0.4 * Math.random());

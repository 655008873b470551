// An answer that follows the address: the last good one stays, marked stale, until the next has come.

export interface Loaded<T> {
  value: T | null;
  error: Error | null;
  stale: boolean;
}

export function empty<T>(): Loaded<T> {
  return { value: null, error: null, stale: true };
}

let open = 0;

/** Says on the root element whether an answer is still on its way. */
function count_open(change: number): void {
  open += change;
  document.documentElement.toggleAttribute('data-busy', open > 0);
}

const kPause = 80; // ms: a drag or a burst of clicks asks once

/** Fills `into` from `ask`; returns what an effect needs to cancel it. */
export function load<T>(into: Loaded<T>, ask: (signal: AbortSignal) => Promise<T>, pause = kPause): () => void {
  const wanted = new AbortController();
  let waiting = true;
  const done = (): void => {
    if (waiting) count_open(-1);
    waiting = false;
  };
  count_open(1);
  const timer = setTimeout(() => {
    into.stale = true;
    ask(wanted.signal).then(
      (value) => Object.assign(into, { value, error: null, stale: false }),
      (error: Error) => {
        if (error.name !== 'AbortError') Object.assign(into, { error, stale: false });
      },
    ).finally(done);
  }, pause);
  return () => {
    clearTimeout(timer);
    wanted.abort();
    done();
  };
}

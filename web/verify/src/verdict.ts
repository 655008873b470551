// What came of a verification: everything that was found, not the first thing only.
import { compare_texts, Malformed } from './bytes';
import type { WitnessVerdict } from './witness';

/** The names by which failures are known; spec/edition.md says what each means. */
export const kChecks = [
  'manifest', 'file', 'checkpoint', 'log', 'head', 'register', 'record', 'opening', 'status', 'rule', 'total',
  'accounting', 'duplicate', 'disposition', 'evidence', 'change', 'policy', 'time',
] as const;
export type Check = (typeof kChecks)[number];

export interface Failure {
  check: Check;
  file: string;
  leaf: number | null;
  message: string;
}

/** A number of things, named by a key of the page's words. */
export interface Tally {
  what: string;
  count: number;
  detail?: string;
}

export type Outcome = 'witnessed' | 'unwitnessed' | 'failed';

export interface TotalVerdict {
  rule: string;
  leaf: number;
  outcome: Outcome;
  /** What the members give, as in totals.json; null when the rule itself could not be read. */
  counted: { low: string; high: string | null; members: number; asserted: number; unstated: number } | null;
  /** The stated interval where it is another. */
  stated: { low: string; high: string | null } | null;
  cells: number;
  because: Check[];
}

/** The first `size` leaves were there at `time`, as `by` proves: an authority's name, or "Bitcoin block HEIGHT". */
export interface NotAfter {
  size: number;
  time: string;
  by: string;
}

/** Leaves from `leaf` on were not written before `time`: that heartbeat binds what the witness signed then. */
export interface NotBefore {
  leaf: number;
  time: string;
  witness: string;
}

export interface Verdict {
  outcome: Outcome;
  witnesses: WitnessVerdict[];
  not_after: NotAfter[];
  not_before: NotBefore[];
  /** The earliest that a known witness says: all leaves were there then. */
  seen_by: { time: string; witness: string } | null;
  /** Fork files: signed heads that contradict this edition's. */
  forks: string[];
  /** Signed notes of this edition that hold, for the reader to remember. */
  heads: string[];
  failures: Failure[];
  failure_count: number;
  totals: TotalVerdict[];
  checked: Tally[];
  withheld: Tally[];
  unchecked: Tally[];
}

const kMaxFailures = 1000; // kept; a broken file would give one a line
const kMaxNotAfter = 1000; // kept, those of the largest sizes
const kMaxNotBefore = 10_000; // a heartbeat a day for 27 years

export class Findings {
  readonly failures: Failure[] = [];
  readonly names = new Set<Check>();
  failure_count = 0;
  readonly checked: Tally[] = [];
  readonly withheld: Tally[] = [];
  readonly unchecked: Tally[] = [];
  witnesses: WitnessVerdict[] = [];
  not_after: NotAfter[] = [];
  readonly not_before: NotBefore[] = [];
  seen_by: Verdict['seen_by'] = null;
  readonly forks: string[] = [];
  heads: string[] = [];

  add(check: Check, file: string, leaf: number | null, message: string): void {
    this.failure_count += 1;
    this.names.add(check);
    if (this.failures.length < kMaxFailures) this.failures.push({ check, file, leaf, message });
  }

  /** What `work` gives, or undefined and a failure when it refuses. */
  attempt<T>(check: Check, file: string, leaf: number | null, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.add(check, file, leaf, error.message);
      return undefined;
    }
  }

  count(what: string, count: number, detail?: string): void {
    this.checked.push(detail === undefined ? { what, count } : { what, count, detail });
  }

  keep_back(what: string, count: number): void {
    if (count > 0) this.withheld.push({ what, count });
  }

  leave_open(what: string, count = 0, detail?: string): void {
    this.unchecked.push(detail === undefined ? { what, count } : { what, count, detail });
  }

  /** Leaves from `leaf` on were not written before: told when it is later than what was told before. */
  begin_not_before(leaf: number, time: string, witness: string): void {
    const last = this.not_before.at(-1);
    if ((last === undefined || last.time < time) && this.not_before.length < kMaxNotBefore) this.not_before.push({ leaf, time, witness });
  }

  /** All that is proved of time: ascending by size, time and name; those of the largest sizes are kept. */
  prove_not_after(all: NotAfter[]): void {
    all.sort((a, b) => a.size - b.size || compare_texts(a.time, b.time) || compare_texts(a.by, b.by));
    this.not_after = all.slice(-kMaxNotAfter);
  }

  /** What a verdict says of trust and time. */
  told(): Pick<Verdict, 'witnesses' | 'not_after' | 'not_before' | 'seen_by' | 'forks' | 'heads'> {
    const { witnesses, not_after, not_before, seen_by, forks, heads } = this;
    return { witnesses, not_after, not_before, seen_by, forks, heads };
  }
}

/** Exit status of a command: 0 when nothing failed and a witness, or the reader, vouches for the head. */
export function exit_status(verdict: Verdict, allows_unwitnessed: { allow_unwitnessed: boolean }): number {
  if (verdict.outcome === 'witnessed') return 0;
  return verdict.outcome === 'unwitnessed' && allows_unwitnessed.allow_unwitnessed ? 0 : 1;
}

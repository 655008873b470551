// Work that needs nothing but its own bytes, handed to helpers: one for each core, or none beside the caller. What comes of
// it is taken in the order in which it was handed out, so that the verdict does not depend on how many there are.
import { read_bundle, type BundleRead, type BundleTask } from './bundle';
import { read_evidence, type EvidenceRead, type EvidenceTask } from './evidence_file';
import { Leaves } from './leaves';
import { read_lists, type ListBatch, type ListTask } from './list_batch';
import { read_records, type RecordBatch, type RecordTask } from './record_batch';
import type { Source } from './source';

export type Task = BundleTask | RecordTask | ListTask | EvidenceTask;
export type Done<T extends Task> = T extends BundleTask ? BundleRead : T extends RecordTask ? RecordBatch : T extends EvidenceTask ? EvidenceRead : ListBatch;

export interface Pool {
  /** Tasks that it takes at once, those that wait for a core included. */
  readonly width: number;
  run<T extends Task>(task: T): Promise<Done<T>>;
  /** Nobody reads any more what came of a task: its memory may go. */
  forget(done: Done<Task>): void;
}

/** What one helper does; it sees the bundles of the log and the preserved bytes, and nothing else of the edition. */
export class Helper {
  readonly #leaves: Leaves;
  constructor(readonly source: Source) {
    this.#leaves = new Leaves(source);
  }
  async run<T extends Task>(task: T): Promise<Done<T>> {
    const work = (): Promise<BundleRead> | Promise<RecordBatch> | Promise<EvidenceRead> | ListBatch => {
      switch (task.kind) {
        case 'bundle': return read_bundle(task, this.source);
        case 'records': return read_records(task, this.#leaves);
        case 'lists': return read_lists(task);
        case 'evidence': return read_evidence(task, this.source);
      }
    };
    return (await work()) as Done<T>;
  }
}

/** No helper beside the caller. */
export class OwnPool implements Pool {
  readonly width = 1;
  readonly #helper: Helper;
  constructor(source: Source) {
    this.#helper = new Helper(source);
  }
  run<T extends Task>(task: T): Promise<Done<T>> {
    return this.#helper.run(task);
  }
  forget(): void {
    // The collector takes it.
  }
}

/** Hands `work` each item, a pool's width of them at once, and `take` what came of them, in order. */
export async function in_order<I, O>(items: Iterable<I> | AsyncIterable<I>, width: number, work: (item: I) => Promise<O>, take: (done: O, item: I) => void): Promise<void> {
  const waiting: { item: I; done: Promise<O> }[] = [];
  const take_first = async (): Promise<void> => {
    const { item, done } = waiting.shift()!;
    take(await done, item);
  };
  for await (const item of items) {
    const done = work(item);
    done.catch(() => undefined); // told when its turn comes
    waiting.push({ item, done });
    if (waiting.length >= width) await take_first();
  }
  while (waiting.length > 0) await take_first();
}

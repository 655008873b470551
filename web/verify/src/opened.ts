// What an edition opens of a leaf: slots by path, each a value or absent; closed slots are not there.
import { Hashes } from './hashes';
import { slot_at, slots_of, type LeafType } from './slots';

/** What a list commits to. */
export interface ListHead {
  count: number;
  root: Uint8Array;
}

/** Heads of many lists, side by side: texts would take three times as much. */
export class ListHeads {
  readonly #counts: number[] = [];
  readonly #roots = new Hashes();
  /** Gives the number of the head. */
  push(count: number, root: Uint8Array): number {
    this.#roots.push(root);
    return this.#counts.push(count) - 1;
  }
  at(number: number): ListHead {
    return { count: this.#counts[number]!, root: this.#roots.at(number) };
  }
}

export class Opened {
  /** Opened slots of the leaf's table by their number. Values that nothing below asks for are kept as ''. */
  readonly #slots: (string | number | null | undefined)[]; // of a list the number of its head
  count = 0;

  constructor(readonly type: LeafType, readonly entry: number, readonly leaf: number, readonly table: LeafType, readonly heads = new ListHeads()) {
    this.#slots = new Array<undefined>(slots_of(table).length).fill(undefined);
  }

  open(slot: number, value: string | null): void {
    this.#slots[slot] = value;
    this.count += 1;
  }

  open_list(slot: number, count: number, root: Uint8Array): void {
    this.#slots[slot] = this.heads.push(count, root);
    this.count += 1;
  }

  /** Paths that are opened, in the order of the table. */
  *paths(): Iterable<string> {
    const slots = slots_of(this.table);
    for (let slot = 0; slot < this.#slots.length; slot += 1) if (this.#slots[slot] !== undefined) yield slots[slot]!.path;
  }

  /** The value; null when the slot was opened as absent; undefined when it is closed or the type has no such slot. Of a list ''. */
  slot(path: string): string | null | undefined {
    const value = this.#slots[slot_at(this.table, path)];
    return typeof value === 'number' ? '' : value;
  }

  /** The head of a list; null when it is closed or absent. */
  list(path: string): ListHead | null {
    const value = this.#slots[slot_at(this.table, path)];
    return typeof value === 'number' ? this.heads.at(value) : null;
  }

  /** The value, or null when it is closed or absent. */
  value(path: string): string | null {
    return this.slot(path) ?? null;
  }
}

// Everything that a later check reads. What is not here is checked against its commitment and forgotten, so that
// memory does not grow with texts.
const kKept = new Set([
  'act/family', 'act/name', 'side', 'extent', 'time/year', 'time/month', 'time/day', 'place/country', 'place/province',
  'place/county', 'place/town', 'place/exact', 'status', 'status/method', 'status/decision', 'umbrella', 'evidence',
  'claims', 'origins', 'lineages', 'reports', 'made-by', 'verb', 'part-count', 'parts', 'statuses',
]);

export function is_kept(path: string): boolean {
  return kKept.has(path) || path.startsWith('count/');
}

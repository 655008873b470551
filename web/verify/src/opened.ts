// What an edition opens of a leaf: slots by path, each a value or absent; closed slots are not there.
import { slot_at, slots_of, type LeafType } from './slots';

export class Opened {
  /** Opened slots of the leaf's table by their number. Values that nothing below asks for are kept as ''. */
  readonly #slots: (string | null | undefined)[];
  count = 0;

  constructor(readonly type: LeafType, readonly entry: number, readonly leaf: number, readonly table: LeafType) {
    this.#slots = new Array<undefined>(slots_of(table).length).fill(undefined);
  }

  open(slot: number, value: string | null): void {
    this.#slots[slot] = value;
    this.count += 1;
  }

  /** Paths that are opened, in the order of the table. */
  *paths(): Iterable<string> {
    const slots = slots_of(this.table);
    for (let slot = 0; slot < this.#slots.length; slot += 1) if (this.#slots[slot] !== undefined) yield slots[slot]!.path;
  }

  /** The value; null when the slot was opened as absent; undefined when it is closed or the type has no such slot. */
  slot(path: string): string | null | undefined {
    return this.#slots[slot_at(this.table, path)];
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

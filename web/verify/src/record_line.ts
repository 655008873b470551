// A line of records.jsonl: its form, and where its parts stand.
import { refuse, text_of } from './bytes';
import { Scanner, type Span } from './scanner';
import { is_type, type LeafType } from './slots';

export interface RecordHead {
  type: LeafType;
  entry: number;
  leaf: number;
}

/** The openings of a line, where they stand in the scanner's bytes. */
export class Openings {
  count = 0;
  readonly slots: number[] = [];
  readonly paths: Span[] = [];
  readonly values: (Span | null)[] = [];
  /** Where the 64 digits of each key begin. */
  readonly keys: number[] = [];

  read(scan: Scanner): void {
    const { count } = this;
    scan.expect('[');
    this.slots[count] = scan.count();
    scan.expect(',');
    this.paths[count] = scan.span();
    scan.expect(',');
    this.values[count] = scan.take('null') ? null : scan.span();
    scan.expect(',');
    this.keys[count] = scan.hex_at(64);
    scan.expect(']');
    this.count += 1;
  }

  check_order(): void {
    for (let i = 1; i < this.count; i += 1) {
      if (this.slots[i - 1]! >= this.slots[i]!) refuse(`slot ${this.slots[i]} is opened twice or out of order`);
    }
  }
}

/** Reads the whole line; its openings take the place of what `openings` held. */
export function read_record_line(scan: Scanner, openings: Openings): RecordHead {
  scan.expect('{"type":');
  const type = scan.text();
  scan.expect(',"entry":');
  const entry = scan.count();
  scan.expect(',"leaf":');
  const leaf = scan.count();
  scan.expect(',"slots":');
  openings.count = 0;
  scan.each(() => openings.read(scan));
  scan.expect('}');
  scan.end();
  if (!is_type(type)) return refuse(`'${type.slice(0, 40)}' is no type of a leaf`);
  openings.check_order();
  return { type, entry, leaf };
}

export interface RecordLine extends RecordHead {
  openings: { slot: number; path: string; value: string | null; key: string }[];
}

/** The same with all of its texts. */
export function record_from(line: string): RecordLine {
  const scan = new Scanner(line);
  const found = new Openings();
  const head = read_record_line(scan, found);
  const openings = found.slots.map((slot, i) => {
    const value = found.values[i]!;
    const key = found.keys[i]!;
    return { slot, path: scan.text_at(found.paths[i]!), value: value === null ? null : scan.text_at(value), key: text_of(scan.bytes.subarray(key, key + 64)) };
  });
  return { ...head, openings };
}

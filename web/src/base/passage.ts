// A report's text cut at spans of bytes: the server counts bytes of UTF-8, a browser counts UTF-16.

import type { ByteSpan, Passage } from '../api/types';

export interface Segment {
  text: string;
  span: ByteSpan;
  /** Withheld until names are asked for. */
  person: boolean;
  marks: string[];
}
export interface SpanMark { span: ByteSpan; mark: string }

const kEncoder = new TextEncoder();
const kDecoder = new TextDecoder();

function overlaps(a: ByteSpan, b: ByteSpan): boolean {
  return a[0] < b[1] && b[0] < a[1];
}

export function byte_length(text: string): number {
  return kEncoder.encode(text).length;
}

/** A passage as bytes, with the spans that name persons. */
export class PassageText {
  readonly bytes: Uint8Array;
  readonly persons: ByteSpan[];

  constructor(readonly passage: Passage, more_persons: ByteSpan[] = []) {
    this.bytes = kEncoder.encode(passage.pieces.map((piece) => piece.text).join(''));
    this.persons = [...more_persons];
    let at = passage.offset;
    for (const piece of passage.pieces) {
      const end = at + byte_length(piece.text);
      if (piece.slots.some((slot) => slot.startsWith('person'))) this.persons.push([at, end]);
      at = end;
    }
  }

  get whole(): ByteSpan {
    return [this.passage.offset, this.passage.offset + this.bytes.length];
  }

  private slice(span: ByteSpan): string {
    return kDecoder.decode(this.bytes.subarray(span[0] - this.passage.offset, span[1] - this.passage.offset));
  }

  /** The text of `within`, cut at marks and names. Marks that end inside a character are the server's to avoid. */
  segments(marks: SpanMark[], within: ByteSpan = this.whole): Segment[] {
    const inside = (at: number): boolean => at > within[0] && at < within[1];
    const borders = new Set<number>([within[0], within[1]]);
    for (const [begin, end] of [...this.persons, ...marks.map((mark) => mark.span)]) {
      if (inside(begin)) borders.add(begin);
      if (inside(end)) borders.add(end);
    }
    const sorted = [...borders].sort((a, b) => a - b);
    return sorted.slice(1).map((end, i) => {
      const span: ByteSpan = [sorted[i]!, end];
      return {
        text: this.slice(span), span,
        person: this.persons.some((person) => overlaps(person, span)),
        marks: marks.filter((mark) => overlaps(mark.span, span)).map((mark) => mark.mark),
      };
    });
  }

  /** The words as they stand, names too: for what a person writes into a decision. */
  words(span: ByteSpan): string {
    return this.slice(span);
  }
}

const kRightToLeft = ['fa', 'ar', 'ur', 'ckb', 'ps', 'he'];

export function dir_of(lang: string): 'auto' | 'rtl' | 'ltr' {
  if (lang === 'und' || lang === '') return 'auto';
  return kRightToLeft.includes(lang) ? 'rtl' : 'ltr';
}

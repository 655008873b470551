// A claim while a person codes it by hand: words taken from a report's text, each into a slot.

import type { ByteSpan, Claim, Place } from '../api/types';
import { day_from_iso, iso_of } from './days';
import { dir_of, type PassageText } from './passage';
import { latin_digits } from './slots';

/** Slots that words are taken into, with the key that does it while the text has the focus. */
export const kTakes: [slot: TakenSlot, code: string, letter: string][] = [
  ['trigger', 'KeyA', 'A'], ['time', 'KeyT', 'T'], ['place', 'KeyP', 'P'], ['actor', 'KeyW', 'W'], ['target', 'KeyO', 'O'],
  ['speaker', 'KeyS', 'S'], ['person', 'KeyV', 'V'], ['count', 'KeyN', 'N'], ['slogan', 'KeyL', 'L'],
];
export type TakenSlot = 'trigger' | 'time' | 'place' | 'actor' | 'target' | 'speaker' | 'person' | 'count' | 'slogan';
const kSingle: TakenSlot[] = ['trigger', 'time', 'speaker'];

/** Words in a slot, and what a person says of them; only the members of its slot count. */
export interface Taken {
  key: number;
  slot: TakenSlot;
  span: ByteSpan | null;
  first: string;
  last: string;
  place_name: string;
  place: Place | null;
  class: string;
  name: string;
  role: string;
  condition: string;
  age: string;
  kind: string;
  low: string;
  high: string;
  scope: string;
}

let keys = 0;

export function taken(slot: TakenSlot, span: ByteSpan | null, words: string): Taken {
  keys += 1;
  const digits = latin_digits(words);
  const number = /^\d{1,9}$/.test(digits) ? digits : '';
  return {
    key: keys, slot, span, first: '', last: '', place_name: words, place: null, class: 'unknown', name: words, role: '',
    condition: '', age: '', kind: 'killed', low: number, high: number, scope: 'this act',
  };
}

/** With `next` in it: a slot that has one value loses the one before. */
export function with_taken(all: Taken[], next: Taken): Taken[] {
  return [...all.filter((one) => one.slot !== next.slot || !kSingle.includes(next.slot)), next];
}

/** The slots of a claim that was coded already, to begin with. */
export function taken_from(claim: Claim): Taken[] {
  const out: Taken[] = [];
  const add = (slot: TakenSlot, span: ByteSpan | null | undefined, words: string, more: Partial<Taken> = {}): void => {
    out.push({ ...taken(slot, span ?? null, words), ...more });
  };
  add('trigger', claim.trigger, '');
  if (claim.time?.start) {
    const last = claim.time.end ? iso_of(day_from_iso(claim.time.end) - 1) : '';
    add('time', claim.time.span, '', { first: iso_of(day_from_iso(claim.time.start)), last });
  }
  for (const place of claim.places) add('place', place.span, place.name || place.phrase, { place });
  for (const actor of claim.actors) add('actor', actor.span, actor.name, { class: actor.class });
  for (const target of claim.targets) add('target', target.span, target.name, { class: target.class });
  if (claim.speaker) add('speaker', claim.speaker.span, claim.speaker.name, { class: claim.speaker.class });
  for (const person of claim.persons) {
    add('person', person.span, person.name, { role: person.role, condition: person.condition, age: person.age?.toString() ?? '' });
  }
  for (const count of claim.counts) {
    add('count', count.span, count.phrase, { kind: count.kind, low: count.low?.toString() ?? '', high: count.high?.toString() ?? '', scope: count.scope });
  }
  for (const slogan of claim.slogans) add('slogan', null, slogan);
  return out;
}

function bound(text: string): number | null {
  const digits = latin_digits(text);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

function precision_of(days: number): string {
  if (days <= 1) return 'T1';
  if (days <= 7) return 'T3';
  return days <= 31 ? 'T4' : 'T5';
}

/** What is missing before it can be saved; a key of the catalogue, empty when nothing. */
export function missing_in(all: Taken[]): string {
  if (!all.some((one) => one.slot === 'trigger' && one.span)) return 'code.no_trigger';
  if (all.some((one) => one.slot === 'time' && (!one.first || !one.last || one.last < one.first))) return 'code.no_time';
  if (all.some((one) => one.slot === 'count' && bound(one.low) === null && bound(one.high) === null)) return 'code.no_count';
  return '';
}

/** Act, stage, polarity, attribution, umbrella: what a person chooses for the whole claim. */
export interface Choices { act: string; stage: string; polarity: string; attribution: string; umbrella: boolean }

/** The claim as a decision `code` holds it. */
export function claim_value(choices: Choices, all: Taken[], text: PassageText): string {
  const of = (slot: TakenSlot): Taken[] => all.filter((one) => one.slot === slot);
  const phrase = (one: Taken): string => (one.span ? text.words(one.span) : '');
  const actor = (one: Taken): object => ({ name: one.name, class: one.class, span: one.span });
  const time = of('time')[0];
  const speaker = of('speaker')[0];
  return JSON.stringify({
    ...choices,
    umbrella: choices.umbrella,
    speaker: speaker ? actor(speaker) : null,
    about: null,
    time: time ? {
      start: time.first, end: iso_of(day_from_iso(time.last) + 1),
      precision: precision_of(day_from_iso(time.last) - day_from_iso(time.first) + 1),
      calendar: 'gregorian', phrase: phrase(time), span: time.span,
    } : null,
    places: of('place').map((one) => ({
      ...(one.place ?? { id: '', name: '', precision: 'G9', path: [], lat_e6: null, lon_e6: null }),
      role: one.place?.role || 'at', phrase: phrase(one) || one.place_name, span: one.span,
    })),
    actors: of('actor').map(actor),
    targets: of('target').map(actor),
    persons: of('person').map((one) => ({ name: one.name, role: one.role, age: bound(one.age), condition: one.condition, span: one.span })),
    counts: of('count').map((one) => ({
      kind: one.kind, low: bound(one.low), high: bound(one.high), scope: one.scope, as_of: null, qualifier: '',
      phrase: phrase(one), span: one.span,
    })),
    slogans: of('slogan').map((one) => one.name),
    confidence: 1000,
    coded_by: 'person',
  });
}

/** A report's text for a field that a person selects in: names withheld, each place of it known as a byte. */
export class SelectableText {
  readonly shown: string;
  readonly dir: string;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  constructor(text: PassageText, revealed: boolean) {
    let shown = '';
    this.dir = dir_of(text.passage.lang);
    const put = (unit: string, begin: number, end: number): void => {
      for (let i = 0; i < unit.length; i += 1) {
        this.starts.push(begin);
        this.ends.push(end);
      }
      shown += unit;
    };
    for (const segment of text.segments([])) {
      if (segment.person && !revealed) {
        put('▬▬▬', segment.span[0], segment.span[1]);
        continue;
      }
      let at = segment.span[0];
      for (const character of segment.text) {
        const code = character.codePointAt(0)!;
        const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        if (character !== '\r') put(character, at, at + size); // a text field would drop it
        at += size;
      }
    }
    this.shown = shown;
  }

  /** The bytes of a selection, without the blanks around it; of an empty one the word that it stands in. */
  span(from: number, to: number): ByteSpan | null {
    const is_word = (i: number): boolean => /[\p{L}\p{M}\p{N}\u200c'’▬-]/u.test(this.shown[i] ?? ' ');
    const is_blank = (i: number): boolean => /\s/u.test(this.shown[i] ?? ' ');
    let [begin, end] = [from, to];
    if (begin === end) {
      while (begin > 0 && is_word(begin - 1)) begin -= 1;
      while (end < this.shown.length && is_word(end)) end += 1;
    }
    while (begin < end && is_blank(begin)) begin += 1;
    while (end > begin && is_blank(end - 1)) end -= 1;
    return begin < end ? [this.starts[begin]!, this.ends[end - 1]!] : null;
  }

  /** Where bytes stand in the shown text. */
  place_of(span: ByteSpan): [from: number, to: number] {
    const from = this.starts.findIndex((start) => start >= span[0]);
    const past = this.ends.findIndex((end) => end > span[1]);
    return [Math.max(from, 0), past < 0 ? this.shown.length : past];
  }
}

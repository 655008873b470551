// The slots of a claim as the pages list them, and what a person may write into each.

import type { Actor, Claim, Count, Person, WhySlot } from '../api/types';

export const kStages = ['planned', 'threatened', 'attempted', 'occurred', 'continuing', 'ended', 'cancelled'];
export const kPolarities = ['asserted', 'denied', 'doubted', 'corrected'];
export const kAttributions = ['unattributed', 'witness', 'authority', 'claimed by actor', 'accused', 'social post'];
export const kCountKinds = [
  'killed', 'injured', 'arrested', 'detained', 'sentenced', 'executed', 'tortured', 'released', 'abducted', 'missing',
  'participants', 'forces', 'acts', 'sites', 'outlets', 'shops',
];

const kAlways = ['act', 'stage', 'polarity', 'attribution', 'time', 'place', 'actor', 'target', 'person', 'count'];
const kSometimes = ['slogan', 'about', 'umbrella', 'confidence'];
const kCorrectable = [...kAlways, 'umbrella'];

export const kPersonRoles = ['', 'victim', 'detainee'];
export const kConditions = [
  '', 'killed', 'injured', 'arrested', 'abducted', 'tortured', 'prosecuted', 'sentenced to death', 'executed', 'released',
  'on hunger strike', 'searched',
];

/** A person while a claim's persons are corrected; `known`: the claim names them already. */
export interface PersonRow { name: string; role: string; condition: string; age: string; known: boolean }

export function person_rows(persons: Person[]): PersonRow[] {
  return persons.map((person) => ({ ...person, age: person.age?.toString() ?? '', known: person.name !== '' }));
}

/** As a corrected slot is written; null when a row has no name, or an age that is none. */
export function actors_value(rows: Actor[]): string | null {
  if (rows.some((row) => row.name.trim() === '')) return null;
  return JSON.stringify(rows.map((row) => ({ name: row.name.trim(), class: row.class })));
}

export function persons_value(rows: PersonRow[]): string | null {
  const age_of = (row: PersonRow): string => latin_digits(row.age);
  if (rows.some((row) => !/^\d{0,3}$/.test(age_of(row)))) return null;
  if (rows.some((row) => row.name.trim() === '' && age_of(row) === '' && !row.role && !row.condition)) return null;
  return JSON.stringify(rows.map((row) => ({
    name: row.name.trim(), role: row.role, age: age_of(row) === '' ? null : Number(age_of(row)), condition: row.condition,
  })));
}

export function attribution_value(attribution: string, speakers: Actor[]): string | null {
  if (speakers.some((row) => row.name.trim() === '')) return null;
  const speaker = speakers[0];
  return JSON.stringify({ attribution, speaker: speaker ? { name: speaker.name.trim(), class: speaker.class } : null });
}

function has_value(claim: Claim, slot: string): boolean {
  if (slot === 'slogan') return claim.slogans.length > 0;
  if (slot === 'about') return claim.about !== null;
  return slot === 'confidence' ? claim.coded_by === 'program' : claim.umbrella;
}

export function slots_of(claim: Claim, why: WhySlot[]): string[] {
  return [...kAlways, ...kSometimes.filter((slot) => has_value(claim, slot) || why.some((entry) => entry.slot === slot))];
}

export function is_correctable(slot: string): boolean {
  return kCorrectable.includes(slot);
}

/** "3", "3-5", "3-": as a corrected count is written; null when it is none. */
export function count_value(low: string, high: string): string | null {
  const valid = (text: string): boolean => /^\d{0,9}$/.test(text);
  if (!valid(low) || !valid(high) || (low === '' && high === '')) return null;
  if (low !== '' && high !== '' && Number(high) < Number(low)) return null;
  return low === high ? low : `${low}-${high}`;
}

export function bounds_of(count: Count | undefined): [string, string] {
  return [count?.low?.toString() ?? '', count?.high?.toString() ?? ''];
}

const kZeros = ['۰', '٠'];

/** Digits of any of the three scripts as Latin ones, and nothing else. */
export function latin_digits(text: string): string {
  return text.trim().replace(/[۰-۹٠-٩]/g, (digit) => {
    const zero = kZeros.find((first) => digit >= first && digit.codePointAt(0)! - first.codePointAt(0)! < 10)!;
    return String(digit.codePointAt(0)! - zero.codePointAt(0)!);
  });
}

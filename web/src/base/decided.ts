// The value of a decision, told without the names of persons: those are withheld until a reader asks for them.

import type { Meta } from '../api/types';
import { act_text } from './labels';
import { t, word_for } from './words';

/** What JSON says, or nothing where the value is a plain word. */
function read_json(value: string): unknown {
  if (!/^\s*[{[]/.test(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

/** A claim by hand and a place are JSON: their act, or name, says enough. What cannot be read is not shown. */
export function decided_text(meta: Meta, slot: string, value: string): string {
  const of = slot.split('/').at(-1)!.split(':')[0]!;
  const read = read_json(value);
  if (of === 'person') return Array.isArray(read) ? (read.length === 0 ? t('claim.none') : t('who.persons', { n: read.length })) : t('masked');
  if (read === null) return t('masked');
  if (read === undefined) {
    if (of === 'act') return act_text(meta, value);
    if (of === 'stage') return word_for('stage', value);
    if (of === 'attribution') return word_for('attribution', value);
    return of === 'polarity' ? word_for('polarityname', value) : value;
  }
  const all = Array.isArray(read) ? read : [read];
  const first = all[0];
  if (of === 'attribution') return [word_for('attribution', first?.attribution ?? ''), first?.speaker?.name].filter(Boolean).join(' · ');
  if (of === 'actor' || of === 'target') return all.map((actor) => `${actor.name} (${word_for('actorclass', actor.class)})`).join(' · ') || t('claim.none');
  return first?.act ? act_text(meta, first.act) : first?.name || t('claim.none');
}

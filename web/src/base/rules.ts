// What the rules of the coder say, as sentences for a reader: they are written in English, and known in Persian by
// their words. One that has no translation yet is shown as it is, and marked as English.

import fa from '../i18n/rules.fa.json';
import { number_text } from './numbers';
import { settings } from './settings.svelte';

export interface Sentence { text: string; lang: 'en' | 'fa' }

const kPersian: Record<string, string> = fa;
const kList = /^(.*?): (.+)$/;
const kCounted = /^(.*) ([+-]?\d+)$/;
const kNamed = /^(\S+) ('.*')$/;

/** "clause borders between 2", "near 'arrested' +12", "number": a part of the list that a rule ends with. */
function part_in_persian(part: string): string {
  const counted = kCounted.exec(part);
  const words = counted ? counted[1]! : part.replace(/^or /, 'یا ');
  const named = kNamed.exec(words);
  const text = kPersian[words] ?? (named && kPersian[named[1]!] ? `${kPersian[named[1]!]} ${named[2]}` : words);
  if (!counted) return text;
  const sign = /^[+-]/.test(counted[2]!) ? counted[2]!.charAt(0).replace('-', '−') : '';
  return `${text} ${sign}${number_text(Math.abs(Number(counted[2])))}`;
}

function in_persian(rule: string): string | undefined {
  if (kPersian[rule]) return kPersian[rule];
  const list = kList.exec(rule);
  if (list && kPersian[list[1]!]) return `${kPersian[list[1]!]}: ${list[2]!.split('; ').map(part_in_persian).join('؛ ')}`;
  return undefined;
}

/** "No word says otherwise." */
export function rule_sentence(rule: string): Sentence {
  const persian = settings.lang === 'fa' ? in_persian(rule) : undefined;
  if (persian) return { text: `${persian}.`, lang: 'fa' };
  return { text: `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`, lang: 'en' };
}

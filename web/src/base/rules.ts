// What the rules of the coder say, as sentences for a reader: they are written in English, and known in Persian by
// their words. One that has no translation yet is shown as it is, and marked as English.

import fa from '../i18n/rules.fa.json';
import { number_text } from './numbers';
import { settings } from './settings.svelte';

export interface Sentence { text: string; lang: 'en' | 'fa' }

const kPersian: Record<string, string> = fa;
const kDistance = /^no rule joins it to this act: it stands (\d+) words? (before|after) the words of the act(?:, (\d+) clause borders? between)?(?:, (\d+) commas? between)?$/;
const kList = /^(.*?): (.+)$/;

function distance_in_persian(found: RegExpExecArray): string {
  const pieces = [`${number_text(Number(found[1]))} واژه ${found[2] === 'before' ? 'پیش از' : 'پس از'} واژه‌های کنش`];
  if (found[3]) pieces.push(`با ${number_text(Number(found[3]))} مرز جمله‌واره در میان`);
  if (found[4]) pieces.push(`با ${number_text(Number(found[4]))} ویرگول در میان`);
  return `هیچ قاعده‌ای آن را به این کنش پیوند نمی‌دهد: ${pieces.join('، ')} است`;
}

function in_persian(rule: string): string | undefined {
  if (kPersian[rule]) return kPersian[rule];
  const distance = kDistance.exec(rule);
  if (distance) return distance_in_persian(distance);
  const list = kList.exec(rule);
  if (list && kPersian[list[1]!]) return `${kPersian[list[1]!]}: ${list[2]!.replaceAll('; or ', '؛ یا ')}`;
  return undefined;
}

/** "No word says otherwise." */
export function rule_sentence(rule: string): Sentence {
  const persian = settings.lang === 'fa' ? in_persian(rule) : undefined;
  if (persian) return { text: `${persian}.`, lang: 'fa' };
  return { text: `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`, lang: 'en' };
}

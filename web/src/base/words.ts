// Words of the pages, in the reader's language. A missing Persian word falls back to the English one.

import en from '../i18n/en.json';
import fa from '../i18n/fa.json';
import { number_text } from './numbers';
import { settings, type Lang } from './settings.svelte';

type Entry = string | { one: string; other: string };
type Catalogue = Record<string, Entry>;

const kCatalogues: Record<Lang, Catalogue> = { en, fa };
const kPlurals: Record<Lang, Intl.PluralRules> = { en: new Intl.PluralRules('en'), fa: new Intl.PluralRules('fa') };

function form(entry: Entry, count: number | undefined): string {
  if (typeof entry === 'string') return entry;
  return count !== undefined && kPlurals[settings.lang].select(count) === 'one' ? entry.one : entry.other;
}

/** The words under `key`, with {name} replaced; `n` chooses the plural and is written in the reader's digits. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const entry = kCatalogues[settings.lang][key] ?? kCatalogues.en[key];
  if (entry === undefined) return key;
  const count = typeof values['n'] === 'number' ? values['n'] : undefined;
  return form(entry, count).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number_text(value) : value;
  });
}

/** True when the catalogue knows the key: for words that come from data, such as a kind of count. */
export function has_words(key: string): boolean {
  return kCatalogues.en[key] !== undefined;
}

/** The words under `prefix.value`, or the value as it stands. */
export function word_for(prefix: string, value: string): string {
  const key = `${prefix}.${value}`;
  return has_words(key) ? t(key) : value;
}

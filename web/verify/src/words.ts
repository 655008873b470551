// The words of page and report, in English and Persian, by key. Keys of tallies are those that the checks use.
import en from './words_en.json';
import fa from './words_fa.json';

export type Lang = 'en' | 'fa';

const kWords: Record<Lang, Record<string, string>> = { en, fa };

/** The words under `key`, {name} replaced by its value. */
export function words_of(lang: Lang, key: string, values: Record<string, string | number> = {}): string {
  const words = kWords[lang][key] ?? kWords.en[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (typeof value === 'number') return number_text(lang, value);
    return lang === 'fa' ? `\u2068${value}\u2069` : value; // isolated: times and names do not turn the line around
  });
}

export function number_text(lang: Lang, value: number | bigint): string {
  return new Intl.NumberFormat(lang === 'fa' ? 'fa-IR' : 'en-GB').format(value);
}

// How this reader wants words, days and digits. Kept for the tab only: nothing of a visit stays on the disk.

export type Lang = 'en' | 'fa';
export type CalendarName = 'gregorian' | 'persian';
export type Digits = 'latn' | 'arabext';

interface Settings {
  lang: Lang;
  calendar: CalendarName;
  digits: Digits;
}

const kKey = 'gavah.settings';

function defaults(lang: Lang): Settings {
  return lang === 'fa'
    ? { lang, calendar: 'persian', digits: 'arabext' }
    : { lang, calendar: 'gregorian', digits: 'latn' };
}

function initial(): Settings {
  const kept = sessionStorage.getItem(kKey);
  if (kept) return JSON.parse(kept) as Settings;
  return defaults(navigator.language.startsWith('fa') ? 'fa' : 'en');
}

export const settings: Settings = $state(initial());

function keep(): void {
  sessionStorage.setItem(kKey, JSON.stringify(settings));
}

/** Also takes that language's calendar and digits. */
export function choose_lang(lang: Lang): void {
  Object.assign(settings, defaults(lang));
  keep();
}

export function choose_calendar(calendar: CalendarName): void {
  settings.calendar = calendar;
  keep();
}

export function choose_digits(digits: Digits): void {
  settings.digits = digits;
  keep();
}

export function direction(): 'ltr' | 'rtl' {
  return settings.lang === 'fa' ? 'rtl' : 'ltr';
}

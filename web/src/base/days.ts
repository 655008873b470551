// Days are numbers since 1970-01-01 (proleptic Gregorian, UTC); calendars only write and read them.

import { locale } from './numbers';
import { settings, type CalendarName } from './settings.svelte';

const kMillisecondsPerDay = 86_400_000;

export interface Civil {
  year: number;
  month: number;
  day: number;
}

const kNumeric: Record<CalendarName, Intl.DateTimeFormat> = {
  gregorian: numeric('gregory'),
  persian: numeric('persian'),
};

function numeric(calendar: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
    year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC',
  });
}

function date_of(day: number): Date {
  return new Date(day * kMillisecondsPerDay);
}

export function civil_of(day: number, calendar: CalendarName): Civil {
  const civil: Civil = { year: 0, month: 0, day: 0 };
  for (const part of kNumeric[calendar].formatToParts(date_of(day))) {
    if (part.type === 'year') civil.year = Number(part.value);
    if (part.type === 'month') civil.month = Number(part.value);
    if (part.type === 'day') civil.day = Number(part.value);
  }
  return civil;
}

/** The day of a date in a calendar, or null when there is none such. */
export function day_of(civil: Civil, calendar: CalendarName): number | null {
  const gregorian_year = calendar === 'persian' ? civil.year + 621 : civil.year;
  const offset = calendar === 'persian' ? 79 : 0; // the Persian year begins about day 79 of the Gregorian one
  const guess = Math.floor(Date.UTC(gregorian_year, 0, 1) / kMillisecondsPerDay) + offset + Math.round((civil.month - 1) * 30.5) + civil.day - 1;
  for (let shift = 0; shift <= 6; shift += 1) {
    for (const day of [guess + shift, guess - shift]) {
      const found = civil_of(day, calendar);
      if (found.year === civil.year && found.month === civil.month && found.day === civil.day) return day;
    }
  }
  return null;
}

export function day_from_iso(text: string): number {
  return Math.floor(Date.parse(text.length <= 10 ? `${text}T00:00:00Z` : text) / kMillisecondsPerDay);
}

export function iso_of(day: number): string {
  return date_of(day).toISOString().slice(0, 10);
}

type Width = 'long' | 'month' | 'short';

/** "25 Shahrivar 1401", "Shahrivar 1401" (month) or "25 Sha" (short), in the reader's language and digits. */
export function day_text(day: number, calendar: CalendarName = settings.calendar, width: Width = 'long'): string {
  const format = new Intl.DateTimeFormat(`${locale()}-ca-${calendar === 'persian' ? 'persian' : 'gregory'}`, {
    year: 'numeric', month: settings.lang === 'en' && width !== 'long' ? 'short' : 'long', day: 'numeric', timeZone: 'UTC',
  });
  const parts = format.formatToParts(date_of(day));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  if (width === 'month') return `${of('month')} ${of('year')}`;
  if (width === 'short') return `${of('day')} ${of('month')}`;
  return `${of('day')} ${of('month')} ${of('year')}`;
}

export function other_calendar(): CalendarName {
  return settings.calendar === 'persian' ? 'gregorian' : 'persian';
}

/** One calendar's text of [first, last], both included; null is unknown. */
export function days_text(first: number | null, last: number | null, calendar: CalendarName): string {
  const persian = settings.lang === 'fa';
  if (first === null && last === null) return persian ? 'نامعلوم' : 'unknown';
  if (first === null) return (persian ? 'تا ' : 'until ') + day_text(last!, calendar);
  if (last === null) return (persian ? 'از ' : 'from ') + day_text(first, calendar);
  if (first === last) return day_text(first, calendar);
  return day_text(first, calendar) + (persian ? ' تا ' : ' to ') + day_text(last, calendar);
}

const kDigitZeros = ['۰', '٠'];

/** Reads "2022-09-16" or "۱۴۰۱/۶/۲۵" in the given calendar; null when it is no date. */
export function day_from_typed(text: string, calendar: CalendarName): number | null {
  let latin = text.trim();
  for (const zero of kDigitZeros) {
    const base = zero.codePointAt(0)!;
    latin = latin.replace(/./gu, (c) => {
      const value = c.codePointAt(0)! - base;
      return value >= 0 && value <= 9 ? String(value) : c;
    });
  }
  const found = /^(\d{3,4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(latin);
  if (!found) return null;
  return day_of({ year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) }, calendar);
}

/** What day_from_typed reads. */
export function typed_of(day: number, calendar: CalendarName): string {
  const { year, month, day: of_month } = civil_of(day, calendar);
  return `${year}-${String(month).padStart(2, '0')}-${String(of_month).padStart(2, '0')}`;
}

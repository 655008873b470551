// Days of the proleptic Gregorian calendar, as numbers that can be compared.

const kDaysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function is_leap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function days_in(year: number, month: number): number {
  if (month === 2) return is_leap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function number_of(year: number, month: number, day: number): number {
  const before = year - 1;
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return before * 365 + leaps + kDaysBefore[month - 1]! + (month > 2 && is_leap(year) ? 1 : 0) + day;
}

/** The day as a number; null when `text` is no YYYY-MM-DD of the years 0001 to 9999. */
export function day_number(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return null;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return null;
  return number_of(year, month, day);
}

/** The days [from, to) that a year, a month or a day spans. */
export function days_of(text: string): { from: number; to: number } {
  const year = Number(text.slice(0, 4));
  if (text.length === 4) return { from: number_of(year, 1, 1), to: number_of(year + 1, 1, 1) };
  const month = Number(text.slice(5, 7));
  const from = number_of(year, month, text.length === 7 ? 1 : Number(text.slice(8)));
  return { from, to: from + (text.length === 7 ? days_in(year, month) : 1) };
}

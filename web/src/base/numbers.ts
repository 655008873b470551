// Numbers as the reader writes them. An open bound is said in words; unknown is never zero.

import { settings } from './settings.svelte';

export function locale(): string {
  return `${settings.lang === 'fa' ? 'fa-IR' : 'en-GB'}-u-nu-${settings.digits}`;
}

export function number_text(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** An interval of whole numbers, both ends included; null is an unknown bound. */
export function interval_text(low: number | null, high: number | null): string {
  const persian = settings.lang === 'fa';
  if (low === null && high === null) return persian ? 'نامعلوم' : 'unknown';
  if (low === null) return (persian ? 'حداکثر ' : 'at most ') + number_text(high!);
  if (high === null) return (persian ? 'دست‌کم ' : 'at least ') + number_text(low);
  if (low === high) return number_text(low);
  return number_text(low) + (persian ? ' تا ' : '–') + number_text(high);
}

export function size_text(bytes: number): string {
  const units = settings.lang === 'fa' ? ['بایت', 'کیلوبایت', 'مگابایت', 'گیگابایت'] : ['bytes', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit + 1 < units.length) {
    value /= 1000;
    unit += 1;
  }
  const shown = new Intl.NumberFormat(locale(), { maximumFractionDigits: unit === 0 ? 0 : 1 }).format(value);
  return `${shown} ${units[unit]}`;
}

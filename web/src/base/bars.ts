// Cuts days into the bars of the timeline, by the reader's calendar: the server knows none.

import { civil_of } from './days';
import type { CalendarName } from './settings.svelte';

export type Step = 'day' | 'week' | 'month' | 'year';
const kMaxBars = 2000; // what the server takes

export function step_for(first: number, last: number): Step {
  const days = last - first + 1;
  if (days <= 70) return 'day';
  if (days <= 400) return 'week';
  return days <= 4400 ? 'month' : 'year';
}

function begins(day: number, step: Step, calendar: CalendarName): boolean {
  if (step === 'day') return true;
  if (step === 'week') return (((day + 4) % 7) + 7) % 7 === (calendar === 'persian' ? 6 : 1); // Saturday, Monday
  const civil = civil_of(day, calendar);
  return civil.day === 1 && (step === 'month' || civil.month === 1);
}

/** First edge, then the lengths of bars, covering [first, last]; null when there would be too many. */
export function edges_for(first: number, last: number, step: Step, calendar: CalendarName): number[] | null {
  let start = first;
  while (!begins(start, step, calendar)) start -= 1;
  const edges = [start];
  let from = start;
  for (let day = start + 1; ; day += 1) {
    if (!begins(day, step, calendar)) continue;
    edges.push(day - from);
    from = day;
    if (edges.length > kMaxBars) return null;
    if (day > last) return edges;
  }
}

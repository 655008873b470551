// A verdict as text and as JSON.
import { words_of, type Lang } from './words';
import type { Failure, Tally, Verdict } from './verdict';

export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function failure_text(failure: Failure): string {
  const where = failure.file === '' ? '' : `: ${failure.file}`;
  const leaf = failure.leaf === null ? '' : `: leaf ${failure.leaf}`;
  return `${failure.check}${where}${leaf}: ${failure.message}`;
}

export function interval_text(low: string, high: string | null): string {
  return low === high ? low : high === null ? `${low} or more` : `${low} to ${high}`;
}

function tallies(title: string, list: Tally[]): string[] {
  if (list.length === 0) return [];
  return ['', title, ...list.map(({ what, count, detail }) => `  ${String(count).padStart(9)}  ${words_of('en', what, { detail: detail ?? '' })}`)];
}

/** The bracket: the latest lower end, what witnesses saw, and the earliest proof for the most leaves. */
export function time_sentences(lang: Lang, verdict: Verdict): string[] {
  const { not_before, seen_by, not_after } = verdict;
  const out: string[] = [];
  const last = not_before.at(-1);
  if (last !== undefined) out.push(words_of(lang, 'not before', { leaf: last.leaf, time: last.time, name: last.witness }));
  if (seen_by !== null) out.push(words_of(lang, 'seen by', { time: seen_by.time, name: seen_by.witness }));
  const best = not_after.find(({ size }) => size === not_after.at(-1)!.size);
  if (best !== undefined) out.push(words_of(lang, 'not after', { count: best.size, time: best.time, name: best.by }));
  return out;
}

/** A page for people. */
export function verdict_text(verdict: Verdict): string {
  const lines = [`verdict: ${verdict.outcome}`];
  if (verdict.failure_count > 0) lines.push('', `What is wrong (${verdict.failure_count}):`);
  for (const failure of verdict.failures) lines.push(`  ${failure_text(failure)}`);
  if (verdict.failure_count > verdict.failures.length) lines.push(`  … and ${verdict.failure_count - verdict.failures.length} more`);
  for (const { name, state, time } of verdict.witnesses) lines.push(words_of('en', `witness ${state}`, { name, time: time ?? '' }));
  const times = time_sentences('en', verdict);
  if (times.length > 0) lines.push('', words_of('en', 'time title'), ...times.map((line) => `  ${line}`));
  if (verdict.totals.length > 0) lines.push('', 'Totals:');
  for (const { rule, outcome, counted, because } of verdict.totals) {
    const number = counted === null ? 'not counted' : interval_text(counted.low, counted.high);
    lines.push(`  ${outcome.padEnd(11)}  ${rule}: ${number}${because.length > 0 ? ` (${because.join(', ')})` : ''}`);
  }
  lines.push(...tallies('What was checked:', verdict.checked), ...tallies('What is withheld:', verdict.withheld));
  if (verdict.unchecked.length > 0) lines.push('', 'What could not be checked:');
  for (const { what, count, detail } of verdict.unchecked) lines.push(`  ${words_of('en', what, { count, detail: detail ?? '' })}`);
  return `${lines.join('\n')}\n`;
}

export function verdict_json(verdict: Verdict): string {
  return `${JSON.stringify({ type: 'verdict', ...verdict, forks: verdict.forks.length })}\n`;
}

// A verdict as text and as JSON.
import { words_of } from './words';
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

/** A page for people. */
export function verdict_text(verdict: Verdict): string {
  const lines = [`verdict: ${verdict.outcome}`];
  if (verdict.failure_count > 0) lines.push('', `What is wrong (${verdict.failure_count}):`);
  for (const failure of verdict.failures) lines.push(`  ${failure_text(failure)}`);
  if (verdict.failure_count > verdict.failures.length) lines.push(`  … and ${verdict.failure_count - verdict.failures.length} more`);
  for (const { name, state, time } of verdict.witnesses) lines.push(`witness ${name}: ${state}${time === null ? '' : ` ${time}`}`);
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
  return `${JSON.stringify({ type: 'verdict', ...verdict })}\n`;
}

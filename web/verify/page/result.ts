// The verdict, for people.
import type { Failure, Tally, TotalVerdict, Verdict } from '../src/verdict';
import type { ForkProof } from '../src/fork';
import { time_sentences } from '../src/report';
import { number_text, words_of, type Lang } from '../src/words';
import { make, raw, type Child } from './elements';

const kShownFailures = 200; // lines; who needs more uses the command line

function mark(lang: Lang, outcome: Verdict['outcome']): HTMLElement {
  const sign = { witnessed: '✓', unwitnessed: '○', failed: '✕' }[outcome];
  return make('span', { class: `mark ${outcome}` }, make('span', { 'aria-hidden': 'true' }, `${sign} `), words_of(lang, `outcome ${outcome}`));
}

function interval(lang: Lang, low: string, high: string | null): string {
  const from = number_text(lang, BigInt(low));
  if (low === high) return from;
  if (high === null) return words_of(lang, 'or more', { low: from });
  return words_of(lang, 'to', { low: from, high: number_text(lang, BigInt(high)) });
}

function total_row(lang: Lang, total: TotalVerdict): HTMLElement {
  const { counted, stated } = total;
  const said: Child = stated === null ? null : make('div', {}, words_of(lang, 'stated', { value: interval(lang, stated.low === '?' ? '0' : stated.low, stated.high) }));
  const why: Child = total.because.length === 0 ? null
    : make('div', { class: 'soft' }, words_of(lang, 'because'), ' ', ...total.because.flatMap((check, i): Child[] => [i > 0 ? ' · ' : '', words_of(lang, `name ${check}`)]));
  return make('tr', {},
    make('th', { scope: 'row' }, raw(total.rule)),
    make('td', { class: 'number' }, counted === null ? words_of(lang, 'not counted') : interval(lang, counted.low, counted.high), said),
    make('td', { class: 'number' }, counted === null ? '' : number_text(lang, counted.members)),
    make('td', { class: 'number' }, counted === null ? '' : number_text(lang, counted.asserted)),
    make('td', {}, mark(lang, total.outcome), why));
}

function totals_section(lang: Lang, totals: TotalVerdict[]): HTMLElement | null {
  if (totals.length === 0) return null;
  const head = ['total', 'number', 'members', 'asserted', 'verdict'].map((key, i) => make('th', { scope: 'col', class: i > 0 && i < 4 ? 'number' : '' }, words_of(lang, `column ${key}`)));
  return make('section', {},
    make('h2', {}, words_of(lang, 'totals title')),
    make('p', { class: 'soft' }, words_of(lang, 'totals note')),
    make('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': words_of(lang, 'totals title') },
      make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...totals.map((total) => total_row(lang, total))))));
}

function failure_item(lang: Lang, failure: Failure): HTMLElement {
  const leaf = failure.leaf === null ? '' : ` · ${words_of(lang, 'leaf', { index: failure.leaf })}`;
  return make('li', {}, failure.file === '' ? '' : raw(failure.file), leaf, failure.file === '' && leaf === '' ? '' : ': ', make('bdi', { lang: 'en', dir: 'ltr' }, failure.message));
}

function failures_section(lang: Lang, verdict: Verdict): HTMLElement | null {
  if (verdict.failure_count === 0) return null;
  const shown = verdict.failures.slice(0, kShownFailures);
  const names = [...new Set(shown.map((failure) => failure.check))];
  const parts = names.flatMap((name) => [
    make('h3', {}, words_of(lang, `name ${name}`), ' ', make('code', {}, name)),
    make('p', { class: 'soft' }, words_of(lang, `means ${name}`)),
    make('ul', {}, ...shown.filter((failure) => failure.check === name).map((failure) => failure_item(lang, failure))),
  ]);
  const rest = verdict.failure_count - shown.length;
  return make('section', {},
    make('h2', {}, words_of(lang, 'failures title', { count: verdict.failure_count })), ...parts,
    rest > 0 ? make('p', {}, words_of(lang, 'more failures', { count: rest })) : null);
}

function tallies_section(lang: Lang, title: string, note: string, list: Tally[]): HTMLElement {
  const rows = list.map(({ what, count, detail }) => make('tr', {},
    make('td', { class: 'number' }, number_text(lang, count)),
    make('td', {}, words_of(lang, what, { detail: detail === undefined ? '' : words_of(lang, `part ${detail}`) }))));
  return make('section', {}, make('h2', {}, words_of(lang, title)), make('p', { class: 'soft' }, words_of(lang, note)),
    rows.length === 0 ? make('p', {}, words_of(lang, 'nothing')) : make('table', {}, make('tbody', {}, ...rows)));
}

function unchecked_section(lang: Lang, list: Tally[]): HTMLElement {
  return make('section', {}, make('h2', {}, words_of(lang, 'unchecked title')),
    make('ul', {}, ...list.map(({ what, count, detail }) => make('li', {}, words_of(lang, what, { count, detail: detail ?? '' })))));
}

/** What others than the operator prove of time; nothing when there is no such proof. */
function time_section(lang: Lang, verdict: Verdict): HTMLElement | null {
  const lines = time_sentences(lang, verdict);
  return lines.length === 0 ? null : make('section', {}, make('h2', {}, words_of(lang, 'time title')),
    make('p', { class: 'soft' }, words_of(lang, 'time note')), make('ul', {}, ...lines.map((line) => make('li', {}, line))));
}

/** Files that prove a fork to others, to be kept by the reader. */
function forks_section(lang: Lang, verdict: Verdict): HTMLElement | null {
  if (verdict.forks.length === 0) return null;
  const links = verdict.forks.map((fork, i) => make('li', {}, make('a', { href: URL.createObjectURL(new Blob([fork], { type: 'text/plain' })), download: `fork-${i + 1}.txt` }, words_of(lang, 'fork file'))));
  return make('section', {}, make('p', {}, words_of(lang, 'forks told', { count: verdict.forks.length })), make('ul', {}, ...links));
}

/** The reader's file of remembered heads with this edition's in it, to be kept. */
function memory_section(lang: Lang, memory: string | null): HTMLElement | null {
  if (memory === null) return null;
  const link = make('a', { href: URL.createObjectURL(new Blob([memory], { type: 'text/plain' })), download: 'heads.jsonl', id: 'memory' }, words_of(lang, 'memory file'));
  return make('section', {}, make('p', {}, words_of(lang, 'memory note')), link);
}

/** What a fork file proves, or why it proves nothing. */
export function fork_result_of(lang: Lang, proof: ForkProof | null, message: string): HTMLElement {
  const outcome = proof === null ? 'nothing' : 'proven';
  const heading = make('h2', { tabindex: '-1', id: 'verdict' }, words_of(lang, `fork ${outcome}`));
  const lines = proof === null ? [make('p', {}, make('bdi', { lang: 'en', dir: 'ltr' }, message))] : [
    make('p', {}, words_of(lang, 'fork by', { name: proof.origin })),
    make('p', {}, words_of(lang, 'fork first', { size: proof.first.size }), ' ', raw(proof.first.root)),
    make('p', {}, words_of(lang, 'fork second', { size: proof.second.size, first: proof.first.size }), ' ', raw(proof.prefix)),
    make('p', { class: 'soft' }, words_of(lang, 'fork limits'))];
  return make('div', { 'data-outcome': outcome }, make('section', { class: `verdict ${proof === null ? 'unwitnessed' : 'failed'}` }, heading, ...lines));
}

/** Everything of a verdict; its first element is a heading that can take the focus. */
export function result_of(lang: Lang, verdict: Verdict, seconds: number, memory: string | null): HTMLElement {
  const heading = make('h2', { tabindex: '-1', id: 'verdict' }, words_of(lang, 'verdict title'), ' ', mark(lang, verdict.outcome));
  const time = new Intl.NumberFormat(lang === 'fa' ? 'fa-IR' : 'en-GB', { maximumFractionDigits: 1 }).format(seconds);
  const out = make('div', { 'data-outcome': verdict.outcome },
    make('section', { class: `verdict ${verdict.outcome}` }, heading,
      make('p', {}, words_of(lang, `explain ${verdict.outcome}`)),
      ...verdict.witnesses.map(({ name, state, time }) => make('p', {}, words_of(lang, `witness ${state}`, { name, time: time ?? '' }))),
      make('p', { class: 'soft' }, words_of(lang, 'took', { seconds: time }))));
  for (const section of [
    failures_section(lang, verdict), forks_section(lang, verdict), memory_section(lang, memory), time_section(lang, verdict), totals_section(lang, verdict.totals),
    tallies_section(lang, 'withheld title', 'withheld note', verdict.withheld),
    unchecked_section(lang, verdict.unchecked),
    tallies_section(lang, 'checked title', 'checked note', verdict.checked),
  ]) if (section !== null) out.append(section);
  return out;
}

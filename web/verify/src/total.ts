// Totals: recounted from members, and set beside what the edition says. spec/rules.md.
import type { Opened } from './opened';
import { compare_cells, share_of, type Rule, type Share } from './rule';
import { quoted } from './scanner';

const kInt64High = 2n ** 63n - 1n;

export interface Figure {
  cell: (string | null)[];
  low: bigint;
  high: bigint | null;
  members: number;
  asserted: number;
  unstated: number;
}

export interface Total {
  rule: string;
  leaf: number;
  withheld: number;
  all: Figure;
  cells: Figure[];
}

function empty(cell: (string | null)[]): Figure {
  return { cell, low: 0n, high: 0n, members: 0, asserted: 0, unstated: 0 };
}

function raise(figure: Figure, amount: bigint | null): void {
  if (figure.high === null) return;
  const sum = amount === null ? null : figure.high + amount;
  figure.high = sum === null || sum > kInt64High ? null : sum;
}

function add_member(figure: Figure, share: Share): void {
  figure.members += 1;
  if (share.amount === null) {
    figure.unstated += 1;
    return;
  }
  if (share.is_closed) figure.asserted += 1;
  const low = figure.low + share.amount.low;
  figure.low = low > kInt64High ? kInt64High : low;
  raise(figure, share.amount.high);
}

function add_undecided(figure: Figure, share: Share): void {
  figure.asserted += 1;
  if (share.amount !== null) raise(figure, share.amount.high);
}

function add_withheld(figure: Figure, rule: Rule, withheld: number): void {
  figure.asserted += withheld;
  if (withheld > 0) raise(figure, rule.sum === null ? BigInt(withheld) : null);
}

/** A cell's key in a map; a level that is null is told apart from every text. */
function key_of(cell: (string | null)[]): string {
  return cell.map((level) => (level === null ? '0' : `1${level}`)).join('\u0000');
}

function figure_at(figures: Map<string, Figure>, cell: (string | null)[]): Figure {
  const key = key_of(cell);
  let figure = figures.get(key);
  if (figure === undefined) {
    figure = empty(cell);
    figures.set(key, figure);
  }
  return figure;
}

/** True when what is known of an entry's cell does not exclude that cell. */
function may_lie_in(known: (string | null)[], cell: (string | null)[]): boolean {
  return known.every((level, i) => level === null || level === cell[i]);
}

/** What rules count: the disclosed entries of each unit, and how many more may be live. */
export interface Population {
  events: Opened[];
  victims: Opened[];
  withheld: { events: number; victims: number };
}

export function recount(rule: Rule, leaf: number, population: Population): Total {
  const withheld = population.withheld[rule.unit];
  const all = empty([]);
  const cells = new Map<string, Figure>();
  const wandering = new Map<string, Figure>(); // what could lie in several cells, by what is known of its cell
  for (const entry of population[rule.unit]) {
    const share = share_of(rule, entry);
    if (share.membership === 'out') continue;
    const is_member = share.membership === 'in';
    (is_member ? add_member : add_undecided)(all, share);
    if (rule.cells.length === 0) continue;
    if (is_member) add_member(figure_at(cells, share.cell), share);
    if (!is_member || share.cell.includes(null)) add_undecided(figure_at(wandering, share.cell), share);
  }
  for (const figure of cells.values()) {
    if (!figure.cell.includes(null)) {
      for (const other of wandering.values()) {
        if (!may_lie_in(other.cell, figure.cell)) continue;
        figure.asserted += other.asserted;
        raise(figure, other.high);
      }
    }
    add_withheld(figure, rule, withheld);
  }
  add_withheld(all, rule, withheld);
  const sorted = [...cells.values()].sort((a, b) => compare_cells(a.cell, b.cell));
  return { rule: rule.name, leaf, withheld, all, cells: sorted };
}

function figure_json(figure: Figure): string {
  const cell = figure.cell.map((level) => (level === null ? 'null' : quoted(level))).join(',');
  return `{"cell":[${cell}],"low":${figure.low},"high":${figure.high},"members":${figure.members},"asserted":${figure.asserted},"unstated":${figure.unstated}}`;
}

export function total_json(total: Total): string {
  const cells = total.cells.map(figure_json).join(',');
  return `{"rule":${quoted(total.rule)},"leaf":${total.leaf},"withheld":${total.withheld},"all":${figure_json(total.all)},"cells":[${cells}]}`;
}

export function totals_json(totals: Total[]): string {
  return `{"type":"totals","totals":[${totals.map(total_json).join(',')}]}\n`;
}

// The register: what follows from the public lines of the leaves, in order. spec/register.md.
import { refuse } from './bytes';
import { check_shape, type LeafForm } from './leaf';
import type { Accounting } from './manifest';
import type { LeafType } from './slots';

export type State = 'disclosed' | 'withheld' | 'merged' | 'split' | 'withdrawn';

export interface Entry {
  index: number;
  type: 'event' | 'victim';
  state: State;
  /** The leaf that holds its slots now. */
  current: number;
  /** The last leaf that acted on it. */
  last_act: number;
  is_child: boolean;
  children: number;
}

export interface Distinct {
  leaf: number;
  entries: number[];
  through: number | null;
}

export interface CaptureState {
  leaf: number;
  id: string;
  dispose: number | null;
  is_redacted: boolean;
  /** `redact` leaves that destroyed parts of it: each one at least. */
  reductions: number;
}

function is_live(entry: Entry): boolean {
  return entry.state === 'disclosed' || entry.state === 'withheld';
}

export class Register {
  readonly types: (LeafType | null)[] = [];
  readonly entries = new Map<number, Entry>();
  readonly captures = new Map<number, CaptureState>();
  readonly distincts: Distinct[] = [];
  /** Leaves of rules in force, in the order in which they came into force. */
  rules: number[] = [];
  readonly editions: { leaf: number; bind: string }[] = [];
  readonly binds = new Map<number, string>();
  /** `key` leaves that follow another key. */
  readonly changes_of_key = new Set<number>();
  readonly amended = new Map<number, number>();
  readonly redacted = new Set<number>();

  /** Takes in the next leaf; null is one whose form is wrong, which acts on nothing. Refuses what is not allowed. */
  apply(leaf: LeafForm | null): void {
    const index = this.types.length;
    this.types.push(leaf?.type ?? null);
    if (leaf === null) return;
    if (leaf.bind !== null) this.binds.set(index, leaf.bind);
    if (leaf.type === 'key' && leaf.refs.size > 0) this.changes_of_key.add(index);
    for (const cited of leaf.refs.values()) {
      if (cited[cited.length - 1]! >= index) refuse(`it cites leaf ${cited[cited.length - 1]}, which is not before it`);
    }
    check_shape(leaf);
    this.#act(leaf, index);
  }

  #act(leaf: LeafForm, index: number): void {
    const cited = (role: string): number[] => leaf.refs.get(role) ?? [];
    switch (leaf.type) {
      case 'event':
      case 'victim': return this.#create(leaf.type, index, cited('parent')[0]);
      case 'amend': return this.#amend(index, cited('entry')[0]!);
      case 'merge': return this.#merge(index, cited('from'), cited('into')[0]!);
      case 'split': return this.#split(index, cited('entry')[0]!);
      case 'distinct': return this.#distinguish(index, cited('entry'), cited('through')[0] ?? null);
      case 'withhold': return this.#withhold(index, cited('entry'), cited('lift'));
      case 'withdraw': return this.#withdraw(index, cited('entry'));
      case 'redact': return this.#redact(index, cited('target'), cited('within')[0]);
      case 'dispose': return this.#dispose(index, cited('capture')[0]!);
      case 'rule': return this.#adopt(index, cited('replaces')[0]);
      case 'capture': {
        this.captures.set(index, { leaf: index, id: leaf.id, dispose: null, is_redacted: false, reductions: 0 });
        return;
      }
      case 'key':
      case 'edition': return this.#follow(leaf, index, cited('previous')[0]);
      default: return;
    }
  }

  #live(index: number): Entry {
    const entry = this.entries.get(index);
    if (entry === undefined) return refuse(`leaf ${index} is no entry`);
    if (!is_live(entry)) refuse(`entry ${index} is ${entry.state}`);
    return entry;
  }

  #create(type: 'event' | 'victim', index: number, parent: number | undefined): void {
    if (parent !== undefined) {
      const split = this.entries.get(parent);
      if (split?.state !== 'split') return refuse(`leaf ${parent} is cited as parent, and was not split`);
      split.children += 1;
    }
    this.entries.set(index, {
      index, type, state: 'disclosed', current: index, last_act: index, is_child: parent !== undefined, children: 0,
    });
  }

  #amend(index: number, target: number): void {
    const entry = this.#live(target);
    entry.current = index;
    entry.last_act = index;
    this.amended.set(index, target);
  }

  #merge(index: number, from: number[], target: number): void {
    const into = this.#live(target);
    for (const source of from) {
      if (this.#live(source).type !== into.type) refuse(`entries ${source} and ${target} are not of one type`);
      if (source === target) refuse(`entry ${target} is merged into itself`);
    }
    for (const source of from) this.#end(this.entries.get(source)!, 'merged', index);
    into.last_act = index;
  }

  #split(index: number, target: number): void {
    const entry = this.#live(target);
    if (entry.type !== 'event') refuse('only events are split');
    this.#end(entry, 'split', index);
  }

  #distinguish(index: number, entries: number[], through: number | null): void {
    if (through !== null && entries.length > 0) refuse('a distinct leaf cites a set or a cell, not both');
    if (through === null && entries.length < 2) refuse('one entry is distinct from nothing');
    for (const entry of entries) if (this.#live(entry).type !== 'event') refuse(`entry ${entry} is no event`);
    this.distincts.push({ leaf: index, entries, through });
  }

  #withhold(index: number, entries: number[], lifted: number[]): void {
    for (const [list, wanted] of [[entries, 'disclosed'], [lifted, 'withheld']] as const) {
      for (const each of list) {
        const { state } = this.#live(each);
        if (state !== wanted) refuse(`entry ${each} is ${state} already`);
      }
    }
    for (const each of entries) this.#end(this.entries.get(each)!, 'withheld', index);
    for (const each of lifted) this.#end(this.entries.get(each)!, 'disclosed', index);
  }

  #withdraw(index: number, entries: number[]): void {
    for (const each of entries) this.#live(each);
    for (const each of entries) this.#end(this.entries.get(each)!, 'withdrawn', index);
  }

  #redact(index: number, targets: number[], within: number | undefined): void {
    for (const target of targets) {
      const type = this.types[target];
      if (type === 'rule' || type === 'key' || type === 'heartbeat' || type === 'edition') {
        refuse(`leaf ${target} is public and cannot be redacted`);
      }
    }
    if (within !== undefined) {
      const capture = this.captures.get(within);
      if (capture === undefined) return refuse(`leaf ${within} is no capture`);
      if (capture.is_redacted || targets.includes(within)) refuse(`the capture at leaf ${within} is redacted as a whole`);
      capture.reductions += 1;
    }
    for (const target of targets) {
      this.redacted.add(target);
      const capture = this.captures.get(target);
      if (capture !== undefined) capture.is_redacted = true;
      const entry = this.entries.get(this.amended.get(target) ?? target);
      if (entry !== undefined && is_live(entry)) this.#end(entry, 'withdrawn', index);
    }
  }

  #dispose(index: number, target: number): void {
    const capture = this.captures.get(target);
    if (capture === undefined) return refuse(`leaf ${target} is no capture`);
    capture.dispose = index;
  }

  #adopt(index: number, replaced: number | undefined): void {
    if (replaced !== undefined) {
      if (!this.rules.includes(replaced)) refuse(`leaf ${replaced} is no rule in force`);
      this.rules = this.rules.filter((rule) => rule !== replaced);
    }
    this.rules.push(index);
  }

  #follow(leaf: LeafForm, index: number, previous: number | undefined): void {
    if (previous !== undefined && this.types[previous] !== leaf.type) refuse(`leaf ${previous} is no ${leaf.type}`);
    if (leaf.type === 'edition' && previous !== this.editions.at(-1)?.leaf) refuse('editions are one chain, and it does not cite the latest');
    if (leaf.type === 'edition') this.editions.push({ leaf: index, bind: leaf.bind! });
  }

  #end(entry: Entry, state: State, act: number): void {
    entry.state = state;
    entry.last_act = act;
  }

  /** Entries that were split into fewer than two. */
  halves(): Entry[] {
    return [...this.entries.values()].filter((entry) => entry.state === 'split' && entry.children < 2);
  }

  accounting(type: 'event' | 'victim'): Accounting {
    const out: Accounting = { created: 0, split_off: 0, disclosed: 0, withheld: 0, merged: 0, split: 0, withdrawn: 0 };
    for (const entry of this.entries.values()) {
      if (entry.type !== type) continue;
      out[entry.is_child ? 'split_off' : 'created'] += 1;
      out[entry.state] += 1;
    }
    return out;
  }
}

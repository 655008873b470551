// What the server sends; src/server/*.h state each member.

export type Status = 'verified' | 'corroborated' | 'single' | 'contested' | 'refuted';
export const kStatuses: Status[] = ['verified', 'corroborated', 'single', 'contested', 'refuted'];
export type Label = [key: string, en: string, fa: string];
export type AreaLabel = [key: string, en: string, fa: string, x: number | null, y: number | null];
export type State = 'holds' | 'none' | 'fails' | 'unchecked';

export interface Head { origin: string; size: number; root: string }
export interface Check { state: State; note: string }

export interface Meta {
  name: string;
  geography: 'real' | 'fictional';
  protected: boolean;
  captures: number;
  reports: number;
  problems: number;
  events: number;
  umbrellas: number;
  days: [number, number] | null;
  head: Head;
  acts: Label[];
  sides: Label[];
  source_kinds: Label[];
  areas: AreaLabel[];
}

export interface Aggregate {
  total: number;
  placed: number;
  status: number[];
  cells: number[][];
  areas: [string, ...number[]][];
  histogram: { edges: number[]; bars: number[][]; undated: number; wide: number; outside: number };
  facets: Record<string, [string, number][]>;
  hidden: Record<string, number>;
}

export interface Time {
  start: string | null;
  end: string | null;
  precision: string;
  calendar: string;
  phrase: string;
}
export interface Place { role: string; id: string; name: string; precision: string; path: string[]; phrase: string }
export interface Actor { name: string; class: string }
export interface Count {
  kind: string;
  low: number | null;
  high: number | null;
  scope: string;
  qualifier: string;
  phrase: string;
}
export interface EventCount extends Count { lineage: string | null; rule: string }
export interface Event {
  id: string;
  act: string;
  side: string;
  extent: 'moment' | 'continuing' | 'umbrella';
  time: Time | null;
  places: Place[];
  counts: EventCount[];
  claims: string[];
  lineages: number;
  reports: number;
  status: Status;
  umbrella: string | null;
}
export interface Summary { event: Event; place_en: string; place_fa: string }
export interface EventRows { total: number; page: number; size: number; rows: Summary[] }

export interface Piece { text: string; slots: string[]; claims: string[] }
export interface Passage { lang: string; offset: number; total: number; pieces: Piece[] }
export interface Anchor { capture: string; part: number; bytes?: [number, number] }
export interface Person { name: string; role: string; age: number | null; condition: string }
export interface Claim {
  id: string;
  report: string;
  anchor: Anchor | null;
  act: string;
  stage: string;
  polarity: 'asserted' | 'denied' | 'doubted' | 'corrected';
  attribution: string;
  speaker: Actor | null;
  about: string | null;
  time: Time | null;
  places: Place[];
  persons: Person[];
  counts: Count[];
  confidence: number;
  coded_by: string;
}
export interface ReportCard {
  id: string;
  capture: string;
  part: number;
  kind: string;
  source: string;
  source_name: string;
  source_kind: string;
  family: string;
  lineage: string | null;
  published: Time | null;
  captured: string | null;
  title: string;
  url: string;
  lang: string;
}
export interface Lineage { id: string; reports: string[]; origin: string; kind: string; why: string[] }
export interface Decision {
  id: string;
  verb: string;
  slot: string;
  value: string;
  reason: string;
  by: string;
  day: string;
  leaf: number | null;
}
export interface ClaimRow { claim: Claim; passage: Passage }
export interface EventPage {
  summary: Summary;
  leaf: number | null;
  claims: ClaimRow[];
  reports: ReportCard[];
  lineages: Lineage[];
  decisions: Decision[];
  parts: Summary[];
  previous: string | null;
  next: string | null;
}

export interface Evidence {
  claim: string;
  passage: Passage;
  passage_check: Check;
  capture: string;
  part: number;
  bytes: [number, number] | null;
  capture_name: string;
  digest: string;
  digest_check: Check;
  leaf: number | null;
  leaf_check: Check;
}
export interface Trail {
  event: string;
  number: Count & { rule: string };
  number_check: Check;
  rule_text: string;
  decisions: Decision[];
  evidence: Evidence[];
  head: Head;
  checkpoint_check: Check;
  witness_check: Check;
  timestamp_check: Check;
}

export interface ChainStep { range: [number, number]; decoder: string }
export interface Part {
  part: number;
  chain: ChainStep[];
  format: string;
  media_type: string;
  charset: string;
  url: string;
  path: string;
  captured: string | null;
  size_bytes: number;
  sha256: string;
  hints: Record<string, string>;
}
export interface Capture {
  id: string;
  name: string;
  format: string;
  size_bytes: number;
  sha256: string;
  added: string;
  about: Record<string, string | null>;
  same_bytes: string[];
  parts: number;
  leaf: number | null;
  /** Numbers of parts that were destroyed, where any were. */
  destroyed?: number[];
}
export interface Version {
  report: string;
  capture: string;
  part: number;
  taken: string;
  hollow: string;
  title: string;
  against: string | null;
  /** Name, before, after. */
  fields: [string, string, string][];
  /** What changed, and a few words around it. */
  reading: ['same' | 'out' | 'in', string][];
}
export interface Versions { address: string; versions: Version[] }
export interface CapturePage {
  capture: Capture;
  part: Part;
  parts: Part[];
  reports: ReportCard[];
  texts: Passage[];
  events: string[];
  digest_check: Check;
  head: Head;
  leaf_check: Check;
  inclusion: string[];
  leaf_hash: string;
  neighbours: { capture: string; part: number; name: string; how: string }[];
  absent: string;
}

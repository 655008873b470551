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
  span?: ByteSpan | null;
}
export interface Place {
  role: string;
  id: string;
  name: string;
  precision: string;
  path: string[];
  phrase: string;
  span?: ByteSpan | null;
}
export interface Actor { name: string; class: string; span?: ByteSpan | null }
export interface Count {
  kind: string;
  low: number | null;
  high: number | null;
  scope: string;
  qualifier: string;
  phrase: string;
  span?: ByteSpan | null;
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

/** Bytes [begin, end) of a report's text. */
export type ByteSpan = [begin: number, end: number];

export interface Piece { text: string; slots: string[]; claims: string[] }
export interface Passage { lang: string; offset: number; total: number; pieces: Piece[] }
export interface Anchor { capture: string; part: number; bytes?: [number, number] }
export interface Person { name: string; role: string; age: number | null; condition: string; span?: ByteSpan | null }
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
  actors: Actor[];
  targets: Actor[];
  persons: Person[];
  counts: Count[];
  slogans: string[];
  trigger: ByteSpan | null;
  confidence: number;
  coded_by: string;
  umbrella: boolean;
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
  claims: Claim[];
  events: string[];
  digest_check: Check;
  head: Head;
  leaf_check: Check;
  inclusion: string[];
  leaf_hash: string;
  neighbours: { capture: string; part: number; name: string; how: string }[];
  absent: string;
}

/** A note of one rule: what it took or turned down, the words it looked at, and those that decided. */
export interface WhyNote {
  value: string;
  rule: string;
  span: ByteSpan | null;
  by_span: ByteSpan | null;
  cue: string;
  row: string;
  final?: boolean;
}
export interface WhySlot { slot: string; value: string; taken: WhyNote[]; rejected: WhyNote[] }
export interface Why {
  claim: string;
  act: string;
  coded_by: string;
  standing: 'same' | 'differs' | 'absent' | 'by hand';
  differences: { slot: string; stored: string; now: string; because: string }[];
  passage: ByteSpan | null;
  slots: WhySlot[];
  left_out: WhyNote[];
}
export interface DecisionRow { decision: Decision; stands: boolean; concerns: boolean }
export interface ClaimPage {
  claim: Claim;
  report: ReportCard;
  text: Passage;
  events: string[];
  decisions: DecisionRow[];
  rejected_by: string | null;
  why: { claims: Why[] };
}

export interface CodebookAct {
  key: string;
  family: string;
  side: string;
  definition: string;
  includes: string[];
  excludes: string[];
  examples: { lang: string; text: string }[];
  slots: string[];
  acled: string;
  plover: string;
  count: string;
  labels: Record<string, string>;
  /** In other languages than that of the codebook. */
  told: Record<string, { definition: string; includes: string[]; excludes: string[] }>;
  words: Record<string, { shown: string[]; more: number }>;
}
export type Code = string | { key: string; definition: string; side?: string };
export interface Codebook {
  acts: CodebookAct[];
  codes: Record<string, Code[]>;
  codes_told: Record<string, Record<string, Record<string, string>>>;
}

export interface NamedPlace { place: Place; within: string }

export interface DeskRequest {
  verb: 'code' | 'correct' | 'reject' | 'withhold' | 'revoke';
  item?: string;
  report?: string;
  span?: ByteSpan;
  slot?: string;
  value?: string;
  reason: string;
}
export interface DeskState {
  /** Null: these pages only read. */
  by: string | null;
  job: number;
  step: 'idle' | 'working' | 'done' | 'failed';
  stage: string;
  done: number;
  total: number;
  decision: string;
  error: string;
}

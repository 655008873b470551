// The second verifier on the command line; words, files and exit statuses are those of `gavah verify`.
import fs from 'node:fs';
import path from 'node:path';
import { bytes_of, hex_of, Malformed, refuse } from './bytes';
import { is_excerpt } from './excerpt_lines';
import { verify_excerpt } from './excerpt';
import { fork_from, fork_sentence } from './fork';
import { sha256 } from './digest';
import { RememberedHeads } from './heads';
import { NodeSource } from './node_source';
import { is_size } from './note';
import { pin_from, type Pin } from './pin';
import { sentence, verdict_json, verdict_text } from './report';
import { exit_status, type Verdict } from './verdict';
import { verify_edition } from './verify';

const kUsage = `usage: node verify.mjs PATH --pin FILE [OPTION]...
  PATH                 an edition, an excerpt of one, or a fork file
  --pin FILE           origin and public keys, from someone you trust
  --origin, --log-key, --release-key TEXT    lines of a pin, in place of the file or beside it
  --policy FILE        witnesses and quorum, where the pin has none
  --max-age DAYS       older cosignatures do not count
  --cosigned FILE      a cosigned head that came beside the edition
  --remember FILE      heads that you have seen; compared, then added to
  --previous DIR       the edition before this one
  --allow-unwitnessed  exit 0 although no witness signed
  --json`;
const kBadUsage = 2;
const kBadInput = 3;
const kNoReading = 4;
const kMaxAgeDays = 36_500; // a century

const kWithValue = ['pin', 'origin', 'log-key', 'release-key', 'policy', 'max-age', 'cosigned', 'remember', 'previous'] as const;
type Name = (typeof kWithValue)[number];

interface Arguments {
  path: string;
  values: Map<Name, string[]>;
  json: boolean;
  allow_unwitnessed: boolean;
}

function arguments_from(words: string[]): Arguments | null {
  const out: Arguments = { path: '', values: new Map(), json: false, allow_unwitnessed: false };
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!;
    const name = kWithValue.find((each) => word === `--${each}`);
    if (word === '--json') out.json = true;
    else if (word === '--allow-unwitnessed') out.allow_unwitnessed = true;
    else if (name !== undefined && i + 1 < words.length) out.values.set(name, [...(out.values.get(name) ?? []), words[(i += 1)]!]);
    else if (!word.startsWith('--') && out.path === '') out.path = word;
    else return null;
  }
  const has_trust = out.values.has('pin') || out.values.has('origin');
  return out.path === '' || !has_trust ? null : out;
}

function one(given: Arguments, name: Name): string | null {
  return given.values.get(name)?.at(-1) ?? null;
}

function pin_of(given: Arguments): Pin {
  const file = one(given, 'pin');
  let text = file === null ? '' : fs.readFileSync(file, 'utf8');
  if (text !== '' && !text.endsWith('\n')) text += '\n';
  for (const [name, word] of [['origin', 'origin'], ['log-key', 'log'], ['release-key', 'release'], ['policy', 'policy']] as const) {
    for (const value of given.values.get(name) ?? []) text += `${word} ${value}\n`;
  }
  const is_pins_own = !given.values.has('policy') && file !== null;
  return pin_from(text, (name) => fs.readFileSync(is_pins_own ? path.resolve(path.dirname(file), name) : name, 'utf8'));
}

function max_age_of(given: Arguments): number | null {
  const text = one(given, 'max-age');
  if (text === null) return null;
  return is_size(text) && Number(text) <= kMaxAgeDays ? Number(text) : refuse('--max-age is a number of days, at most 36,500');
}

function memory_of(file: string | null): string {
  return file !== null && fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

/** Adds what holds to the reader's memory, unless someone else changed the file meanwhile. */
function remember(file: string, before: string, verdict: Verdict): void {
  const heads = RememberedHeads.from(before);
  for (const note of verdict.heads) heads.add(note);
  const after = heads.text();
  if (after === before) return;
  if (memory_of(file) !== before) throw new Error('the remembered heads were changed meanwhile: verify again');
  const fresh = `${file}.new-${process.pid}`;
  const descriptor = fs.openSync(fresh, 'w');
  fs.writeSync(descriptor, after);
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
  fs.renameSync(fresh, file);
}

/** Two signed heads that contradict each other go into a file that convinces others. */
function write_forks(stem: string, verdict: Verdict): void {
  for (const fork of verdict.forks) {
    const file = `${stem}.fork-${hex_of(sha256(bytes_of(fork))).slice(0, 16)}`;
    fs.writeFileSync(file, fork);
    process.stderr.write(`two signed heads contradict each other; the proof for others is ${file}\n`);
  }
}

function answer(given: Arguments, verdict: Verdict): number {
  process.stdout.write(given.json ? verdict_json(verdict) : verdict_text(verdict));
  return exit_status(verdict, given);
}

function run_file(given: Arguments, pin: Pin): number {
  const bytes = new Uint8Array(fs.readFileSync(given.path));
  if (is_excerpt(bytes)) return answer(given, verify_excerpt(bytes, pin, { now: Math.floor(Date.now() / 1000), max_age_days: max_age_of(given) }));
  try {
    process.stdout.write(fork_sentence(fork_from(bytes, pin)));
    return 0;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    process.stdout.write(`this proves nothing: ${error.message}\n`);
    return 1;
  }
}

async function run(given: Arguments): Promise<number> {
  const pin = pin_of(given);
  if (fs.statSync(given.path).isFile()) return run_file(given, pin);
  const previous = one(given, 'previous');
  const cosigned = one(given, 'cosigned');
  const memory = one(given, 'remember');
  const before = memory_of(memory);
  const verdict = await verify_edition(new NodeSource(given.path), {
    pin,
    now: Math.floor(Date.now() / 1000),
    max_age_days: max_age_of(given),
    previous: previous === null ? null : new NodeSource(previous),
    cosigned: cosigned === null ? null : new Uint8Array(fs.readFileSync(cosigned)),
    remembered: before,
  });
  write_forks(memory ?? 'gavah', verdict);
  if (memory !== null && verdict.outcome !== 'failed') remember(memory, before, verdict);
  return answer(given, verdict);
}

const given = arguments_from(process.argv.slice(2));
if (given === null) {
  process.stderr.write(`${kUsage}\n`);
  process.exitCode = kBadUsage;
} else {
  run(given).then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      process.stderr.write(`${sentence(error)}\n`);
      process.exitCode = error instanceof Malformed ? kBadInput : kNoReading;
    },
  );
}


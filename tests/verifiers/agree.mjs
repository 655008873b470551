// Shows that two verifiers agree: on every vector of spec/vectors, and on editions that a seeded mutator spoils.
// usage: node agree.mjs --build DIR --vectors DIR --peer PROGRAM [--from SEED] [--count N] [--seconds S] [--keep FILE]
//   --build    what web/verify/build.mjs made (core.mjs, forge.mjs)
//   --from, --count   seeds to look at; a long run is resumed by its next seed
//   --seconds  stop after so long
//   --keep     write each disagreement there as one line
// Exit status 0 when they agree everywhere.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

function options_of(argv) {
  const options = { from: 1, count: Infinity, seconds: Infinity, keep: null };
  for (let i = 0; i + 1 < argv.length; i += 2) options[argv[i].replace(/^--/, '')] = argv[i + 1];
  for (const name of ['from', 'count', 'seconds']) options[name] = Number(options[name]);
  return options;
}

const options = options_of(process.argv.slice(2));
const load = (name) => import(pathToFileURL(path.resolve(options.build, name)).href);
const core = await load('core.mjs');
const fast = await load('core_fast.mjs'); // the same verifier, hashing by Node's primitives
const { apply_edits, edits_between, mutated, mutated_excerpt, mutated_reader, reader_base, sign_edition, signing_key_from } = await load('forge.mjs');

/** All files below a directory, by path. */
function files_of(directory) {
  const out = new Map();
  const walk = (below) => {
    for (const entry of fs.readdirSync(path.join(directory, below), { withFileTypes: true })) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else out.set(name, new Uint8Array(fs.readFileSync(path.join(directory, name))));
    }
  };
  walk('');
  return out;
}

const vectors = path.resolve(options.vectors);
const read = (name) => fs.readFileSync(path.join(vectors, name), 'utf8');
const release = signing_key_from(read('release.skey'));
const log = signing_key_from(read('log.skey'));
const pin = read('pin.txt');
const pin_of = (name) => (fs.existsSync(path.join(vectors, `${name}.pin`)) ? read(`${name}.pin`) : pin);
const names = fs.readdirSync(vectors).filter((name) => fs.existsSync(path.join(vectors, name, 'edition.json'))).sort();
const bases = new Map(names.map((name) => {
  const files = files_of(path.join(vectors, name));
  const size = Number(/"checkpoint":\{"size":(\d+)/.exec(new TextDecoder().decode(files.get('edition.json')))[1]);
  return [name, { files, size, release, log }];
}));
/** The edition before, where there is one among the vectors. */
const previous_of = (name) => ({ next: 'good' })[name] ?? null;

/** The C++ verifier, asked one question after the other. */
class Peer {
  #waiting = [];
  #program;
  constructor(program) {
    this.#program = program;
    this.#start();
  }
  #start() {
    const process = spawn(this.#program, names.map((name) => `${name}=${path.join(vectors, name)}`), { stdio: ['pipe', 'pipe', 'inherit'] });
    this.process = process;
    process.stdin.on('error', () => undefined); // the exit says it
    readline.createInterface({ input: process.stdout }).on('line', (line) => this.#waiting.shift().done(JSON.parse(line)));
    process.on('exit', () => {
      if (this.#waiting.length === 0) return;
      // Only the first question can have ended it; the others are asked again.
      this.#waiting.shift().done({ error: 'the other verifier ended' });
      this.#start();
      for (const { request } of this.#waiting) this.#write(request);
    });
  }
  #write(request) {
    this.process.stdin.write(`${JSON.stringify(request)}\n`);
  }
  ask(request) {
    return new Promise((done) => {
      this.#waiting.push({ request, done });
      this.#write(request);
    });
  }
  end() {
    this.process.stdin.end();
  }
}

const peer = new Peer(options.peer);
const tally = { looked: 0, failed: 0, held: 0, same_names: 0, share_a_name: 0, apart: 0 };
const by_name = new Map();

/** What a verdict says, as the other verifier's process says it. */
function said(verdict) {
  const { outcome, not_after, not_before, seen_by, witnesses, forks } = verdict;
  return {
    outcome, checks: [...new Set(verdict.failures.map((each) => each.check))].sort(), told: { not_after, not_before, seen_by, witnesses, forks: forks.length },
    says: verdict.failures.slice(0, 3).map((each) => `${each.check} ${each.file} ${each.message}`),
  };
}

const bytes_of_base64 = (text) => new Uint8Array(Buffer.from(text, 'base64'));

/** The pin and the memory of a request; null when they are refused. */
function brought({ pin_from, RememberedHeads, Malformed }, request) {
  try {
    RememberedHeads.from(request.remembered ?? '');
    return { pin: pin_from(request.pin), remembered: request.remembered ?? '' };
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

async function mine(verifier, files, request) {
  try {
    const given = brought(verifier, request);
    if (given === null) return { outcome: 'error', checks: [] };
    const clock = { now: request.now ?? null, max_age_days: request.max_age_days ?? null };
    if (request.excerpt !== undefined) return said(verifier.verify_excerpt(bytes_of_base64(request.excerpt), given.pin, clock));
    if (request.fork !== undefined) {
      try {
        verifier.fork_from(bytes_of_base64(request.fork), given.pin);
        return { outcome: 'fork proven', checks: [] };
      } catch (error) {
        if (error instanceof verifier.Malformed) return { outcome: 'nothing proven', checks: [] };
        throw error;
      }
    }
    const { previous = null, cosigned = null } = request;
    return said(await verifier.verify_edition(new verifier.MemorySource(files), {
      ...given, ...clock, previous: previous === null ? null : new verifier.MemorySource(bases.get(previous).files),
      cosigned: cosigned === null ? null : bytes_of_base64(cosigned),
    }));
  } catch (error) {
    return { error: String(error.stack ?? error) };
  }
}

/** Both verdicts of one edition; true when they agree. */
async function compare(verifier, name, request, files) {
  const [ours, theirs] = await Promise.all([mine(verifier, files, request), peer.ask(request)]);
  tally.looked += 1;
  const same_outcome = ours.error === undefined && theirs.error === undefined && ours.outcome === theirs.outcome;
  // What a good verdict tells of witnesses and time must be the same too; what a failed one does may depend on what was looked at.
  const agree = same_outcome && (ours.outcome === 'failed' || JSON.stringify(ours.told) === JSON.stringify(theirs.told));
  if (agree && ours.outcome === 'failed') {
    tally.failed += 1;
    if (ours.checks.join() === theirs.checks.join()) tally.same_names += 1;
    if (ours.checks.some((check) => theirs.checks.includes(check))) tally.share_a_name += 1;
    else note({ kind: 'no name in common', name, ours, theirs });
    for (const check of ours.checks) by_name.set(check, (by_name.get(check) ?? 0) + 1);
  } else if (agree) {
    tally.held += 1;
  } else {
    tally.apart += 1;
    note({ kind: 'disagreement', name, ours, theirs });
  }
  return { agree, ours, theirs };
}

let shown = 0;
function note(what) {
  if (options.keep !== null) fs.appendFileSync(options.keep, `${JSON.stringify(what)}\n`);
  if ((shown += 1) <= 20) console.log(JSON.stringify(what));
}

async function check_vectors() {
  let wrong = 0;
  for (const name of names) {
    for (const previous of new Set([null, previous_of(name)])) {
      const { agree, ours } = await compare(core, `vector ${name}`, { base: name, previous, pin: pin_of(name), edits: [] }, bases.get(name).files);
      if (!agree || ours.outcome === 'failed') wrong += 1;
    }
  }
  for (const line of read('bad.jsonl').trim().split('\n')) {
    const vector = JSON.parse(line);
    const base = bases.get(vector.base ?? 'good');
    const files = apply_edits(base.files, vector.edits);
    if (vector.signed) sign_edition(files, release);
    const request = { base: vector.base ?? 'good', previous: vector.previous ?? null, pin: vector.pin ?? pin, edits: edits_between(base.files, files) };
    const { agree, ours, theirs } = await compare(core, `vector '${vector.name}'`, request, files);
    if (agree && ours.checks.includes(vector.fails) && theirs.checks.includes(vector.fails)) continue;
    wrong += 1;
    console.log(`bad vector '${vector.name}' must fail by '${vector.fails}': ${JSON.stringify({ ours, theirs })}`);
  }
  console.log(`vectors: ${tally.looked} looked at, ${wrong} wrong`);
  return wrong;
}

/** One vector of what a reader brings: outcome, name of a failure, and what both tell. */
async function check_reader(name, request, files, { outcome, fails = '' }) {
  const { agree, ours, theirs } = await compare(core, name, request, files);
  const named = fails === '' || (ours.checks?.includes(fails) && theirs.checks?.includes(fails));
  if (agree && ours.outcome === outcome && named) return 0;
  console.log(`${name} must be '${outcome}' ${fails}: ${JSON.stringify({ ours, theirs })}`);
  return 1;
}

async function check_readers() {
  const before = tally.looked;
  let wrong = 0;
  for (const line of read('reader.jsonl').trim().split('\n')) {
    const { name, base, edits, signed, outcome, fails, ...brings } = JSON.parse(line);
    const files = apply_edits(bases.get(base).files, edits);
    if (signed) sign_edition(files, release);
    const request = { base, previous: null, pin: pin_of(base), ...brings, edits: edits_between(bases.get(base).files, files) };
    wrong += await check_reader(`reader '${name}'`, request, files, { outcome, fails });
  }
  return { looked: tally.looked - before, wrong };
}

const base64 = (text) => Buffer.from(text).toString('base64');

/** The folder trust/, read with the clock that spec/trust.md names. */
async function check_trust() {
  const before = tally.looked;
  const good = Object.fromEntries(['pin.txt', 'cosigned', 'heads.jsonl', 'fork.txt'].map((name) => [name, read(`trust/${name}`)]));
  const now = Date.parse('2031-06-03T00:00:00Z') / 1000;
  const ask = (files, is_fork) => (is_fork ? { fork: base64(files['fork.txt']), pin: files['pin.txt'] }
    : { base: 'good', previous: null, edits: [], pin: files['pin.txt'], cosigned: base64(files.cosigned), remembered: files['heads.jsonl'], now });
  const edition = bases.get('good').files;
  let wrong = await check_reader('trust', ask(good, false), edition, { outcome: 'witnessed' });
  wrong += await check_reader('trust: the fork', ask(good, true), edition, { outcome: 'fork proven' });
  for (const line of read('trust/bad.jsonl').trim().split('\n')) {
    const { name, file, find, replace, outcome, check } = JSON.parse(line);
    const files = { ...good, [file]: good[file].replace(find, () => replace) };
    wrong += await check_reader(`trust '${name}'`, ask(files, file === 'fork.txt'), edition, { outcome, fails: check });
  }
  return { looked: tally.looked - before, wrong };
}

async function check_excerpts() {
  const before = tally.looked;
  let wrong = 0;
  for (const line of [...['entry', 'total'].map((base) => JSON.stringify({ name: base, base, edits: [] })), ...read('bad-excerpts.jsonl').trim().split('\n')]) {
    const { name, base, find, replace, edits = [{ find, replace }], fails = '', outcome = fails === '' ? 'unwitnessed' : 'failed', ...brings } = JSON.parse(line);
    const text = edits.reduce((made, each) => {
      if (!made.includes(each.find)) throw new Error(`'${each.find.slice(0, 80)}' is not in ${base}.excerpt`);
      return made.replace(each.find, () => each.replace);
    }, read(`${base}.excerpt`));
    wrong += await check_reader(`excerpt '${name}'`, { excerpt: base64(text), pin, ...brings }, null, { outcome, fails });
  }
  return { looked: tally.looked - before, wrong };
}

/** Tokens that `openssl` made: this verifier alone, the other one's unit tests read the same lines. */
async function check_time() {
  const file = (name) => new Uint8Array(fs.readFileSync(path.join(vectors, 'time', name)));
  const lines = read('time/vectors.jsonl').trim().split('\n').map((line) => JSON.parse(line));
  let wrong = 0;
  for (const { file: name, authority, more, holds } of lines) {
    let found = false;
    try {
      const { by } = await core.check_token(core.token_in(file(name)), file('checkpoint'), [{ name: 'it', sha256: authority }], more.map((each) => core.certificate_from(file(each))));
      found = by !== null;
    } catch (error) {
      if (!(error instanceof core.Malformed)) throw error;
    }
    if (found === holds) continue;
    wrong += 1;
    console.log(`token '${name}' ${found ? 'holds' : 'does not hold'}`);
  }
  return { looked: lines.length, wrong };
}

/** Files that say that a log continues another one: each holds or does not, as its line says (the C++ test reads the same). */
function check_continuations() {
  let wrong = 0;
  const lines = read('continues.jsonl').trim().split('\n').map((line) => JSON.parse(line));
  for (const { name, file, holds } of lines) {
    let found = true;
    try {
      core.continuation_from(new TextEncoder().encode(file));
    } catch {
      found = false;
    }
    if (found === holds) continue;
    wrong += 1;
    console.log(`continuation '${name}' ${found ? 'holds' : 'does not hold'}`);
  }
  console.log(`continuations: ${lines.length} looked at, ${wrong} wrong`);
  return wrong;
}

const witnessed = reader_base(bases.get('witnessed').files, release, log, pin_of('witnessed'), read('authority.key'));
const excerpts = ['entry', 'total'].map((name) => read(`${name}.excerpt`));

/** What a seed asks both: of five, two are editions, two what others vouch for and readers bring, one an excerpt. */
function question_of(seed) {
  if (seed % 5 === 4) return { request: { excerpt: Buffer.from(mutated_excerpt(excerpts[seed % 2], seed)).toString('base64'), pin }, files: null };
  if (seed % 5 >= 2) {
    const { files, ...brings } = mutated_reader(witnessed, seed);
    return { request: { base: 'witnessed', previous: null, ...brings, edits: edits_between(witnessed.files, files) }, files };
  }
  const name = names[Math.floor(seed / 5) % names.length];
  const base = bases.get(name);
  const files = mutated(base, seed);
  const previous = seed % 3 === 0 ? previous_of(name) : null;
  return { request: { base: name, previous, pin: pin_of(name), edits: edits_between(base.files, files) }, files };
}

async function check_mutations() {
  const began = Date.now();
  const last = options.from + options.count;
  let seed = options.from;
  const in_flight = new Set();
  while (seed < last && Date.now() - began < options.seconds * 1000) {
    const { request, files } = question_of(seed);
    const looking = compare(fast, `seed ${seed}`, request, files).then(() => in_flight.delete(looking));
    in_flight.add(looking);
    if (in_flight.size >= 8) await Promise.race(in_flight);
    seed += 1;
    if (seed % 10_000 === 0) console.log(`seed ${seed}: ${JSON.stringify(tally)}`);
  }
  await Promise.all(in_flight);
  const seconds = (Date.now() - began) / 1000;
  console.log(`mutations: seeds ${options.from} to ${seed - 1} in ${seconds.toFixed(0)} s: ${JSON.stringify(tally)}`);
  console.log(`failures by name: ${JSON.stringify(Object.fromEntries([...by_name].sort()))}`);
}

let wrong = (await check_vectors()) + check_continuations();
for (const [what, check] of [['what readers bring', check_readers], ['trust', check_trust], ['excerpts', check_excerpts], ['tokens', check_time]]) {
  const found = await check();
  console.log(`${what}: ${found.looked} looked at, ${found.wrong} wrong`);
  wrong += found.wrong;
}
if (options.count > 0) await check_mutations();
peer.end();
process.exitCode = wrong > 0 || tally.apart > 0 ? 1 : 0;

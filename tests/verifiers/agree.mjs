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
const { apply_edits, edits_between, mutated, sign_edition, signing_key_from } = await load('forge.mjs');

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

async function mine({ MemorySource, pin_from, verify_edition }, files, previous, pin_text) {
  try {
    const verdict = await verify_edition(new MemorySource(files), { pin: pin_from(pin_text), previous: previous === null ? null : new MemorySource(bases.get(previous).files) });
    return { outcome: verdict.outcome, checks: [...new Set(verdict.failures.map((each) => each.check))].sort(), says: verdict.failures.slice(0, 3).map((each) => `${each.check} ${each.file} ${each.message}`) };
  } catch (error) {
    return { error: String(error.stack ?? error) };
  }
}

/** Both verdicts of one edition; true when they agree. */
async function compare(verifier, name, request, files) {
  const [ours, theirs] = await Promise.all([mine(verifier, files, request.previous, request.pin), peer.ask(request)]);
  tally.looked += 1;
  const agree = ours.error === undefined && theirs.error === undefined && ours.outcome === theirs.outcome;
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
      const { agree, ours } = await compare(core, `vector ${name}`, { base: name, previous, pin, edits: [] }, bases.get(name).files);
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

async function check_mutations() {
  const began = Date.now();
  const last = options.from + options.count;
  let seed = options.from;
  const in_flight = new Set();
  while (seed < last && Date.now() - began < options.seconds * 1000) {
    const name = names[seed % names.length];
    const base = bases.get(name);
    const files = mutated(base, seed);
    const previous = seed % 3 === 0 ? previous_of(name) : null;
    const request = { base: name, previous, pin, edits: edits_between(base.files, files) };
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

const wrong = (await check_vectors()) + check_continuations();
if (options.count > 0) await check_mutations();
peer.end();
process.exitCode = wrong > 0 || tally.apart > 0 ? 1 : 0;

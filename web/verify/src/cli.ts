// usage: node verify.mjs EDITION --pin FILE [--previous DIR] [--json] [--allow-unwitnessed]
// The second verifier of editions on the command line; the exit statuses are those of `gavah verify`.
import fs from 'node:fs';
import { Malformed } from './bytes';
import { NodeSource } from './node_source';
import { pin_from } from './pin';
import { sentence, verdict_json, verdict_text } from './report';
import { exit_status } from './verdict';
import { verify_edition } from './verify';

const kUsage = 'usage: node verify.mjs EDITION --pin FILE [--previous DIR] [--json] [--allow-unwitnessed]';
const kBadUsage = 2;
const kBadInput = 3;
const kNoReading = 4;

interface Arguments {
  edition: string;
  pin: string;
  previous: string | null;
  json: boolean;
  allow_unwitnessed: boolean;
}

function arguments_from(words: string[]): Arguments | null {
  const out: Arguments = { edition: '', pin: '', previous: null, json: false, allow_unwitnessed: false };
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!;
    if (word === '--json') out.json = true;
    else if (word === '--allow-unwitnessed') out.allow_unwitnessed = true;
    else if (word === '--pin' && i + 1 < words.length) out.pin = words[(i += 1)]!;
    else if (word === '--previous' && i + 1 < words.length) out.previous = words[(i += 1)]!;
    else if (!word.startsWith('--') && out.edition === '') out.edition = word;
    else return null;
  }
  return out.edition === '' || out.pin === '' ? null : out;
}

async function run(given: Arguments): Promise<number> {
  const verdict = await verify_edition(new NodeSource(given.edition), {
    pin: pin_from(fs.readFileSync(given.pin, 'utf8')),
    now: Math.floor(Date.now() / 1000),
    previous: given.previous === null ? null : new NodeSource(given.previous),
  });
  process.stdout.write(given.json ? verdict_json(verdict) : verdict_text(verdict));
  return exit_status(verdict, given);
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

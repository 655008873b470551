// The verifier behind the page: the same script, run in a worker made from its own text.
import { Malformed } from '../src/bytes';
import { verify_excerpt } from '../src/excerpt';
import { fork_from, type ForkProof } from '../src/fork';
import { RememberedHeads } from '../src/heads';
import { pin_from, type Pin } from '../src/pin';
import { verify_edition, type Progress } from '../src/verify';
import type { Verdict } from '../src/verdict';
import type { Part } from './crew';
import { FileSource, type Folder } from './file_source';
import { PortPool, serve } from './port_pool';

export interface Question {
  pin: string;
  /** An edition, or an excerpt or fork file alone. */
  edition: Folder;
  alone: { kind: 'excerpt' | 'fork'; file: File } | null;
  previous: Folder | null;
  cosigned: File | null;
  /** The reader's file of remembered heads. */
  heads: File | null;
  max_age_days: number | null;
}

export type Answer =
  | { kind: 'progress'; progress: Progress }
  /** `memory` is the file of remembered heads as it is with this edition's; null when nothing is to be remembered. */
  | { kind: 'verdict'; verdict: Verdict; memory: string | null; seconds: number }
  | { kind: 'fork'; proof: ForkProof | null; message: string }
  | { kind: 'refused'; what: 'pin' | 'reading'; message: string };

async function bytes_in(file: File | null): Promise<Uint8Array | null> {
  return file === null ? null : new Uint8Array(await file.arrayBuffer());
}

/** The reader's heads with those of an edition that holds. */
function remembered_with(text: string, verdict: Verdict): string | null {
  if (verdict.outcome === 'failed' || verdict.heads.length === 0) return null;
  const heads = RememberedHeads.from(text);
  for (const note of verdict.heads) heads.add(note);
  return heads.text();
}

function fork_answer(bytes: Uint8Array, pin: Pin): Answer {
  try {
    return { kind: 'fork', proof: fork_from(bytes, pin), message: '' };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'fork', proof: null, message: error.message };
    throw error;
  }
}

/** The reader's files, as far as they came. */
interface Folders {
  edition: FileSource;
  previous: FileSource;
}

async function answer(question: Question, ports: MessagePort[], folders: Folders, say: (answer: Answer) => void): Promise<void> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  try {
    const pin = pin_from(question.pin);
    const { alone, previous, max_age_days } = question;
    const clock = { now: Math.floor(Date.now() / 1000), max_age_days };
    if (alone !== null) {
      const bytes = (await bytes_in(alone.file))!;
      return say(alone.kind === 'fork' ? fork_answer(bytes, pin) : { kind: 'verdict', verdict: verify_excerpt(bytes, pin, clock), memory: null, seconds: seconds() });
    }
    const remembered = (await question.heads?.text()) ?? '';
    const verdict = await verify_edition(folders.edition, {
      pin,
      ...clock,
      cosigned: await bytes_in(question.cosigned),
      remembered,
      previous: previous === null ? null : folders.previous,
      pool: new PortPool(ports),
      progress: (progress) => say({ kind: 'progress', progress }),
    });
    say({ kind: 'verdict', verdict, memory: remembered_with(remembered, verdict), seconds: seconds() });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say({ kind: 'refused', what: error instanceof Malformed ? 'pin' : 'reading', message });
  }
}

/** What the page's script is in a worker. */
export function begin_work(scope: { onmessage: ((event: MessageEvent<Part>) => void) | null; postMessage: (answer: Answer) => void }): void {
  let folders: Folders | null = null;
  scope.onmessage = ({ data }) => {
    if (data.kind === 'help') {
      serve(data.port, data.folder);
    } else if (data.kind === 'judge') {
      const { question, ports } = data;
      folders = { edition: new FileSource(question.edition), previous: new FileSource(question.previous ?? []) };
      void answer(question, ports, folders, (said) => scope.postMessage(said));
    } else {
      folders![data.of].add(data.folder);
      if (data.is_last) folders![data.of].end();
    }
  };
}

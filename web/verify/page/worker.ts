// The verifier behind the page: the same script, run in a worker made from its own text.
import { Malformed } from '../src/bytes';
import { pin_from } from '../src/pin';
import type { Source } from '../src/source';
import { verify_edition, type Progress } from '../src/verify';
import type { Verdict } from '../src/verdict';

/** Files by their path in the edition. */
export type Folder = [string, File][];

export interface Question {
  pin: string;
  edition: Folder;
  previous: Folder | null;
}

export type Answer =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'verdict'; verdict: Verdict; seconds: number }
  | { kind: 'refused'; what: 'pin' | 'reading'; message: string };

class FileSource implements Source {
  readonly #files: Map<string, File>;
  constructor(folder: Folder) {
    this.#files = new Map(folder);
  }
  paths(): Iterable<string> {
    return this.#files.keys();
  }
  size(path: string): number | null {
    return this.#files.get(path)?.size ?? null;
  }
  async read(path: string, begin: number, end: number): Promise<Uint8Array> {
    return new Uint8Array(await this.#files.get(path)!.slice(begin, end).arrayBuffer());
  }
}

export async function answer(question: Question, say: (answer: Answer) => void): Promise<void> {
  const began = performance.now();
  try {
    const pin = pin_from(question.pin);
    const verdict = await verify_edition(new FileSource(question.edition), {
      pin,
      now: Math.floor(Date.now() / 1000),
      previous: question.previous === null ? null : new FileSource(question.previous),
      progress: (progress) => say({ kind: 'progress', progress }),
    });
    say({ kind: 'verdict', verdict, seconds: (performance.now() - began) / 1000 });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say({ kind: 'refused', what: error instanceof Malformed ? 'pin' : 'reading', message });
  }
}

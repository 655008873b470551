// The workers behind the page, all made from its own script: one judges, the others read for it.
import type { Folder } from './file_source';
import type { Answer, Question } from './worker';

const kMaxHelpers = 8; // each holds some 30 MB; more would wait for the one that judges
const kSliceMs = 40; // how long the page may stand still while files are handed over
const kSliceFiles = 50;

/** What a worker is told: what it is to be, then the files that were not needed at once. */
export type Part =
  | { kind: 'judge'; question: Question; ports: MessagePort[] }
  | { kind: 'help'; port: MessagePort; folder: Folder }
  | { kind: 'files'; of: 'edition' | 'previous'; folder: Folder; is_last: boolean };

/** Pages for readers, of which only hashes are looked at, at the end: there may be as many as entries. */
function is_late([path]: [string, File]): boolean {
  return path.startsWith('site/');
}

/** What helpers read by themselves. */
function is_for_helpers([path]: [string, File]): boolean {
  return path.startsWith('log/tile/entries/') || path.startsWith('evidence/');
}

export class Crew {
  readonly #workers: Worker[] = [];
  #is_over = false;

  constructor(script: string, question: Question, hear: (answer: Answer) => void, failed: (message: string) => void) {
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const make = (part: Part, ports: MessagePort[]): Worker => {
      const worker = new Worker(address);
      worker.onmessage = ({ data }: MessageEvent<Answer>) => hear(data);
      worker.onerror = (event) => {
        event.preventDefault();
        failed(event.message ?? '');
      };
      worker.postMessage(part, ports);
      this.#workers.push(worker);
      return worker;
    };
    const { edition, previous } = question;
    const channels = Array.from({ length: Math.min(kMaxHelpers, Math.max(1, navigator.hardwareConcurrency || 1)) }, () => new MessageChannel());
    const early = { ...question, edition: edition.filter((each) => !is_late(each)), previous: previous?.filter((each) => !is_late(each)) ?? null };
    const ports = channels.map((each) => each.port1);
    const judge = make({ kind: 'judge', question: early, ports }, ports);
    for (const { port2 } of channels) make({ kind: 'help', port: port2, folder: edition.filter(is_for_helpers) }, [port2]);
    void this.#hand_over(judge, 'edition', edition.filter(is_late)).then(() => this.#hand_over(judge, 'previous', previous?.filter(is_late) ?? []));
  }

  /** Finding the size of a file is a question to the disk that the page waits for; so it lets others act in between. */
  async #hand_over(judge: Worker, of: 'edition' | 'previous', folder: Folder): Promise<void> {
    let since = performance.now();
    for (let at = 0; at < folder.length && !this.#is_over; at += kSliceFiles) {
      judge.postMessage({ kind: 'files', of, folder: folder.slice(at, at + kSliceFiles), is_last: false } satisfies Part);
      if (performance.now() - since < kSliceMs) continue;
      await new Promise((done) => setTimeout(done));
      since = performance.now();
    }
    if (!this.#is_over) judge.postMessage({ kind: 'files', of, folder: [], is_last: true } satisfies Part);
  }

  end(): void {
    this.#is_over = true;
    for (const worker of this.#workers) worker.terminate();
  }
}

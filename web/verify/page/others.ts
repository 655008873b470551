// Single files that a reader may have besides an edition, told apart by how they begin.
import { is_excerpt } from '../src/excerpt_lines';
import { is_fork } from '../src/fork';

export type Kind = 'excerpt' | 'fork' | 'cosigned' | 'heads' | 'pin';

const kLookedAt = 64; // bytes; the longest beginning has 22
const kHeads = '{"type":"head",';

export async function kind_of(file: File): Promise<Kind> {
  const bytes = new Uint8Array(await file.slice(0, kLookedAt).arrayBuffer());
  if (is_excerpt(bytes)) return 'excerpt';
  if (is_fork(bytes)) return 'fork';
  const text = String.fromCharCode(...bytes);
  if (/^old [0-9]+\n/.test(text)) return 'cosigned';
  return text.startsWith(kHeads) ? 'heads' : 'pin';
}

/** What there is of each kind; a later file takes the place of an earlier one. */
export class Others {
  readonly #files = new Map<Kind, File>();

  set(kind: Kind, file: File): void {
    if (kind === 'excerpt' || kind === 'fork') this.forget_alone();
    this.#files.set(kind, file);
  }
  get(kind: Kind): File | null {
    return this.#files.get(kind) ?? null;
  }
  /** An excerpt or a fork file, which is checked in place of an edition. */
  get alone(): { kind: 'excerpt' | 'fork'; file: File } | null {
    for (const kind of ['excerpt', 'fork'] as const) {
      const file = this.get(kind);
      if (file !== null) return { kind, file };
    }
    return null;
  }
  forget_alone(): void {
    this.#files.delete('excerpt');
    this.#files.delete('fork');
  }
  *kinds(): Iterable<[Kind, File]> {
    yield* this.#files;
  }
}

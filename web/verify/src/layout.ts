// Where the bytes of parts lie: small ones one after another in packs, longer ones alone. spec/edition.md, "Packs".
import { hex_of, refuse } from './bytes';
import type { Listed } from './files';
import { Hashes } from './hashes';
import type { Findings } from './verdict';

const kSmallBytes = 1_048_576; // a part of at most so many travels in a pack
const kPackBytes = 16_777_216; // of a pack, at most

/** A file below evidence/: the parts in it, by their number, ascending. */
export interface EvidenceFile {
  path: string;
  size: number;
  parts: number[];
  is_pack: boolean;
}

/** Parts are numbered in the order of their lines; one SHA-256 has one number. */
export class Layout {
  readonly sizes: number[] = [];
  /** Where each begins in its file. */
  readonly begins: number[] = [];
  readonly digests = new Hashes();
  readonly files: EvidenceFile[] = [];
  readonly #numbers = new Map<string, number>();
  #packs = 0;
  #open: EvidenceFile | null = null; // the pack that is being filled

  /** The number of the part; it is laid out when no line before has its SHA-256. */
  place(sha256: Uint8Array, size: number): number {
    const name = hex_of(sha256);
    const known = this.#numbers.get(name);
    if (known !== undefined) return this.sizes[known] === size ? known : refuse(`a line before gives part ${name} another length`);
    const number = this.sizes.length;
    this.#numbers.set(name, number);
    const file = size > kSmallBytes ? this.#file(`evidence/${name}`, false) : this.#pack_for(size);
    this.sizes.push(size);
    this.begins.push(file.size);
    this.digests.push(sha256);
    file.parts.push(number);
    file.size += size;
    return number;
  }

  #file(path: string, is_pack: boolean): EvidenceFile {
    const file = { path, size: 0, parts: [], is_pack };
    this.files.push(file);
    return file;
  }

  #pack_for(size: number): EvidenceFile {
    if (this.#open === null || this.#open.size + size > kPackBytes) {
      this.#open = this.#file(`evidence/pack/${this.#packs}`, true);
      this.#packs += 1;
    }
    return this.#open;
  }

  /** The files that are listed as the lines want them; what else is listed below evidence/ is wrong. */
  listed({ stamps }: Listed, findings: Findings): EvidenceFile[] {
    const paths = new Set(this.files.map((file) => file.path));
    for (const path of stamps.keys()) {
      if (path.startsWith('evidence/') && !paths.has(path)) findings.add('evidence', path, null, 'the parts of captures need no such file');
    }
    return this.files.filter(({ path, size, parts, is_pack }) => {
      const stamp = stamps.get(path);
      const holds = stamp?.size === size && (is_pack || stamp.sha256 === hex_of(this.digests.at(parts[0]!)));
      if (!holds) findings.add('evidence', path, null, stamp === undefined ? 'is not listed, and parts need it' : 'is listed as something else than its parts');
      return holds;
    });
  }
}

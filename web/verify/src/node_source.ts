// Editions on a disk, for the command line.
import fs from 'node:fs';
import path from 'node:path';
import type { Source } from './source';

const kMaxDepth = 32; // directories; an edition has five levels

export class NodeSource implements Source {
  readonly #sizes = new Map<string, number>();
  #open: { path: string; descriptor: number } | null = null;

  constructor(readonly directory: string) {
    this.#list('', 0);
  }

  #list(below: string, depth: number): void {
    if (depth > kMaxDepth) throw new Error(`${this.directory} is deeper than ${kMaxDepth} directories`);
    for (const entry of fs.readdirSync(path.join(this.directory, below), { withFileTypes: true })) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) this.#list(name, depth + 1);
      else this.#sizes.set(name, fs.statSync(path.join(this.directory, name)).size);
    }
  }

  paths(): Iterable<string> {
    return this.#sizes.keys();
  }

  size(name: string): number | null {
    return this.#sizes.get(name) ?? null;
  }

  read(name: string, begin: number, end: number): Uint8Array {
    if (this.#open?.path !== name) {
      if (this.#open !== null) fs.closeSync(this.#open.descriptor);
      this.#open = { path: name, descriptor: fs.openSync(path.join(this.directory, name), 'r') };
    }
    const bytes = new Uint8Array(Math.max(0, Math.min(end, this.#sizes.get(name)!) - begin));
    let got = 0;
    while (got < bytes.length) {
      const more = fs.readSync(this.#open!.descriptor, bytes, got, bytes.length - got, begin + got);
      if (more === 0) throw new Error(`${name} became shorter while it was read`);
      got += more;
    }
    return bytes;
  }
}

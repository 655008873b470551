// Files that the reader chose or dropped.
import type { Source } from '../src/source';
import { release } from './release';

/** Files by their path in the edition. */
export type Folder = [string, File][];

/** Files of the folder come bit by bit: a browser takes a while to find the size of each of a hundred thousand. */
export class FileSource implements Source {
  readonly #files = new Map<string, File>();
  #end: () => void = () => undefined;
  readonly #all: Promise<void>;
  constructor(folder: Folder) {
    this.#all = new Promise((done) => {
      this.#end = done;
    });
    this.add(folder);
  }
  add(folder: Folder): void {
    for (const [path, file] of folder) this.#files.set(path, file);
  }
  /** No more files come. */
  end(): this {
    this.#end();
    return this;
  }
  ready(): Promise<void> {
    return this.#all;
  }
  paths(): Iterable<string> {
    return this.#files.keys();
  }
  size(path: string): number | null {
    return this.#files.get(path)?.size ?? null;
  }
  async read(path: string, begin: number, end: number): Promise<Uint8Array> {
    const file = this.#files.get(path)!;
    const is_whole = begin === 0 && end >= file.size; // to make a slice takes a browser a millisecond
    return new Uint8Array(await (is_whole ? file : file.slice(begin, end)).arrayBuffer());
  }
  forget(bytes: Uint8Array): void {
    release([bytes.buffer as ArrayBuffer]);
  }
  /** One reading of many files costs a browser a third of many readings. */
  async read_all(paths: string[]): Promise<Uint8Array[]> {
    const files = paths.map((path) => this.#files.get(path)!);
    const bytes = new Uint8Array(await new Blob(files).arrayBuffer());
    let at = 0;
    return files.map((file) => bytes.subarray(at, (at += file.size)));
  }
}

// Where the files of an edition come from: a folder that was dropped on a page, a directory of Node, a map in memory.
import { Malformed, refuse, text_of } from './bytes';

export interface Source {
  /** Paths of all files, relative to the edition, with '/' between their parts. */
  paths(): Iterable<string>;
  /** Null when there is no such file. */
  size(path: string): number | null;
  /** The bytes from `begin` to `end`, at most to the end of the file. */
  read(path: string, begin: number, end: number): Promise<Uint8Array> | Uint8Array;
}

const kChunkBytes = 4 << 20; // read at once: large enough to be fast, small enough to be forgotten
const kMaxLineBytes = 64 << 20; // a record of the largest entry that a desk could write is a hundredth of this

/** The whole file, up to `limit` bytes; empty when it is missing. */
export async function read_whole(source: Source, path: string, limit: number): Promise<Uint8Array> {
  const size = source.size(path) ?? 0;
  if (size > limit) refuse(`${path} is longer than ${limit} bytes`);
  return size === 0 ? new Uint8Array() : source.read(path, 0, size);
}

/** Calls `take` with each chunk of the file in order. */
export async function for_each_chunk(source: Source, path: string, take: (chunk: Uint8Array, at: number) => void | Promise<void>): Promise<void> {
  const size = source.size(path) ?? 0;
  for (let at = 0; at < size; at += kChunkBytes) {
    await take(await source.read(path, at, Math.min(size, at + kChunkBytes)), at);
  }
}

/** Bytes of a line that began in an earlier chunk. */
class Carry {
  #pieces: Uint8Array[] = [];
  #size = 0;
  get is_empty(): boolean {
    return this.#size === 0;
  }
  add(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.#size > kMaxLineBytes) refuse('a line is longer than 64 MiB');
    this.#pieces.push(bytes);
  }
  take(rest: Uint8Array): Uint8Array {
    if (this.#size === 0) return rest;
    const out = new Uint8Array(this.#size + rest.length);
    let at = 0;
    for (const piece of [...this.#pieces, rest]) {
      out.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [];
    this.#size = 0;
    return out;
  }
}

export interface LineSink {
  /** Each line without its newline, and how far into the file it ends. */
  line: (text: string, end: number) => void | Promise<void>;
  /** What is wrong with a line or with the end of the file. */
  wrong: (message: string) => void;
}

/** Reads a file line by line, without holding more of it than a chunk. Lines that are no UTF-8 are said to be wrong. */
export async function for_each_line(source: Source, path: string, sink: LineSink): Promise<void> {
  const carry = new Carry();
  const one = (bytes: Uint8Array, end: number): void | Promise<void> => {
    let text: string;
    try {
      text = text_of(bytes);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return sink.wrong(error.message);
    }
    return sink.line(text, end);
  };
  await for_each_chunk(source, path, async (chunk, at) => {
    let begin = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, begin)) {
      const waiting = one(carry.take(chunk.subarray(begin, end)), at + end + 1);
      if (waiting !== undefined) await waiting;
      begin = end + 1;
    }
    if (begin < chunk.length) carry.add(chunk.slice(begin));
  });
  if (!carry.is_empty) {
    await one(carry.take(new Uint8Array()), source.size(path) ?? 0);
    sink.wrong('its last line is cut');
  }
}

export class MemorySource implements Source {
  constructor(readonly files: Map<string, Uint8Array>) {}
  paths(): Iterable<string> {
    return this.files.keys();
  }
  size(path: string): number | null {
    return this.files.get(path)?.length ?? null;
  }
  read(path: string, begin: number, end: number): Uint8Array {
    return this.files.get(path)!.subarray(begin, end);
  }
}

/** A source of which only listed files are seen: what no list vouches for is not read. */
export class ListedSource implements Source {
  constructor(readonly source: Source, readonly listed: ReadonlyMap<string, unknown>) {}
  paths(): Iterable<string> {
    return this.source.paths();
  }
  size(path: string): number | null {
    return this.listed.has(path) ? this.source.size(path) : null;
  }
  read(path: string, begin: number, end: number): Promise<Uint8Array> | Uint8Array {
    return this.source.read(path, begin, end);
  }
}

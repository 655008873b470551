// Where the files of an edition come from: a folder that was dropped on a page, a directory of Node, a map in memory.
import { hex_of, Malformed, refuse, text_of } from './bytes';
import { hasher } from './digest';

export interface Source {
  /** Paths of all files, relative to the edition, with '/' between their parts. */
  paths(): Iterable<string>;
  /** Null when there is no such file. */
  size(path: string): number | null;
  /** The bytes from `begin` to `end`, at most to the end of the file. */
  read(path: string, begin: number, end: number): Promise<Uint8Array> | Uint8Array;
  /** Nobody looks any more at what was read, nor at any part of it: its memory may go. */
  forget?(bytes: Uint8Array): void;
  /** Until then only what belongs to the log and to the lists is here; absent where all is here from the beginning. */
  ready?(): Promise<void>;
  /** Files, each from beginning to end, where reading them together is faster. */
  read_all?(paths: string[]): Promise<Uint8Array[]>;
  /** Digests of files that were read from beginning to end for what they hold; absent where nobody asks for them. */
  digested?: Map<string, string>;
}

const kNewline = 10;
const kChunkBytes = 4 << 20; // read at once: large enough to be fast, small enough to be forgotten
const kMaxLineBytes = 64 << 20; // a record of the largest entry that a desk could write is a hundredth of this

/** The whole file, up to `limit` bytes; empty when it is missing. */
export async function read_whole(source: Source, path: string, limit: number): Promise<Uint8Array> {
  const size = source.size(path) ?? 0;
  if (size > limit) refuse(`${path} is longer than ${limit} bytes`);
  return size === 0 ? new Uint8Array() : source.read(path, 0, size);
}

/** Calls `take` with each chunk of the file in order; it keeps none. */
export async function for_each_chunk(source: Source, path: string, take: (chunk: Uint8Array, at: number) => void | Promise<void>): Promise<void> {
  const size = source.size(path) ?? 0;
  for (let at = 0; at < size; at += kChunkBytes) {
    const chunk = await source.read(path, at, Math.min(size, at + kChunkBytes));
    await take(chunk, at);
    source.forget?.(chunk);
  }
}

/** Whole lines of a file. */
export interface LineChunk {
  bytes: Uint8Array;
  /** How far into the file they reach. */
  end: number;
  /** The last of them has no newline. */
  is_cut: boolean;
}

/** The file in pieces that end where a line ends, each in a buffer of its own; its digest is noted where the source wants it. */
export async function* line_chunks(source: Source, path: string): AsyncGenerator<LineChunk> {
  const size = source.size(path) ?? 0;
  const state = source.digested === undefined ? null : hasher();
  let wanted = kChunkBytes;
  for (let at = 0; at < size; ) {
    const chunk = await source.read(path, at, Math.min(size, at + wanted));
    const whole = chunk.lastIndexOf(kNewline) + 1; // what follows is read again with the rest of its line
    const is_last = at + chunk.length === size;
    if (whole === 0 && !is_last) {
      if (chunk.length > kMaxLineBytes) refuse('a line is longer than 64 MiB');
      wanted = Math.min(wanted * 2, kMaxLineBytes + 1);
      continue;
    }
    const bytes = whole === 0 || is_last ? chunk : chunk.subarray(0, whole);
    state?.update(bytes);
    at += bytes.length;
    wanted = kChunkBytes;
    yield { bytes, end: at, is_cut: is_last && whole < bytes.length };
  }
  if (state !== null && size > 0) source.digested!.set(path, hex_of(state.digest()));
}

/** Calls `take` with where each line begins and ends, its newline left out. */
export function each_line(bytes: Uint8Array, take: (begin: number, end: number) => void): void {
  for (let begin = 0; begin < bytes.length; ) {
    const found = bytes.indexOf(kNewline, begin);
    const end = found < 0 ? bytes.length : found;
    take(begin, end);
    begin = end + 1;
  }
}

export const kLastCut = 'its last line is cut';

export interface LineSink {
  /** Each line without its newline, and how far into the file it ends. */
  line: (text: string, end: number) => void;
  /** What is wrong with a line or with the end of the file. */
  wrong: (message: string) => void;
}

/** Reads a file line by line, without holding more of it than a chunk. Lines that are no UTF-8 are said to be wrong. */
export async function for_each_line(source: Source, path: string, sink: LineSink): Promise<void> {
  for await (const { bytes, end: chunk_end, is_cut } of line_chunks(source, path)) {
    each_line(bytes, (begin, end) => {
      let text: string;
      try {
        text = text_of(bytes.subarray(begin, end));
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
        return sink.wrong(error.message);
      }
      sink.line(text, chunk_end - bytes.length + end);
    });
    if (is_cut) sink.wrong(kLastCut);
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
  readonly digested = new Map<string, string>();
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

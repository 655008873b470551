// Files of a folder, from a picker or from what was dropped.
import type { Folder } from './file_source';

const kMaxDepth = 32; // directories; an edition has five levels

/** Paths below the folder that was chosen: what stands before the first slash is its own name. */
export function folder_of_input(input: HTMLInputElement): Folder {
  return [...(input.files ?? [])].map((file) => {
    const path = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath.slice(file.webkitRelativePath.indexOf('/') + 1);
    return [path, file];
  });
}

function entries_in(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  return new Promise((done, failed) => {
    const more = (): void => reader.readEntries((some) => {
      all.push(...some);
      if (some.length === 0) done(all);
      else more();
    }, failed);
    more();
  });
}

function file_of(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((done, failed) => entry.file(done, failed));
}

async function walk(directory: FileSystemDirectoryEntry, below: string, depth: number, out: Folder): Promise<void> {
  if (depth > kMaxDepth) throw new Error('too many folders within each other');
  for (const entry of await entries_in(directory)) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory) await walk(entry as FileSystemDirectoryEntry, path, depth + 1, out);
    else out.push([path, await file_of(entry as FileSystemFileEntry)]);
  }
}

const kAtOnce = 64; // files asked for together

/** The same by handles, which Chromium gives also to a page that was opened from disk; there it lists no entries. */
async function walk_handles(directory: FileSystemDirectoryHandle, below: string, depth: number, out: Folder): Promise<void> {
  if (depth > kMaxDepth) throw new Error('too many folders within each other');
  let waiting: Promise<[string, File]>[] = [];
  for await (const [name, handle] of directory.entries()) {
    const path = below === '' ? name : `${below}/${name}`;
    if (handle.kind === 'directory') await walk_handles(handle as FileSystemDirectoryHandle, path, depth + 1, out);
    else waiting.push((handle as FileSystemFileHandle).getFile().then((file) => [path, file]));
    if (waiting.length < kAtOnce) continue;
    out.push(...(await Promise.all(waiting)));
    waiting = [];
  }
  out.push(...(await Promise.all(waiting)));
}

type Dropped = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> };

/** The folder that was dropped, or the single file; null when it was neither. */
export async function folder_of_drop(transfer: DataTransfer): Promise<Folder | File | null> {
  const item = [...transfer.items].find((each) => each.kind === 'file') as Dropped | undefined;
  if (item === undefined) return null;
  // All have to be asked for before the event is over.
  const [entry, file, asked] = [item.webkitGetAsEntry(), item.getAsFile(), item.getAsFileSystemHandle?.()];
  const handle = (await asked?.catch(() => null)) ?? null;
  if (entry?.isFile) return file;
  const out: Folder = [];
  if (handle?.kind === 'directory') await walk_handles(handle as FileSystemDirectoryHandle, '', 0, out);
  else if (entry?.isDirectory) await walk(entry as FileSystemDirectoryEntry, '', 0, out);
  else return null;
  return out;
}

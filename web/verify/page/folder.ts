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

/** The folder that was dropped, or the single file; null when it was neither. */
export async function folder_of_drop(transfer: DataTransfer): Promise<Folder | File | null> {
  const entry = [...transfer.items].map((item) => item.webkitGetAsEntry()).find((each) => each !== null);
  if (entry === undefined || entry === null) return null;
  if (entry.isFile) return file_of(entry as FileSystemFileEntry);
  const out: Folder = [];
  await walk(entry as FileSystemDirectoryEntry, '', 0, out);
  return out;
}

// Edits of an edition as data, so that two verifiers look at the same bytes: tests/verifiers/edits.h reads them too.
import { bytes_of, from_base64, refuse, same, text_of, to_base64 } from '../src/bytes';

export type Files = Map<string, Uint8Array>;

export type Edit =
  | { file: string; find: string; replace: string }
  | { file: string; at: number; cut: number; put: string }
  | { file: string; copy: string }
  | { file: string; remove: true };

export function apply_edits(files: Files, edits: Edit[]): Files {
  const out = new Map(files);
  for (const edit of edits) {
    const bytes = out.get(edit.file) ?? new Uint8Array();
    if ('remove' in edit) {
      out.delete(edit.file);
    } else if ('copy' in edit) {
      out.set(edit.file, out.get(edit.copy)!);
    } else if ('find' in edit) {
      const text = text_of(bytes);
      if (!text.includes(edit.find)) refuse(`'${edit.find}' is not in ${edit.file}`);
      out.set(edit.file, bytes_of(text.replace(edit.find, () => edit.replace)));
    } else {
      const put = from_base64(edit.put);
      const made = new Uint8Array(bytes.length - edit.cut + put.length);
      made.set(bytes.subarray(0, edit.at));
      made.set(put, edit.at);
      made.set(bytes.subarray(edit.at + edit.cut), edit.at + put.length);
      out.set(edit.file, made);
    }
  }
  return out;
}

/** One splice: what differs between the common beginning and the common end. */
function splice_between(file: string, before: Uint8Array, after: Uint8Array): Edit {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { file, at: head, cut: before.length - head - tail, put: to_base64(after.subarray(head, after.length - tail)) };
}

/** Edits that turn `before` into `after`. */
export function edits_between(before: Files, after: Files): Edit[] {
  const out: Edit[] = [];
  const gone = [...before.keys()].filter((file) => !after.has(file));
  const folder = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);
  for (const [file, bytes] of after) {
    let old = before.get(file);
    const like = old === undefined ? gone.find((each) => folder(each) === folder(file)) : undefined;
    if (like !== undefined) {
      out.push({ file, copy: like });
      old = before.get(like);
    }
    if (old === undefined || !same(old, bytes)) out.push(splice_between(file, old ?? new Uint8Array(), bytes));
  }
  for (const file of gone) out.push({ file, remove: true });
  return out;
}

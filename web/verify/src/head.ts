// A signed head under the reader's pin: origin, a log key whose range holds the size, and the cosignatures of known witnesses.
import { refuse } from './bytes';
import { head_from, note_from, signers_of, type Head, type Key, type Note } from './note';
import type { Pin } from './pin';
import { cosignatures_of, type Cosignature } from './witness';

export interface OpenedHead extends Head {
  note: Note;
  /** Keys of the log that signed it, whatever their ranges. */
  signers: Key[];
  cosignatures: Cosignature[];
}

/** Refuses a note that is no head of the pin's log, that no key within its range signed, or that a known key signed wrong. */
export function open_head(bytes: Uint8Array, pin: Pin): OpenedHead {
  const note = note_from(bytes);
  const head = head_from(note.text);
  const signers = signers_of(note, pin.log.map((each) => each.key)).filter((key) => key.name === head.origin);
  if (signers.length === 0) refuse(`no known key of ${head.origin.slice(0, 60)} signed this head`);
  const cosignatures = cosignatures_of(note, pin.witnesses);
  if (head.origin !== pin.origin) refuse("it is of another log than the pin's");
  const may_sign = pin.log.some(({ key, first, last }) => signers.includes(key) && first <= head.size && head.size <= last);
  if (!may_sign) refuse(`no key that may sign size ${head.size_text} has signed it`);
  return { ...head, note, signers, cosignatures };
}

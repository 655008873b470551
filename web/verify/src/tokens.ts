// tokens/: heads over which proofs of time were made. Their form and the heads are checked; the proofs are not judged here.
import { hex_of, refuse } from './bytes';
import { sha256 } from './digest';
import type { Listed } from './files';
import { open_head } from './log';
import type { Tree } from './merkle';
import { kMaxNoteBytes, note_from } from './note';
import type { Pin } from './pin';
import { read_whole, type Source } from './source';
import type { Findings } from './verdict';

const kForm = /^tokens\/(?:([0-9a-f]{64})\/(checkpoint|[^/]+\.tst|[^/]+\.ots)|certificates\/[0-9a-f]{64}\.der)$/;

/** The note that proofs are over: of this log, and a prefix of it. */
async function check_note(source: Source, path: string, name: string, pin: Pin, tree: Tree, findings: Findings): Promise<void> {
  const bytes = await read_whole(source, path, kMaxNoteBytes * 2);
  findings.attempt('time', path, null, () => {
    if (hex_of(sha256(bytes)) !== name) refuse('it is not the note that its folder names');
    const head = open_head(note_from(bytes), pin);
    if (head.origin !== pin.origin || head.size > tree.size || hex_of(tree.root(head.size)) !== head.root) {
      refuse('it is no head of this log');
    }
  });
}

export async function check_tokens(source: Source, listed: Listed, pin: Pin, tree: Tree, findings: Findings): Promise<void> {
  let proofs = 0;
  for (const path of listed.stamps.keys()) {
    if (!path.startsWith('tokens/')) continue;
    const form = kForm.exec(path);
    if (form === null) findings.add('time', path, null, 'no such file belongs among proofs of time');
    else if (form[2] === 'checkpoint') await check_note(source, path, form[1]!, pin, tree, findings);
    else if (form[2] !== undefined) proofs += 1;
  }
  if (proofs > 0) findings.leave_open('time proofs not judged', proofs);
}

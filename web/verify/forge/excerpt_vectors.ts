// Excerpts that are spoiled, each with the name of the failure that it must cause: spec/vectors/bad-excerpts.jsonl.
import { bytes_of, hex_of, refuse, text_of } from '../src/bytes';
import { sha256 } from '../src/digest';
import type { Keys } from './case';
import { note_text, sign_note } from './sign';

type Base = 'entry' | 'total';
type Edit = { find: string; replace: string };

const kPlain: [string, Base, string, string, string][] = [
  ["opening", "entry", "another value for a slot", "\"2..3\"", "\"2..9\""],
  ["opening", "entry", "a slot under another path", "[1,\"act/name\"", "[1,\"act/nome\""],
  ["evidence", "entry", "another passage", "Two people were shot", "Ten people were shot"],
  ["evidence", "entry", "another lineage", "\"lineage\":1", "\"lineage\":7"],
  ["log", "entry", "another leaf", "gavah/0 event", "gavah/0 amend"],
  ["log", "entry", "another place in the log", "\"type\":\"leaf\",\"index\":2", "\"type\":\"leaf\",\"index\":1"],
  ["checkpoint", "entry", "a head signed by nobody", "case.example/small\\n", "case.example/other\\n"],
  ["manifest", "entry", "edition.json altered without the key", "\\\"number\\\":1", "\\\"number\\\":2"],
  ["file", "entry", "another policy than was signed", "\\\"passages\\\":\\\"all\\\"", "\\\"passages\\\":\\\"none\\\""],
  ["record", "entry", "about another entry", "\"format\":\"gavah/0\",\"entry\":", "\"format\":\"gavah/0\",\"entry\":9"],
  ["file", "total", "the total altered", "\\\"rule\\\":\\\"killed-in-events\\\",\\\"leaf\\\"", "\\\"rule\\\":\\\"killed-in-event5\\\",\\\"leaf\\\""],
  ["rule", "total", "a rule changed in silence", "\\\"where\\\":[]", "\\\"where\\\":[{\\\"slot\\\":\\\"side\\\",\\\"in\\\":[\\\"state\\\"]}]"],
  ["opening", "total", "a member's count altered", "\"2..3\"", "\"2..2\""],
  ["opening", "total", "a member's count under another path", "\"count/killed/interval\",\"2..3\"", "\"victims/killed/interval\",\"2..3\""],
  ["rule", "total", "about another total", "\"total\":\"killed-in-events\"", "\"total\":\"events\""],
  ["file", "total", "two lines exchanged in order", "{\"type\":\"file\",\"path\":\"policy.json\"", "{\"type\":\"file\",\"path\":\"z\""],
];

class Maker {
  readonly lines: string[] = [];
  constructor(readonly texts: Record<Base, string>, readonly keys: Keys) {}

  bad(fails: string, base: Base, name: string, ...edits: Edit[]): void {
    for (const { find } of edits) if (!this.texts[base].includes(find)) refuse(`${find.slice(0, 60)} is not in ${base}`);
    const [only] = edits as [Edit];
    this.lines.push(`${JSON.stringify(edits.length === 1 ? { name, base, ...only, fails } : { name, base, edits, fails })}\n`);
  }

  /** The n-th line that holds `part`, with its newline. */
  line(base: Base, part: string, n = 0): string {
    const found = this.texts[base].split('\n').filter((line) => line.includes(part))[n];
    return `${found ?? refuse(`no line has ${part}`)}\n`;
  }

  /** The policy altered, and the manifest that names it signed anew. */
  policy(base: Base, find: string, replace: string): Edit[] {
    const file = this.line(base, '"path":"policy.json"');
    const manifest = this.line(base, '"name":"edition.json"');
    const { text } = JSON.parse(file) as { text: string };
    const made = text.replace(find, replace);
    if (made === text) refuse(`${find} is not in the policy`);
    const note = (JSON.parse(manifest) as { text: string }).text;
    const [old, now] = [text, made].map((each) => hex_of(sha256(bytes_of(each)))) as [string, string];
    const stated = note_text(bytes_of(note)).replaceAll(old, now).replace(/("path":"policy.json","size":)\d+/, `$1${bytes_of(made).length}`);
    const signed = text_of(sign_note(stated, this.keys.release));
    return [
      { find: file, replace: `{"type":"file","path":"policy.json","text":${JSON.stringify(made)}}\n` },
      { find: manifest, replace: `{"type":"note","name":"edition.json","text":${JSON.stringify(signed)}}\n` },
    ];
  }
}

function beyond_policy(m: Maker): void {
  const without = (slot: string): Edit[] => m.policy('entry', `${JSON.stringify(slot)},`, '');
  m.bad('policy', 'entry', 'a slot that the policy withholds', ...without('side'));
  m.bad('policy', 'entry', 'claims under a policy that opens none', ...m.policy('entry', '"passages":"all"', '"passages":"none"'));
  m.bad('policy', 'entry', 'origins under a policy that opens none', ...m.policy('entry', '"origins":"opened"', '"origins":"withheld"'));
  m.bad('policy', 'entry', 'a part under a policy that opens none', ...m.policy('entry', '"evidence":"cited"', '"evidence":"none"'));
  m.bad('policy', 'total', 'a policy in another spelling', ...m.policy('total', '"passages":"all"', '"passages": "all"'));
}

function lines_astray(m: Maker): void {
  const drop = (base: Base, part: string, n = 0): Edit => ({ find: m.line(base, part, n), replace: '' });
  const twice = (base: Base, part: string, n = 0): Edit => ({ find: m.line(base, part, n), replace: m.line(base, part, n).repeat(2) });
  m.bad('evidence', 'entry', 'a claim without its evidence', drop('entry', '"slot":"evidence","index":0'));
  m.bad('evidence', 'entry', 'a claim twice', twice('entry', '"slot":"claims","index":0'));
  m.bad('evidence', 'entry', 'a part twice', twice('entry', '"slot":"parts"'));
  m.bad('evidence', 'entry', 'a part that no evidence lies in', drop('entry', '"slot":"evidence","index":1'), drop('entry', '"slot":"claims","index":1'), drop('entry', '"slot":"origins","index":1'));
  m.bad('record', 'entry', 'a capture of which no part is opened', ...[0, 1].map((n) => drop('entry', '"slot":"parts"', n)));
  m.bad('record', 'entry', 'a record without its leaf', drop('entry', '"type":"leaf"', 3));
  m.bad('record', 'entry', 'a record twice', twice('entry', '{"type":"event"'));
  m.bad('status', 'entry', 'verified without its decision', drop('entry', '{"type":"decision"'));
  m.bad('manifest', 'entry', 'without the policy', drop('entry', '"path":"policy.json"'));
  m.bad('file', 'entry', 'a file that belongs to a total', { find: m.line('entry', '"path":"policy.json"'), replace: m.line('entry', '"path":"policy.json"') + m.line('total', '"path":"totals.json"') });
  m.bad('file', 'entry', 'the last line cut', { find: m.texts.entry.slice(-20), replace: m.texts.entry.slice(-20, -1) });
  m.bad('file', 'entry', 'of an entry and of a total', { find: '"total":null', replace: '"total":"events"' });
  m.bad('opening', 'total', 'an interval that is none', { find: '"count/killed/interval",null', replace: '"count/killed/interval",""' });
  m.bad('total', 'total', 'a member left out', drop('total', '{"type":"event"'));
  m.bad('total', 'total', 'without the totals', drop('total', '"path":"totals.json"'));
  m.bad('rule', 'total', 'without its rule', drop('total', '"path":"rules/'));
  m.bad('evidence', 'total', 'a total with a claim', { find: m.texts.total.slice(-30), replace: m.texts.total.slice(-30) + m.line('entry', '"slot":"evidence"') });
}

export function excerpt_vectors(texts: Record<Base, string>, keys: Keys): string[] {
  const maker = new Maker(texts, keys);
  for (const [fails, base, name, find, replace] of kPlain) maker.bad(fails, base, name, { find, replace });
  beyond_policy(maker);
  lines_astray(maker);
  return maker.lines;
}

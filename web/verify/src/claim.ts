// A record of the list `claims`: the claim, and the passage that it was read from. spec/commitments.md.
import { bytes_of, from_base64, Malformed, refuse, text_of } from './bytes';
import { Scanner } from './scanner';

/** The claim of a record, as it is spelled, and its passage: null when it has none. */
export function claim_from(record: string | Uint8Array): { claim: Uint8Array; passage: Uint8Array | null } {
  const scan = new Scanner(record);
  scan.expect('{"claim":');
  const begin = scan.at;
  scan.pass();
  const claim = scan.bytes.subarray(begin, scan.at);
  scan.expect(',"text":');
  scan.span();
  scan.expect(',"encoding":');
  const encoding = scan.text();
  scan.expect(',"passage":');
  const span = scan.take('null') ? null : scan.span();
  scan.expect('}');
  scan.end();
  if (encoding !== 'utf-8' && encoding !== 'base64') refuse('a passage is neither utf-8 nor base64');
  if (span === null) return { claim, passage: null };
  if (encoding === 'utf-8') return { claim, passage: span.is_plain ? scan.bytes.subarray(span.begin, span.end) : bytes_of(scan.text_at(span)) };
  const bytes = from_base64(scan.text_at(span));
  if (is_utf8(bytes)) refuse('a passage of text is spelled as base64');
  return { claim, passage: bytes };
}

function is_utf8(bytes: Uint8Array): boolean {
  try {
    text_of(bytes);
    return true;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

const kBodies = new Set([
  'police', 'military', 'security forces', 'intelligence', 'judiciary', 'prison', 'government', 'pro-state group', 'opposition',
  'media', 'rights group', 'armed group', 'foreign',
]);

/** Whether a claim names a person, or lets one speak; what cannot be read is taken to. */
export function names_person(claim: Uint8Array): boolean {
  const said = JSON.parse(text_of(claim)) as { persons?: unknown; speaker?: { class?: unknown } | null } | null;
  if (said === null || typeof said !== 'object' || !Array.isArray(said.persons) || said.persons.length > 0) return true;
  if (said.speaker === undefined || said.speaker === null) return false;
  return typeof said.speaker !== 'object' || typeof said.speaker.class !== 'string' || !kBodies.has(said.speaker.class);
}

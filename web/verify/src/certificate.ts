// X.509 certificates, as far as spec/time.md asks: whose key it is, from when to when, what for, and who signed it.
import { hex_of, Malformed, refuse, text_of } from './bytes';
import {
  algorithm_from, context, der_from, Fields, inside, kBits, kBoolean, kGeneralTime, kInteger, kOctets, kOid, kSequence, kSet, kUtcTime,
  oid_text, same_value, small_number, type Algorithm, type Der,
} from './der';
import { sha256 } from './digest';
import { check_signed, key_of_spki } from './public_key';

export const kMaxCertificateBytes = 64 << 10; // real ones have one or two KiB
export const kMaxCertificates = 64; // in one token
const kMaxAbove = 8; // certificates above the signer's; chains have one to three
const kMaxTries = 256; // signatures looked at for one chain: certificates of one name could be many
const kBasicConstraints = '2.5.29.19';
const kKeyUsage = '2.5.29.15';
const kExtendedKeyUsage = '2.5.29.37';
const kKnown = new Set([kBasicConstraints, kKeyUsage, kExtendedKeyUsage]);
const kTimeStamping = '1.3.6.1.5.5.7.3.8';
const kMaxPathLength = 1 << 20; // a stated one beyond any chain is as good as none

interface Extension {
  is_critical: boolean;
  value: Uint8Array;
}

export interface Certificate {
  der: Uint8Array;
  sha256: string;
  tbs: Uint8Array;
  serial: Der;
  issuer: Der;
  subject: Der;
  from: number; // seconds since 1970
  until: number; // and from then on no more
  spki: Der;
  algorithm: Algorithm;
  signature: Uint8Array;
  extensions: Map<string, Extension>;
}

/** "YYMMDDhhmmssZ" or with four digits of the year, in seconds since 1970. */
export function time_from(of: Der): number {
  const text = String.fromCharCode(...of.content.subarray(0, 64));
  const parts = (of.tag === kUtcTime ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(text);
  if (parts === null || (of.tag !== kUtcTime && of.tag !== kGeneralTime)) return refuse('a time is not in UTC with seconds');
  return seconds_of(parts.slice(1), of.tag === kUtcTime);
}

/** Year, month, day, hour, minute and second as digits; of two digits of a year those from 50 on are of the century before. */
export function seconds_of(parts: string[], is_short: boolean): number {
  const [digits, month, day, hour, minute, second] = parts.map(Number) as [number, number, number, number, number, number];
  const year = is_short ? digits + (digits < 50 ? 2000 : 1900) : digits;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const is_day = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!is_day || year === 0 || hour > 23 || minute > 59 || second > 59) refuse('a time is none');
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + second;
}

function extensions_from(of: Der): Map<string, Extension> {
  const out = new Map<string, Extension>();
  const list = inside(of, 'the extensions of a certificate');
  if (list.tag !== kSequence || list.parts.length === 0) refuse('a certificate has extensions and none');
  for (const part of list.parts) {
    const fields = new Fields(part, kSequence, 'an extension');
    const name = oid_text(fields.take(kOid));
    const critical = fields.may(kBoolean);
    const value = fields.take(kOctets).content;
    fields.end();
    if (out.has(name)) refuse('a certificate has an extension twice');
    out.set(name, { is_critical: critical !== null && critical.content[0] === 0xff, value });
  }
  return out;
}

// Strings in names: UTF-8, and those of one byte a character.
const kUtf8Text = 0x0c;
const kPlainTexts = new Set([0x12, 0x13, 0x14, 0x16]);

/** A name: sets of types and texts. */
function name_from(of: Der): Der {
  for (const set of of.parts) {
    if (set.tag !== kSet || set.parts.length === 0) refuse('a name in a certificate has another form');
    for (const part of set.parts) {
      const fields = new Fields(part, kSequence, 'a part of a name');
      fields.take(kOid);
      const text = fields.any();
      fields.end();
      if (text?.tag === kUtf8Text) text_of(text.content);
      else if (text === null || !kPlainTexts.has(text.tag)) refuse('a name in a certificate is no text');
    }
  }
  return of;
}

function whole_bits(of: Der): Uint8Array {
  return of.content[0] === 0 ? of.content.subarray(1) : refuse('a key or signature is no whole number of bytes');
}

function key_info_from(of: Der): Der {
  const fields = new Fields(of, kSequence, 'a public key');
  algorithm_from(fields.take(kSequence));
  whole_bits(fields.take(kBits));
  fields.end();
  return of;
}

export function certificate_from(der: Uint8Array): Certificate {
  if (der.length > kMaxCertificateBytes) refuse('a certificate is longer than 64 KiB');
  const outer = new Fields(der_from(der), kSequence, 'a certificate');
  const tbs = outer.take(kSequence);
  const algorithm = algorithm_from(outer.take(kSequence));
  const signature = outer.take(kBits);
  outer.end();
  const fields = new Fields(tbs, kSequence, 'the body of a certificate');
  const version = fields.may(context(0));
  if (version !== null) check_version(inside(version, 'the version of a certificate'));
  const serial = fields.take(kInteger);
  const inner = fields.take(kSequence);
  const issuer = name_from(fields.take(kSequence));
  const validity = new Fields(fields.take(kSequence), kSequence, 'the validity of a certificate');
  const subject = name_from(fields.take(kSequence));
  const spki = key_info_from(fields.take(kSequence));
  const extensions = fields.may(context(3));
  fields.end();
  const [from, until] = [validity.any(), validity.any()];
  validity.end();
  if (from === null || until === null) return refuse('a certificate does not say how long it is valid');
  if (!same_value(inner, outer_algorithm(der))) refuse('a certificate names two algorithms of its signature');
  return {
    der, sha256: hex_of(sha256(der)), tbs: tbs.whole, serial, issuer, subject, from: time_from(from), until: time_from(until), spki,
    algorithm, signature: whole_bits(signature), extensions: extensions === null ? new Map() : extensions_from(extensions),
  };
}

function check_version(of: Der): void {
  if (of.tag !== kInteger) refuse('the version of a certificate is no number');
  small_number(of.content, 2);
}

function outer_algorithm(der: Uint8Array): Der {
  return der_from(der).parts[1]!;
}

export function is_valid_at(certificate: Certificate, seconds: number): boolean {
  return certificate.from <= seconds && seconds < certificate.until;
}

/** A critical extension that is not understood here forbids the use of a certificate. */
function has_unknown_demand(certificate: Certificate): boolean {
  return [...certificate.extensions].some(([name, { is_critical }]) => is_critical && !kKnown.has(name));
}

/** Bits of keyUsage, the first the highest of the first byte; null when it is not there. */
function usage_of(certificate: Certificate): number | null {
  const extension = certificate.extensions.get(kKeyUsage);
  if (extension === undefined) return null;
  const value = der_from(extension.value);
  if (value.tag !== kBits || value.content.length > 3) refuse('the key usage of a certificate is none');
  return ((value.content[1] ?? 0) << 8) | (value.content[2] ?? 0);
}

const kDigitalSignature = 0x8000;
const kNonRepudiation = 0x4000;
const kCertSign = 0x0400;

/** RFC 3161 section 2.3: time stamping alone, and critically so. */
export function check_for_stamping(certificate: Certificate): void {
  const extension = certificate.extensions.get(kExtendedKeyUsage);
  const list = extension === undefined ? null : der_from(extension.value);
  const is_sole = list?.tag === kSequence && list.parts.length === 1 && oid_text(list.parts[0]!) === kTimeStamping;
  if (!is_sole || !extension!.is_critical) refuse("the signer's certificate is not for time stamping alone, and critically so");
  const usage = usage_of(certificate);
  if (usage !== null && ((usage & ~(kDigitalSignature | kNonRepudiation)) !== 0 || usage === 0)) refuse("the key of the signer's certificate is for something else than signatures");
  if (has_unknown_demand(certificate)) refuse("the signer's certificate has a critical extension that is not known");
}

/** Whether a certificate may stand above another, with so many authorities between it and the signer. */
function may_issue(certificate: Certificate, authorities_below: number): boolean {
  const extension = certificate.extensions.get(kBasicConstraints);
  if (extension === undefined || has_unknown_demand(certificate)) return false;
  const fields = new Fields(der_from(extension.value), kSequence, 'the basic constraints of a certificate');
  const is_authority = fields.may(kBoolean)?.content[0] === 0xff;
  const limit = fields.may(kInteger);
  fields.end();
  if (limit !== null && authorities_below > small_number(limit.content, kMaxPathLength)) return false;
  const usage = usage_of(certificate);
  return is_authority && (usage === null || (usage & kCertSign) !== 0);
}

async function has_issued(above: Certificate, below: Certificate): Promise<boolean> {
  return check_signed(key_of_spki(above.spki), below.algorithm, below.signature, below.tbs);
}

/** Whether certificates lead from `signer` to the one trusted, each of them valid then. */
export async function leads_to(signer: Certificate, anchor: Certificate, all: Certificate[], seconds: number): Promise<boolean> {
  let tries = 0;
  const climb = async (at: Certificate, path: Certificate[]): Promise<boolean> => {
    if (!is_valid_at(at, seconds)) return false;
    if (at.sha256 === anchor.sha256) return true;
    if (path.length > kMaxAbove) return false;
    for (const above of all) {
      if (!same_value(above.subject, at.issuer) || path.some((each) => each.sha256 === above.sha256)) continue;
      tries += 1;
      if (tries > kMaxTries) return false;
      const is_link = await attempt(async () => may_issue(above, path.length - 1) && (await has_issued(above, at)));
      if (is_link && (await climb(above, [...path, above]))) return true;
    }
    return false;
  };
  return climb(signer, [signer]);
}

async function attempt(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}



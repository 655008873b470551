// RFC 3161 tokens, with RFC 5816: who says that the hash of some bytes was there, and when. spec/time.md.
import { hex_of, Malformed, refuse, same } from './bytes';
import { certificate_from, check_for_stamping, is_valid_at, kMaxCertificates, leads_to, seconds_of, type Certificate } from './certificate';
import {
  algorithm_from, context, der_from, Fields, inside, kBoolean, kGeneralTime, kInteger, kOctets, kOid, kSequence, kSet, oid_text, same_value,
  small_number, type Algorithm, type Der,
} from './der';
import { check_signed, digest, hash_named, key_of_spki, type HashName } from './public_key';

const kMaxTokenBytes = 1 << 20; // real ones have one to ten KiB
const kMaxAccuracySeconds = 86_400; // beyond a day it is no statement
const kMaxParts = 1 << 20; // milliseconds or microseconds: whatever they are, they are less than a second
const kSignedData = '1.2.840.113549.1.7.2';
const kTstInfo = '1.2.840.113549.1.9.16.1.4';
const kContentType = '1.2.840.113549.1.9.3';
const kMessageDigest = '1.2.840.113549.1.9.4';
const kEssV1 = '1.2.840.113549.1.9.16.2.12';
const kEssV2 = '1.2.840.113549.1.9.16.2.47';
const kSha256Oid = '2.16.840.1.101.3.4.2.1';

interface Signer {
  issuer: Der;
  serial: Der;
  hash: HashName;
  /** The signed attributes as they are signed: the bytes of a SET. */
  signed: Uint8Array;
  attributes: Map<string, Der[]>;
  algorithm: Algorithm;
  signature: Uint8Array;
}

export interface Token {
  content: Uint8Array; // TSTInfo
  certificates: Certificate[];
  signer: Signer;
  imprint: { hash: HashName; digest: Uint8Array };
  at: number; // seconds since 1970, fractions dropped
  not_after: number; // with fraction and accuracy, rounded up
}

function attributes_from(of: Der): Map<string, Der[]> {
  const out = new Map<string, Der[]>();
  for (const part of of.parts) {
    const fields = new Fields(part, kSequence, 'an attribute');
    const name = oid_text(fields.take(kOid));
    const values = fields.take(kSet).parts;
    fields.end();
    if (out.has(name)) refuse('a signed attribute stands twice');
    out.set(name, values);
  }
  return out;
}

function signer_from(of: Der, digests: HashName[]): Signer {
  const fields = new Fields(of, kSequence, 'the signer');
  fields.take(kInteger);
  const name = new Fields(fields.take(kSequence), kSequence, 'the name of the signer');
  const issuer = name.take(kSequence);
  const serial = name.take(kInteger);
  name.end();
  const hash = hash_named(algorithm_from(fields.take(kSequence)));
  const attributes = fields.take(context(0));
  const algorithm = algorithm_from(fields.take(kSequence));
  const signature = fields.take(kOctets).content;
  const others = fields.may(context(1));
  fields.end();
  if (others !== null) attributes_from(others);
  if (!digests.includes(hash)) refuse("the signer's digest is not among those that the token lists");
  const signed = attributes.whole.slice();
  signed[0] = kSet; // RFC 5652 section 5.4: signed is the set, not its place
  return { issuer, serial, hash, signed, attributes: attributes_from(attributes), algorithm, signature };
}

function accuracy_from(of: Der | null): number {
  if (of === null) return 0;
  const fields = new Fields(of, kSequence, 'the accuracy');
  const seconds = fields.may(kInteger);
  const parts = [fields.may(context(0, 'primitive')), fields.may(context(1, 'primitive'))];
  fields.end();
  for (const part of parts) if (part !== null) small_number(part.content, kMaxParts);
  return (seconds === null ? 0 : small_number(seconds.content, kMaxAccuracySeconds)) + (parts.some((part) => part !== null) ? 1 : 0);
}

function instant_from(of: Der): { at: number; has_fraction: boolean } {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(String.fromCharCode(...of.content.subarray(0, 64)));
  if (parts === null || of.content.length > 64) return refuse("the token's time is not in UTC with seconds");
  return { at: seconds_of(parts.slice(1, 7), false), has_fraction: parts[7] !== undefined };
}

function info_from(content: Uint8Array): Pick<Token, 'imprint' | 'at' | 'not_after'> {
  const fields = new Fields(der_from(content), kSequence, 'the TSTInfo');
  if (small_number(fields.take(kInteger).content, 1) !== 1) refuse('the TSTInfo is not of version 1');
  fields.take(kOid);
  const imprint = new Fields(fields.take(kSequence), kSequence, 'the imprint');
  const hash = hash_named(algorithm_from(imprint.take(kSequence)));
  const digest_given = imprint.take(kOctets).content;
  imprint.end();
  fields.take(kInteger);
  const { at, has_fraction } = instant_from(fields.take(kGeneralTime));
  const accuracy = accuracy_from(fields.may(kSequence));
  fields.may(kBoolean);
  fields.may(kInteger);
  fields.may(context(0));
  fields.may(context(1));
  fields.end();
  return { imprint: { hash, digest: digest_given }, at, not_after: at + (has_fraction ? 1 : 0) + accuracy };
}

/** A CMS ContentInfo of signed data with one signer over a TSTInfo. Nothing is checked but its form. */
export function token_from(bytes: Uint8Array): Token {
  if (bytes.length > kMaxTokenBytes) refuse('a token is longer than 1 MiB');
  const outer = new Fields(der_from(bytes), kSequence, 'a token');
  if (oid_text(outer.take(kOid)) !== kSignedData) refuse('a token is no signed data');
  const fields = new Fields(inside(outer.take(context(0)), 'a token'), kSequence, 'the signed data');
  outer.end();
  fields.take(kInteger);
  const digests = fields.take(kSet).parts.map((part) => hash_named(algorithm_from(part)));
  const inner = new Fields(fields.take(kSequence), kSequence, 'what is signed');
  if (oid_text(inner.take(kOid)) !== kTstInfo) refuse('the signed data holds no TSTInfo');
  const content = inside(inner.take(context(0)), 'what is signed');
  inner.end();
  if (content.tag !== kOctets) refuse('the signed data holds no TSTInfo');
  const certificates = fields.may(context(0))?.parts ?? [];
  fields.may(context(1));
  const signers = fields.take(kSet).parts;
  fields.end();
  if (signers.length !== 1) refuse('a time-stamp token has exactly one signer');
  if (certificates.length > kMaxCertificates) refuse('the token holds too many certificates');
  return {
    content: content.content, certificates: certificates.map((each) => certificate_from(each.whole)),
    signer: signer_from(signers[0]!, digests), ...info_from(content.content),
  };
}

/** A certificate that an ESSCertID or ESSCertIDv2 names. */
interface Named {
  hash: HashName | 'SHA-1';
  digest: Uint8Array;
  issuer: Der | null;
  serial: Der | null;
}

function named_from(of: Der, is_v2: boolean): Named {
  const fields = new Fields(of, kSequence, 'an ESSCertID');
  const algorithm = is_v2 ? fields.may(kSequence) : null;
  const hash = !is_v2 ? 'SHA-1' : hash_named(algorithm === null ? { oid: kSha256Oid, parameters: null } : algorithm_from(algorithm));
  const digest_given = fields.take(kOctets).content;
  const place = fields.may(kSequence);
  fields.end();
  if (place === null) return { hash, digest: digest_given, issuer: null, serial: null };
  const inner = new Fields(place, kSequence, 'an issuer and serial');
  const names = inner.take(kSequence);
  const serial = inner.take(kInteger);
  inner.end();
  const [name] = names.parts;
  if (names.parts.length !== 1 || name!.tag !== context(4)) refuse('an ESSCertID names its issuer in another way');
  return { hash, digest: digest_given, issuer: inside(name!, 'the name of an issuer'), serial };
}

async function is_named(named: Named, certificate: Certificate): Promise<boolean> {
  const in_place = (named.issuer === null || same_value(named.issuer, certificate.issuer)) && (named.serial === null || same_value(named.serial, certificate.serial));
  return in_place && same(await digest(named.hash, certificate.der), named.digest);
}

/** What the signed attributes name: one list for each of the two kinds that is there. */
function named_lists(signer: Signer): Named[][] {
  const out: Named[][] = [];
  for (const [oid, is_v2] of [[kEssV1, false], [kEssV2, true]] as const) {
    const values = signer.attributes.get(oid);
    if (values === undefined) continue;
    if (values.length !== 1) refuse('the attribute of ESSCertID has not one value');
    const fields = new Fields(values[0]!, kSequence, 'the certificates of the signer');
    const list = fields.take(kSequence).parts.map((part) => named_from(part, is_v2));
    fields.may(kSequence);
    fields.end();
    if (list.length === 0) refuse('an ESSCertID names nothing');
    out.push(list);
  }
  return out;
}

/** The named ones, the first being the candidate and each other one among all. */
async function are_named(list: Named[], candidate: Certificate, all: Certificate[]): Promise<boolean> {
  for (const [i, named] of list.entries()) {
    let found = false;
    for (const each of i === 0 ? [candidate] : all) found ||= await is_named(named, each);
    if (!found) return false;
  }
  return true;
}

/** By issuer and serial, and by the hash in ESSCertID: no other is ever the signer, whatever stands in the token. */
async function find_signer(signer: Signer, all: Certificate[]): Promise<Certificate> {
  const candidates = all.filter((each) => same_value(each.issuer, signer.issuer) && same_value(each.serial, signer.serial));
  if (candidates.length === 0) refuse("the signer's certificate is neither in the token nor given");
  const lists = named_lists(signer);
  for (const candidate of lists.length === 0 ? [] : candidates) {
    let holds = true;
    for (const list of lists) holds &&= await are_named(list, candidate, all);
    if (holds) return candidate;
  }
  return refuse("no certificate has both the signer's issuer and serial and the hash in ESSCertID");
}

/** The only value of a signed attribute. */
function attribute(signer: Signer, name: string, what: string): Der {
  const values = signer.attributes.get(name);
  return values?.length === 1 ? values[0]! : refuse(`the token's signature: ${what} is not signed once`);
}

async function check_signature(token: Token, certificate: Certificate): Promise<void> {
  const { signer } = token;
  const type = attribute(signer, kContentType, 'the type of what is signed');
  const stated = attribute(signer, kMessageDigest, 'the digest of what is signed');
  if (oid_text(type) !== kTstInfo) refuse("the token's signature: what is signed is no TSTInfo");
  if (stated.tag !== kOctets || !same(stated.content, await digest(signer.hash, token.content))) refuse("the token's signature: another digest was signed");
  if (!(await check_signed(key_of_spki(certificate.spki), signer.algorithm, signer.signature, signer.signed, signer.hash))) refuse("the token's signature: it does not hold");
  if (!is_valid_at(certificate, token.at)) refuse("the token's signature: the certificate has expired, or was not valid yet");
}

/** Whom the reader believes: by the SHA-256 of a certificate, the signer's own or one above it. */
export interface Authority {
  name: string;
  sha256: string;
}

/** A token over `bytes` that holds: when they were there, and the first authority that vouches, null when none does. */
export async function check_token(token_bytes: Uint8Array, bytes: Uint8Array, authorities: Authority[], more: Certificate[]): Promise<{ not_after: number; by: string | null; signer: string }> {
  const token = token_from(token_bytes);
  const all = [...token.certificates, ...more];
  const certificate = await find_signer(token.signer, all);
  check_for_stamping(certificate);
  await check_signature(token, certificate);
  if (!same(token.imprint.digest, await digest(token.imprint.hash, bytes))) refuse('the token is over other bytes: its imprint differs');
  const signer = hex_of(certificate.serial.content);
  for (const authority of authorities) {
    const anchor = all.find((each) => each.sha256 === authority.sha256);
    if (anchor !== undefined && (await leads_to(certificate, anchor, all, token.at))) return { not_after: token.not_after, by: authority.name, signer };
  }
  return { not_after: token.not_after, by: null, signer };
}

/** The token in a TimeStampResp, which is what follows its status; a token is given back as it is. */
export function token_in(response: Uint8Array): Uint8Array {
  if (response.length > kMaxTokenBytes) refuse('a response is longer than 1 MiB');
  const no_response = 'that is neither a time-stamp response nor a token';
  let parts: Der[];
  try {
    parts = der_from(response).parts;
  } catch (error) {
    if (error instanceof Malformed) return refuse(`${no_response}: ${error.message}`);
    throw error;
  }
  if (parts[0]?.tag === kOid) return response;
  const status = parts[0]?.tag === kSequence ? parts[0].parts[0] : undefined;
  if (status?.tag !== kInteger || parts.length > 2) return refuse(no_response);
  if (status.content.length !== 1 || status.content[0]! > 1) return refuse('the authority granted no time stamp');
  return parts[1]?.whole ?? refuse(no_response);
}

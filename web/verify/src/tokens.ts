// tokens/: proofs of time over heads of this log. spec/time.md.
import { hex_of, Malformed, refuse } from './bytes';
import { certificate_from, kMaxCertificateBytes, type Certificate } from './certificate';
import { sha256 } from './digest';
import type { Listed } from './files';
import { open_head } from './head';
import type { Tree } from './merkle';
import { kMaxNoteBytes } from './note';
import { block_time, ots_from, type Attestation } from './ots';
import type { Pin } from './pin';
import { NoCrypto } from './public_key';
import { read_whole, type Source } from './source';
import { check_token } from './time_token';
import type { Findings, NotAfter } from './verdict';
import { instant_text, kAheadSeconds } from './witness';

const kFolder = 'tokens/';
const kCertificates = 'certificates';
const kMaxProofBytes = 1 << 20; // of a token or an OpenTimestamps proof

/** Things of one kind that are not checked: how many, and the first. */
class Untold {
  #count = 0;
  #first = '';
  add(first: string): void {
    if (this.#count === 0) this.#first = first;
    this.#count += 1;
  }
  tell(what: string, findings: Findings): void {
    if (this.#count > 0) findings.leave_open(what, this.#count, this.#first);
  }
}

/** A head over which something was stamped. */
interface Stamped {
  size: number;
  note: Uint8Array;
}

class TimeCheck {
  readonly #certificates: Certificate[] = [];
  readonly #heads = new Map<string, Stamped | null>();
  readonly #proved: NotAfter[] = [];
  readonly #strangers = new Untold();
  readonly #pending = new Untold();
  readonly #blocks = new Untold();
  readonly #others = new Untold();
  readonly #no_crypto = new Untold();
  #proofs = 0;
  #by_authority = false; // some proof rests on a certificate

  constructor(readonly source: Source, readonly listed: Listed, readonly pin: Pin, readonly tree: Tree, readonly findings: Findings) {}

  async run(): Promise<void> {
    const paths = [...this.listed.stamps.keys()].filter((path) => path.startsWith(kFolder)).sort();
    const placed = paths.map((path) => {
      const rest = path.slice(kFolder.length);
      const slash = rest.indexOf('/');
      if (slash < 0) this.#wrong(path, 'nothing of that name belongs here');
      return { path, folder: rest.slice(0, Math.max(0, slash)), name: rest.slice(slash + 1), is_placed: slash >= 0 };
    }).filter((each) => each.is_placed);
    for (const { path, folder, name } of placed) if (folder === kCertificates) await this.#certificate(path, name);
    for (const { path, folder, name } of placed) if (folder !== kCertificates) await this.#file(path, folder, name);
    this.#tell();
  }

  #wrong(path: string, message: string): void {
    this.findings.add('time', path, null, message);
  }

  /** The bytes of a file; null and a failure when it is longer than any of its kind. */
  async #read(path: string, limit: number): Promise<Uint8Array | null> {
    if ((this.source.size(path) ?? 0) <= limit) return read_whole(this.source, path, limit);
    this.#wrong(path, `it is longer than ${limit} bytes`);
    return null;
  }

  async #certificate(path: string, name: string): Promise<void> {
    const bytes = await this.#read(path, kMaxCertificateBytes);
    if (bytes === null) return;
    this.findings.attempt('time', path, null, () => {
      const certificate = certificate_from(bytes);
      if (name !== `${certificate.sha256}.der`) refuse('it is not named by its SHA-256');
      this.#certificates.push(certificate);
    });
  }

  async #file(path: string, folder: string, name: string): Promise<void> {
    const kind = name === 'checkpoint' ? name : /^[^/]*\.(tst|ots)$/.exec(name)?.[1];
    if (kind === undefined) return this.#wrong(path, 'nothing of that name belongs here');
    const head = await this.#head(path, folder);
    if (head === null || kind === 'checkpoint') return;
    const bytes = await this.#read(path, kMaxProofBytes);
    this.#proofs += 1;
    if (bytes === null) return;
    if (kind === 'tst') await this.#token(path, bytes, head);
    else this.#ots(path, bytes, folder, head);
  }

  /** The head of a folder, when it is one of this log's; checked once, by the first file there. */
  async #head(path: string, folder: string): Promise<Stamped | null> {
    const known = this.#heads.get(folder);
    if (known !== undefined) return known;
    const note = `${kFolder}${folder}/checkpoint`;
    const bytes = this.source.size(note) === null ? null : await this.#read(note, kMaxNoteBytes);
    const head = this.findings.attempt('time', path, null, () => {
      if (bytes === null) return refuse('the head that it is over is not here');
      if (hex_of(sha256(bytes)) !== folder) refuse('the folder is not named by the SHA-256 of the head in it');
      const opened = open_head(bytes, this.pin);
      if (opened.size > this.tree.size || hex_of(this.tree.root(opened.size)) !== opened.root) refuse("the head that was stamped is none of this log's");
      return { size: opened.size, note: bytes };
    }) ?? null;
    this.#heads.set(folder, head);
    return head;
  }

  async #token(path: string, bytes: Uint8Array, head: Stamped): Promise<void> {
    try {
      const { not_after, by, signer } = await check_token(bytes, head.note, this.pin.authorities, this.#certificates);
      if (by === null) this.#strangers.add(signer);
      else {
        this.#proved.push({ size: head.size, time: instant_text(not_after), by });
        this.#by_authority = true;
      }
    } catch (error) {
      if (error instanceof NoCrypto) this.#no_crypto.add(error.message);
      else if (error instanceof Malformed) this.#wrong(path, error.message);
      else throw error;
    }
  }

  #ots(path: string, bytes: Uint8Array, folder: string, head: Stamped): void {
    this.findings.attempt('time', path, null, () => {
      const proof = ots_from(bytes);
      if (!proof.is_sha256 || hex_of(proof.digest) !== folder) refuse('it is over another file than the head beside it');
      for (const attestation of proof.attestations) this.#attestation(path, head.size, attestation);
    });
  }

  #attestation(path: string, size: number, attestation: Attestation): void {
    if (attestation.kind === 'pending') return this.#pending.add(attestation.calendar);
    if (attestation.kind === 'unknown') return this.#others.add(attestation.tag);
    const header = this.pin.blocks.get(String(attestation.height));
    if (header === undefined) return this.#blocks.add(`${attestation.height}, ${hex_of(attestation.message)}`);
    this.findings.attempt('time', path, null, () => {
      this.#proved.push({ size, time: instant_text(block_time(attestation.message, header)), by: `Bitcoin block ${attestation.height}` });
    });
  }

  /** Nobody can have stamped a leaf before it could be written: an authority that dates its token back is found out. */
  #check_bracket({ size, time, by }: NotAfter): void {
    const lower = this.findings.not_before.filter(({ leaf }) => leaf < size).at(-1);
    if (lower === undefined || Date.parse(lower.time) <= Date.parse(time) + kAheadSeconds * 1000) return;
    this.findings.add('time', 'tokens', lower.leaf, `${by} says that ${size} leaves were there by ${time}, and this one binds what ${lower.witness} signed at ${lower.time}`);
  }

  #tell(): void {
    const { findings } = this;
    for (const bound of this.#proved) this.#check_bracket(bound);
    if (this.#by_authority) findings.leave_open('revocation');
    const covered = this.#proved.reduce((most, { size }) => Math.max(most, size), 0);
    findings.prove_not_after(this.#proved);
    findings.count('proofs of time', this.#proofs);
    this.#strangers.tell('tokens by strangers', findings);
    this.#pending.tell('pending attestations', findings);
    this.#blocks.tell('unknown blocks', findings);
    this.#others.tell('other attestations', findings);
    this.#no_crypto.tell('no web crypto', findings);
    if (covered === 0) findings.leave_open('no time tokens');
    else if (covered < this.tree.size) findings.leave_open('newer than proofs of time', covered);
  }
}

export async function check_tokens(source: Source, listed: Listed, pin: Pin, tree: Tree, findings: Findings): Promise<void> {
  await new TimeCheck(source, listed, pin, tree, findings).run();
}


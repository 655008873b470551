// Bytes and their spellings: each value has one, any other is refused.

/** What a parser throws when its input is not in the one form that the format knows. */
export class Malformed extends Error {}

export function refuse(message: string): never {
  throw new Malformed(message);
}

const kHex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const kBase64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const kDigitOf = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i += 1) kDigitOf[kBase64.charCodeAt(i)] = i;

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function bytes_of(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Well-formed UTF-8 as text; refuses anything else. */
export function text_of(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return refuse('not well-formed UTF-8');
  }
}

export function hex_of(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += kHex[byte];
  return out;
}

function nibble(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
}

/** Lower-case hexadecimal digits, two a byte. */
export function from_hex(text: string, size: number): Uint8Array {
  if (text.length !== size * 2) refuse(`not ${size * 2} hexadecimal digits`);
  const out = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) {
    const high = nibble(text.charCodeAt(2 * i));
    const low = nibble(text.charCodeAt(2 * i + 1));
    if (high < 0 || low < 0) refuse('not lower-case hexadecimal digits');
    out[i] = (high << 4) | low;
  }
  return out;
}

export function is_hex(text: string, digits: number): boolean {
  return text.length === digits && /^[0-9a-f]*$/.test(text);
}

function base64_group(text: string, at: number, have: number): number {
  let group = 0;
  for (let k = 0; k < 4; k += 1) {
    const code = text.charCodeAt(at + k);
    const digit = k >= have ? 0 : code < 128 ? kDigitOf[code]! : -1;
    if (digit < 0) refuse('not a digit of base64');
    group = group * 64 + digit;
  }
  return group;
}

/** Standard base64 with padding; unused bits are zero. */
export function from_base64(text: string): Uint8Array {
  if (text.length % 4 !== 0) refuse('base64 text is cut');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const out = new Uint8Array((text.length / 4) * 3 - padding);
  for (let at = 0, to = 0; at < text.length; at += 4, to += 3) {
    const have = at + 4 === text.length ? 4 - padding : 4;
    const group = base64_group(text, at, have);
    if (have < 4 && (group & ((1 << (8 * (4 - have))) - 1)) !== 0) refuse('base64 text has unused bits set');
    out[to] = group >>> 16;
    if (have > 2) out[to + 1] = (group >>> 8) & 255;
    if (have > 3) out[to + 2] = group & 255;
  }
  return out;
}

export function to_base64(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += kBase64[group >>> 18]! + kBase64[(group >>> 12) & 63]!;
    out += i + 1 < bytes.length ? kBase64[(group >>> 6) & 63]! : '=';
    out += i + 2 < bytes.length ? kBase64[group & 63]! : '=';
  }
  return out;
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

export function joined(...pieces: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/** Order of UTF-8 bytes, which is that of code points and not that of UTF-16 units. */
export function compare_texts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const high = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;
    if (high(x) !== high(y)) return high(x) ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

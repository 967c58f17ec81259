/** SHA-256: the browser's own where the page is a secure context, else ours: a town may serve plain http inside its hall. */

import { toHex } from "./uuid";

export async function sha256(bytes: BufferSource): Promise<string> {
  if (typeof crypto !== "undefined" && crypto.subtle) {
    return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  }
  return sha256Plain(ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes));
}

export function sha256Plain(bytes: Uint8Array): string {
  const { first, rounds } = constants();
  const state = Int32Array.from(first);
  const tail = new Uint8Array(bytes.length % 64 < 56 ? 64 : 128);
  const whole = bytes.length - (bytes.length % 64);
  tail.set(bytes.subarray(whole));
  tail[bytes.length % 64] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(tail.length - 4, (bytes.length << 3) >>> 0);
  const words = new Int32Array(64);
  for (let at = 0; at < whole; at += 64) block(state, words, rounds, new DataView(bytes.buffer, bytes.byteOffset + at, 64));
  for (let at = 0; at < tail.length; at += 64) block(state, words, rounds, new DataView(tail.buffer, at, 64));
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => out.setInt32(index * 4, word));
  return toHex(new Uint8Array(out.buffer));
}

function block(state: Int32Array, words: Int32Array, rounds: Int32Array, data: DataView): void {
  for (let i = 0; i < 16; i++) words[i] = data.getInt32(i * 4);
  for (let i = 16; i < 64; i++) {
    const w15 = words[i - 15]!;
    const w2 = words[i - 2]!;
    const s0 = turn(w15, 7) ^ turn(w15, 18) ^ (w15 >>> 3);
    const s1 = turn(w2, 17) ^ turn(w2, 19) ^ (w2 >>> 10);
    words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + rounds[i]! + words[i]!) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = (state[index]! + word) | 0));
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

let known: { first: Int32Array; rounds: Int32Array } | undefined;

/** The standard's constants are the fractions of roots of the first primes; computing them is shorter than listing them. */
function constants(): { first: Int32Array; rounds: Int32Array } {
  if (known) return known;
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (root: number): number => ((root - Math.floor(root)) * 0x100000000) | 0;
  known = {
    first: Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
    rounds: Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
  };
  return known;
}

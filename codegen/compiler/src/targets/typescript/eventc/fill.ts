/** What fills a header: the present, and new ids. */

import type { Timestamp, Uuid } from "./types.js";

/** The present by the clock of the machine. */
export function now(): Timestamp {
  return new Date().toISOString() as Timestamp;
}

/** A new uuid of version 7, which sorts by time. */
export function uuidV7(): Uuid {
  const bytes = random(16);
  new DataView(bytes.buffer).setBigUint64(0, (BigInt(Date.now()) << 16n) | 0x7000n | BigInt(((bytes[6] ?? 0) & 0x0f) << 8) | BigInt(bytes[7] ?? 0));
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") as Uuid;
}

/** By the way that browsers, Node and workers share; its type is in none of ECMAScript's own libraries. */
function random(count: number): Uint8Array {
  const { crypto } = globalThis as unknown as { crypto: { getRandomValues(bytes: Uint8Array): void } };
  const bytes = new Uint8Array(count);
  crypto.getRandomValues(bytes);
  return bytes;
}

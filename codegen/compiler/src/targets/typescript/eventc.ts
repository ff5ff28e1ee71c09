/**
 * Reads and writes events, and says what is wrong with one. What nobody calls is dropped by a bundler; types alone need none of it.
 *
 * ```ts
 * const text = encode(CheckoutOrderPlaced, order); // throws a `Refusal`; what is in the text, every reader takes
 * const event = decode(Events, text);              // throws a `Refusal`
 * const problems = validate(CheckoutOrderPlaced, order);
 * ```
 *
 * Needs ES2022, and TypeScript 5.4 or newer.
 *
 * @packageDocumentation
 */

import { parse, stringify } from "./eventc/json.js";
import { Refusal, start } from "./eventc/problems.js";
import type { Problem } from "./eventc/problems.js";
import type { Type } from "./eventc/types.js";

export { list, map } from "./eventc/collections.js";
export { now, uuidV7 } from "./eventc/fill.js";
export { stringify } from "./eventc/json.js";
export { enumeration, key, newtype } from "./eventc/named.js";
export { boolean, decimal, f32, f64, i16, i32, i64, i8, u16, u32, u64, u8 } from "./eventc/numbers.js";
export { backfilled, event, events, optional, record, union } from "./eventc/objects.js";
export { Refusal } from "./eventc/problems.js";
export type { Problem } from "./eventc/problems.js";
export { bytes, date, ip, json, string, timestamp, uuid } from "./eventc/texts.js";
export type {
  Brand,
  CalendarDate,
  Decimal,
  EventsType,
  EventType,
  Json,
  Newtype,
  Only,
  Optional,
  Other,
  Present,
  RecordType,
  Some,
  Timestamp,
  Type,
  Uuid,
} from "./eventc/types.js";

/**
 * An event as JSON, with the members of its type and no others. Integers of 64 bits are numbers with all of their digits.
 *
 * @throws A {@link Refusal} with all that is wrong with it.
 */
export function encode<T>(type: Type<T>, value: NoInfer<T>): string {
  return stringify(read(type, value, false));
}

/**
 * An event from JSON, whichever of its versions wrote it. Members that the type does not have are left out.
 *
 * @throws A {@link Refusal} with all that is wrong with it.
 */
export function decode<T>(type: Type<T>, text: string): T {
  return read(type, parse(text), true);
}

/** All that is wrong with a value; an empty list if `encode` would take it. */
export function validate(type: Type<unknown>, value: unknown): readonly Problem[] {
  const reading = start(type, false);
  type.read(value, "", reading);
  return reading.problems;
}

function read<T>(type: Type<T>, value: unknown, wire: boolean): T {
  const reading = start(type, wire);
  const result = type.read(value, "", reading);
  if (reading.problems.length > 0) {
    throw new Refusal(reading.typeName, reading.problems);
  }
  return result;
}

/** Newtypes, enums, and values that place an event. */

import { callable, oneOf, refuse, reject } from "./problems.js";
import type { Newtype, Reading, Type } from "./types.js";

/** What holds for the values of a newtype. */
export interface Rules {
  /** Characters of a text, bytes of bytes, items of a list, entries of a map. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** What the text must match, somewhere. */
  readonly pattern?: string;
  /** The ends of a range: of integers, of numbers, or of decimals as text. */
  readonly min?: bigint | number | string;
  readonly max?: bigint | number | string;
  /** Whether it places events. */
  readonly key?: boolean;
  /** Whether it is an integer of 64 bits that is a `number`, as its range has 53. */
  readonly safe?: boolean;
  /** Whether it is personal data. */
  readonly personal?: boolean;
}

export function newtype<T, Given>(typeName: string, of: () => Type<unknown>, rules: Rules = {}): Newtype<T, Given> {
  const read = (value: unknown, path: string, reading: Reading): T => {
    const inner = of();
    const before = reading.problems.length;
    const isNumber = rules.safe === true && !reading.wire;
    const given = isNumber && Number.isSafeInteger(value) ? BigInt(value as number) : value;
    if (isNumber && typeof value === "bigint") {
      return refuse(reading, path, "an integer as a number", value);
    }
    const read = inner.read(given, path, reading);
    if (reading.problems.length > before) {
      return undefined as never;
    }
    const { place } = inner;
    if (place !== undefined && (place.always || rules.key === true) && !place.stands(read)) {
      return reject(reading, path, place.expected);
    }
    const broken = breaks(read, inner.typeName, rules);
    if (broken !== undefined) {
      return reject(reading, path, `a \`${typeName}\` ${broken}`);
    }
    return (rules.safe === true ? Number(read) : read) as T;
  };
  return callable<T, Given>({ typeName, read, personal: rules.personal === true });
}

/** The rule that a value breaks, in words. */
function breaks(value: unknown, typeName: string, rules: Rules): string | undefined {
  const { minLength = 0, maxLength = Infinity, pattern, min, max } = rules;
  if (rules.minLength !== undefined || rules.maxLength !== undefined) {
    const length = lengthOf(value, typeName);
    if (length < minLength || length > maxLength) {
      return `of length ${minLength} to ${maxLength}`;
    }
  }
  if (pattern !== undefined && !new RegExp(pattern, "u").test(String(value))) {
    return `that matches ${pattern}`;
  }
  if (min !== undefined && isLess(value, min, typeName)) {
    return `of at least ${min}`;
  }
  if (max !== undefined && isLess(max, value, typeName)) {
    return `of at most ${max}`;
  }
  return undefined;
}

function lengthOf(value: unknown, typeName: string): number {
  if (typeof value === "string") {
    // Four letters of base64 are three bytes, without those that the padding stands for.
    return typeName === "bytes" ? (value.length / 4) * 3 - (value.split("=").length - 1) : [...value].length;
  }
  return Object.keys(value as object).length;
}

function isLess(one: unknown, other: unknown, typeName: string): boolean {
  switch (typeName) {
    case "decimal":
      return scaled(String(one)) < scaled(String(other));
    case "f32":
      // A bound is rounded as values are.
      return Math.fround(Number(one)) < Math.fround(Number(other));
    default:
      return (one as number | bigint) < (other as number | bigint);
  }
}

/** A decimal number as an integer, at the greatest scale there is. */
function scaled(text: string): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(38, "0"));
}

export function enumeration<T extends string>(typeName: string, values: readonly string[], open = false): Type<T> {
  const expected = oneOf(typeName, values, "a value");
  return {
    typeName,
    read(value, path, reading) {
      const isKnown = typeof value === "string" && (values.includes(value) || (open && value !== ""));
      return isKnown ? (value as T) : refuse(reading, path, expected, value);
    },
  };
}

/** A value of a built-in type that places an event: it is none that stands for nothing. */
export function key<T>(type: Type<T>): Type<T> {
  const { place } = type;
  if (place === undefined) {
    return type;
  }
  return {
    typeName: type.typeName,
    read(value, path, reading) {
      const before = reading.problems.length;
      const read = type.read(value, path, reading);
      const isRead = reading.problems.length === before;
      return isRead && !place.stands(read) ? reject(reading, path, place.expected) : read;
    },
  };
}

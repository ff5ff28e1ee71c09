/** What is wrong with a value. No value stands in the words of it: some are personal. */

import type { Newtype, Place, Reading, Type } from "./types.js";

/** One thing that is wrong with a value. */
export interface Problem {
  /** Where: `lines[2].price.amount`; empty for the whole. */
  readonly path: string;
  /** What: "expected a uuid, found null". */
  readonly message: string;
}

/** A value was refused. */
export class Refusal extends Error {
  /** All that is wrong with it. */
  readonly problems: readonly Problem[];

  constructor(typeName: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
    super(`${typeName}: ${lines.join("; ")}`);
    this.name = "Refusal";
    this.problems = problems;
  }
}

/** Begins to read a value. */
export function start({ typeName }: Type<unknown>, wire: boolean): Reading {
  return { wire, typeName, problems: [], version: 1, current: 1 };
}

/** Notes that a value is not what was expected. What it gives is never handed out. */
export function refuse(reading: Reading, path: string, expected: string, found: unknown): never {
  reading.problems.push({ path, message: `expected ${expected}, found ${kind(found, expected, reading.wire)}` });
  return undefined as never;
}

/** Notes that a value is of the right kind, and still none of those that were expected. */
export function reject(reading: Reading, path: string, expected: string): never {
  reading.problems.push({ path, message: `expected ${expected}, found another one` });
  return undefined as never;
}

/** What a value is, without saying which; `another integer` where one was expected. */
export function kind(value: unknown, expected: string, wire: boolean): string {
  if (value === undefined) {
    return "nothing";
  }
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return "a list";
  }
  const integer = expected.startsWith("an integer") ? "another integer" : "an integer";
  const isForBigint = expected.endsWith("bigint");
  switch (typeof value) {
    case "string":
      return lengthInWords([...value].length);
    case "number":
      if (!Number.isInteger(value)) {
        return Number.isFinite(value) ? "a number with a fraction" : "a number that is not finite";
      }
      return isForBigint ? "a number" : integer;
    case "bigint":
      return wire || isForBigint ? integer : "a bigint";
    case "boolean":
    case "function":
      return `a ${typeof value}`;
    default:
      return value instanceof Date ? "a `Date`" : "an object";
  }
}

function lengthInWords(length: number): string {
  return length === 0 ? "an empty text" : `a text of ${length} ${length === 1 ? "character" : "characters"}`;
}

/** One of some texts, or of a type with more of them than anybody reads. */
export function oneOf(typeName: string, texts: readonly string[], what: string): string {
  return texts.length > 8 ? `${what} of \`${typeName}\`` : "one of " + texts.map((text) => `\`${text}\``).join(", ");
}

/** A built-in type that is called to check one value of it. */
export function scalar<T, Given>(typeName: string, read: Type<T>["read"], place?: Place): Newtype<T, Given> {
  return callable<T, Given>({ typeName, read, ...(place === undefined ? {} : { place }) });
}

/** A type that can be called. */
export function callable<T, Given>(type: Type<T>): Newtype<T, Given> {
  const make = (given: Given): T => {
    const reading = start(type, false);
    const value = type.read(given, "", reading);
    if (reading.problems.length > 0) {
      throw new Refusal(type.typeName, reading.problems);
    }
    return value;
  };
  return Object.assign(make, type);
}

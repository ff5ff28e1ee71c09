/** Numbers and booleans. */

import { refuse, scalar } from "./problems.js";
import type { Decimal, Newtype, Reading, Type } from "./types.js";

export const boolean: Type<boolean> = {
  typeName: "bool",
  read: (value, path, reading) =>
    typeof value === "boolean" ? value : refuse(reading, path, "a boolean", value),
};

export const i8: Type<number> = /* @__PURE__ */ small("i8", -128, 127);
export const i16: Type<number> = /* @__PURE__ */ small("i16", -32768, 32767);
export const i32: Type<number> = /* @__PURE__ */ small("i32", -2147483648, 2147483647);
export const u8: Type<number> = /* @__PURE__ */ small("u8", 0, 255);
export const u16: Type<number> = /* @__PURE__ */ small("u16", 0, 65535);
export const u32: Type<number> = /* @__PURE__ */ small("u32", 0, 4294967295);
export const i64: Type<bigint> = /* @__PURE__ */ large("i64", "an integer of 64 bits", -(2n ** 63n), 2n ** 63n - 1n);
export const u64: Type<bigint> = /* @__PURE__ */ large("u64", "an integer of 64 bits from 0", 0n, 2n ** 64n - 1n);

function small(typeName: string, least: number, greatest: number): Type<number> {
  const expected = `an integer from ${least} to ${greatest}`;
  return {
    typeName,
    read(value, path, reading) {
      const isInteger = reading.wire ? typeof value === "bigint" : Number.isInteger(value);
      const number = Number(value);
      if (!isInteger || number < least || number > greatest) {
        return refuse(reading, path, expected, value);
      }
      // Zero has no sign.
      return number + 0;
    },
  };
}

/** In memory a `bigint` alone: a `number` may have been rounded before it came here. */
function large(typeName: string, expected: string, least: bigint, greatest: bigint): Type<bigint> {
  return {
    typeName,
    read: (value, path, reading) =>
      typeof value === "bigint" && value >= least && value <= greatest
        ? value
        : refuse(reading, path, reading.wire ? expected : `${expected} as a bigint`, value),
  };
}

export const f64: Type<number> = /* @__PURE__ */ float("f64", "a finite number", Number.isFinite);
export const f32: Type<number> = /* @__PURE__ */ float("f32", "a finite number of 32 bits", (value) =>
  Number.isFinite(Math.fround(value)),
);

function float(typeName: string, expected: string, fits: (value: number) => boolean): Type<number> {
  return {
    typeName,
    read(value, path, reading) {
      const number = reading.wire && typeof value === "bigint" ? Number(value) : value;
      return typeof number === "number" && fits(number) ? number : refuse(reading, path, expected, value);
    },
  };
}

/** As many digits as stores keep. */
const DIGITS = 38;

/** Checks a decimal number: `decimal("12.50")`. */
export const decimal: Newtype<Decimal, string> = /* @__PURE__ */ scalar("decimal", readDecimal);

function readDecimal(value: unknown, path: string, reading: Reading): Decimal {
  // An integer is exact; a fraction has been through binary floating point already.
  const text = reading.wire && typeof value === "bigint" ? String(value) : value;
  const parts = typeof text === "string" ? /^-?(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text) : null;
  const [, whole = "", fraction = ""] = parts ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  if (parts === null || digits.length > DIGITS || fraction.length > DIGITS) {
    return refuse(reading, path, 'a decimal number as text, like "12.50"', value);
  }
  return text as Decimal;
}

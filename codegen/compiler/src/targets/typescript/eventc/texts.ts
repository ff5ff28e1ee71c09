/** Texts of a form, and JSON of any. */

import { put } from "./collections.js";
import { isUnicode, isWide } from "./json.js";
import { refuse, reject, scalar } from "./problems.js";
import type { CalendarDate, Json, Newtype, Place, Reading, Timestamp, Type, Uuid } from "./types.js";

export const string: Type<string> = {
  typeName: "string",
  read(value, path, reading) {
    if (typeof value !== "string") {
      return refuse(reading, path, "a text", value);
    }
    return isUnicode(value) ? value : reject(reading, path, "a text of whole characters");
  },
};

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** The bits of the last letter that no byte takes are zero. */
const SPARE = /[AQgw]==$|[AEIMQUYcgkosw048]=$|[^=]$|^$/;

/** Base64 with its padding. */
export const bytes: Type<string> = {
  typeName: "bytes",
  read: (value, path, reading) =>
    typeof value === "string" && BASE64.test(value) && SPARE.test(value)
      ? value
      : refuse(reading, path, "bytes in base64", value),
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Checks a uuid in its form with hyphens. */
export const uuid: Newtype<Uuid, string> = /* @__PURE__ */ scalar(
  "uuid",
  (value, path, reading) =>
    typeof value === "string" && UUID.test(value) ? (value as Uuid) : refuse(reading, path, "a uuid", value),
  { expected: "a uuid that is not nil", stands: (value) => !/^[0-]*$/.test(String(value)), always: true },
);

const inThisCentury = (value: unknown): boolean => /^20[0-9][0-9]|^2100/.test(String(value));

const DATE: Place = { expected: "a date of the years 2000 to 2100", stands: inThisCentury, always: false };

/** Checks a day of the calendar: `date("2026-11-23")`. */
export const date: Newtype<CalendarDate, string> = /* @__PURE__ */ scalar("date", readDate, DATE);

function readDate(value: unknown, path: string, reading: Reading): CalendarDate {
  const isDay = typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && milliseconds(value) !== undefined;
  if (!isDay || value.startsWith("0000")) {
    return refuse(reading, path, "a date like 2026-11-23", value);
  }
  return value as CalendarDate;
}

/** The start of a day in milliseconds since 1970; nothing if the calendar does not have it. */
function milliseconds(day: string): number | undefined {
  const start = Date.parse(`${day}T00:00:00Z`);
  // The 30th of February is read as a day of March.
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(day) ? start : undefined;
}

const INSTANT = /^(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

const TIME: Place = { expected: "a time of the years 2000 to 2100", stands: inThisCentury, always: false };

/** Checks an instant, and brings it to UTC and to microseconds: `timestamp("2026-11-23T07:00:00+02:00")`, `timestamp(date.toISOString())`. */
export const timestamp: Newtype<Timestamp, string> = /* @__PURE__ */ scalar("timestamp", readTimestamp, TIME);

function readTimestamp(value: unknown, path: string, reading: Reading): Timestamp {
  const text = typeof value === "string" ? instant(value) : undefined;
  return text ?? refuse(reading, path, "a time like 2026-11-23T05:00:00Z", value);
}

function instant(text: string): Timestamp | undefined {
  const parts = INSTANT.exec(text);
  const [, day = "", hour = "", minute = "", second = "", fraction = "", sign, hours = "0", minutes = "0"] = parts ?? [];
  const start = milliseconds(day);
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60;
  const isOffset = Number(hours) < 24 && Number(minutes) < 60;
  if (parts === null || start === undefined || !isTime || !isOffset) {
    return undefined;
  }
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === "-" ? -1 : 1);
  const at = new Date(start + (seconds - offset) * 1000);
  const year = at.getUTCFullYear();
  // A 60th second is a leap second, which only ever ends a day in UTC; it is read as the second after it.
  const isLeap = Number(second) === 60 && at.getTime() % 86_400_000 !== 0;
  if (isLeap || year < 1 || year > 9999) {
    return undefined;
  }
  return `${at.toISOString().slice(0, 19)}${fraction.slice(0, 7)}Z` as Timestamp;
}

const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** An address of IPv4 or IPv6. */
export const ip: Type<string> = {
  typeName: "ip",
  read: (value, path, reading) =>
    typeof value === "string" && (V4.test(value) || isV6(value))
      ? value
      : refuse(reading, path, "an ip address", value),
};

function isV6(text: string): boolean {
  const halves = text.split("::");
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1)?.at(-1) ?? "";
  // The last two groups may be an address of IPv4.
  const isMixed = V4.test(last);
  const all = groups.flat();
  const plain = isMixed ? all.slice(0, -1) : all;
  const count = plain.length + (isMixed ? 2 : 0);
  const isWhole = halves.length === 1 ? count === 8 : halves.length === 2 && count < 8;
  return isWhole && plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
}

export const json: Type<Json> = { typeName: "json", read: readJson };

/** JSON as a value of memory: an integer is a `number` where that has all of its digits. */
function readJson(value: unknown, path: string, reading: Reading): Json {
  if (value === null || typeof value === "boolean") {
    return value;
  }
  if (typeof value === "string") {
    return string.read(value, path, reading);
  }
  if (typeof value === "bigint") {
    const number = Number(value);
    if (reading.wire && Number.isSafeInteger(number)) {
      return number;
    }
    return isWide(value) ? value : refuse(reading, path, "an integer of 64 bits", value);
  }
  if (typeof value === "number") {
    return Number.isFinite(value) ? value : refuse(reading, path, "a finite number", value);
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => readJson(item, `${path}[${index}]`, reading));
  }
  if (typeof value !== "object") {
    return refuse(reading, path, "a value of JSON", value);
  }
  const result: Record<string, Json> = {};
  const members = value instanceof Map ? value.entries() : Object.entries(value as object);
  for (const [name, member] of members as Iterable<[string, unknown]>) {
    if (member !== undefined) {
      put(result, name, readJson(member, `${path}.${name}`, reading));
    }
  }
  return result;
}

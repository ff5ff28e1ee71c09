/** What generated types are made of. */

import type { Problem } from "./problems.js";

/** A UUID in its form with hyphens, as `crypto.randomUUID()` gives it. */
export type Uuid = `${string}-${string}-${string}-${string}-${string}`;

/** An exact decimal number of at most 38 digits as text, so that no reader rounds it: `"12.50"`. */
export type Decimal = `${number}`;

/** A day of the calendar: `"2026-11-23"`. */
export type CalendarDate = `${number}-${number}-${number}`;

/** An instant in UTC, to the microsecond: `"2026-11-23T05:00:00.250Z"`. `timestamp(text)` checks one. */
export type Timestamp = `${number}-${number}-${number}T${number}:${number}:${number}Z`;

/** Any JSON value. Integers that a `number` has not all digits of are `bigint`. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

declare const brand: unique symbol;

/** Tells a newtype from others of the same form. Only its own function makes one, and checks it. */
export interface Brand<Name extends string> {
  readonly [brand]: Name;
}

/** A value of an enum that was not known when this was written; readers keep it as it is. */
export type Other = string & Record<never, never>;

/** The members of a context that an event may have: all that are required, or none. */
export type Optional<T> = T | { readonly [Name in keyof T]?: undefined };

/** The members of one of many contexts that an event may have. */
export type Some<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** None of the other variants. */
export type Only<Names extends string, Name extends Names> = {
  readonly [Other in Exclude<Names, Name>]?: undefined;
};

/** A member that is there: one that is null is absent. */
export type Present<T> = Exclude<T, null>;

/** A type as a value: what `encode`, `decode` and `validate` go by. */
export interface Type<out T> {
  /** Its name in errors. */
  readonly typeName: string;
  /** Reads a value, and notes what is wrong with it; then what is returned is no value of the type. */
  readonly read: (value: unknown, path: string, reading: Reading) => T;
  /** What a value that places an event may not be. */
  readonly place?: Place;
  /** Whether its values are personal data, and so not shown in errors. */
  readonly personal?: boolean;
}

/** What a value that places an event has to be. */
export interface Place {
  readonly expected: string;
  readonly stands: (value: unknown) => boolean;
  /** Whether that holds for every newtype, and not for those alone that place events. */
  readonly always: boolean;
}

/** A type whose values are made by calling it. */
export interface Newtype<out T, in Given> extends Type<T> {
  /**
   * The value, checked.
   *
   * @throws A `Refusal` if it breaks the rules of the type.
   */
  (value: Given): T;
}

/** A member of an object. */
export interface Member<out T = unknown> extends Type<T> {
  readonly optional?: true;
  /** What a reader takes in a message that is older than the member: JSON. */
  readonly backfill?: { readonly since: number; readonly json: string };
}

/** The members of an object, by their names on the wire. */
export interface Members {
  readonly [name: string]: Member;
}

/** A type of objects. */
export interface RecordType<out T> extends Type<T> {
  readonly members: () => Members;
}

/** An event. */
export interface EventType<out T> extends Type<T> {
  readonly event: string;
  readonly version: number;
}

/** One of several events. */
export interface EventsType<out T> extends Type<T> {
  readonly all: () => readonly EventType<unknown>[];
}

/** A value being read. */
export interface Reading {
  /** Whether it comes from JSON, where integers are `bigint` and objects are a `Map`. */
  readonly wire: boolean;
  /** What is read, for errors: the event, once it is known which it is. */
  typeName: string;
  readonly problems: Problem[];
  /** The version of the event that wrote it, and the one that reads it. */
  version: number;
  current: number;
}

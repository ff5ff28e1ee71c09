/** Lists and maps, and the members of any object. */

import { refuse } from "./problems.js";
import type { Reading, Type } from "./types.js";

export function list<T>(item: Type<T>): Type<readonly T[]> {
  return {
    typeName: "list",
    read(value, path, reading) {
      if (!Array.isArray(value)) {
        return refuse(reading, path, "a list", value);
      }
      return value.map((it, index) => item.read(it, `${path}[${index}]`, reading));
    },
  };
}

export function map<T>(key: Type<string>, entry: Type<T>): Type<{ readonly [name: string]: T }> {
  return {
    typeName: "map",
    read(value, path, reading) {
      const members = membersOf(value, reading);
      if (members === undefined) {
        return refuse(reading, path, "an object", value);
      }
      const result: Record<string, T> = {};
      for (const [name, member] of members) {
        const at = below(path, key.personal === true ? "<redacted>" : name);
        key.read(name, at, reading);
        put(result, name, entry.read(member, at, reading));
      }
      return result;
    },
  };
}

/** The members of an object by their names; nothing if it is none. A member that is `undefined` is not there. */
export function membersOf(value: unknown, reading: Reading): ReadonlyMap<string, unknown> | undefined {
  if (reading.wire) {
    return value instanceof Map ? value : undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return undefined;
  }
  return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
}

/** Sets a member; one called `__proto__` is a member, too. */
export function put(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}

/** The path of a member. */
export function below(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** What a function gives, made once and when it is needed first: types may need each other. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Records, unions and events. */

import { below, membersOf, once, put } from "./collections.js";
import { parse } from "./json.js";
import { kind, oneOf, refuse } from "./problems.js";
import type { EventsType, EventType, Member, Members, Reading, RecordType, Type } from "./types.js";

/** A member, or all members of a context, that may be absent. */
export function optional<T, Of extends Type<T>>(type: Of & Type<T>): Of & { readonly optional: true } {
  return { ...type, read: type.read, optional: true };
}

/** A required member that messages of versions before `since` do not have. */
export function backfilled<T>(type: Type<T>, since: number, json: string): Member<T> {
  return { typeName: type.typeName, read: type.read, backfill: { since, json } };
}

export function record<T>(typeName: string, make: () => Members): RecordType<T> {
  const members = once(make);
  return {
    typeName,
    members,
    read(value, path, reading) {
      const given = membersOf(value, reading);
      if (given === undefined) {
        return refuse(reading, path, "an object", value);
      }
      const result = {};
      readMembers(result, members(), given, path, reading);
      return result as T;
    },
  };
}

function readMembers(
  result: object,
  members: Members,
  given: ReadonlyMap<string, unknown>,
  path: string,
  reading: Reading,
): void {
  for (const [name, member] of Object.entries(members)) {
    const value = given.get(name);
    const at = below(path, name);
    if (value !== undefined && value !== null) {
      put(result, name, member.read(value, at, reading));
    } else if (isOlder(member, reading)) {
      put(result, name, member.read(parse(member.backfill.json), at, reading));
    } else if (member.optional !== true) {
      refuse(reading, at, `a value of \`${member.typeName}\``, value);
    }
  }
}

/** Whether a message was written before the member was. */
function isOlder(member: Member, reading: Reading): member is Member & { readonly backfill: object } {
  const { backfill } = member;
  return reading.wire && backfill !== undefined && reading.version < Math.min(backfill.since, reading.current);
}

/** One of several types: `{"card": …}`, or, with a tag, `{"kind": "card", …}`. */
export function union<T>(typeName: string, make: () => { readonly [name: string]: Type<unknown> }, tag?: string): Type<T> {
  const variants = once(() => new Map(Object.entries(make())));
  return {
    typeName,
    read(value, path, reading) {
      const given = membersOf(value, reading);
      if (given === undefined) {
        return refuse(reading, path, "an object", value);
      }
      const all = variants();
      if (tag !== undefined) {
        const name = given.get(tag);
        const variant = typeof name === "string" ? all.get(name) : undefined;
        if (variant === undefined) {
          return refuse(reading, below(path, tag), oneOf(typeName, [...all.keys()], "the name of a variant"), name);
        }
        const result = {};
        put(result, tag, name);
        const inner = variant.read(value, path, reading);
        Object.entries(inner ?? {}).forEach(([name, member]) => put(result, name, member));
        return result as T;
      }
      const found = [...given].filter(([name, member]) => all.has(name) && member !== null);
      const [[name, member] = ["", undefined]] = found;
      const variant = all.get(name);
      if (found.length !== 1 || variant === undefined) {
        const expected = found.length === 0 ? oneOf(typeName, [...all.keys()], "a variant") : `one variant of \`${typeName}\``;
        reading.problems.push({ path, message: `expected ${expected}, found ${found.length === 0 ? "none" : "several"}` });
        return undefined as never;
      }
      const result = {};
      put(result, name, variant.read(member, below(path, name), reading));
      return result as T;
    },
  };
}

/** An event: the members of its header and its contexts, and its own. */
export function event<T>(
  name: string,
  version: number,
  makeParts: () => readonly (RecordType<unknown> & { readonly optional?: true })[],
  make: () => Members,
): EventType<T> {
  const [parts, members] = [once(makeParts), once(make)];
  return {
    typeName: name,
    event: name,
    version,
    read(value, path, reading) {
      reading.typeName = name;
      const given = membersOf(value, reading);
      if (given === undefined) {
        return refuse(reading, path, "an object", value);
      }
      // In JSON the name may be left out where it is clear, and a message without a version is of the present one.
      const named = given.get("event") ?? (reading.wire ? name : undefined);
      if (named !== name) {
        // Names of events are nobody's secret.
        const found = typeof named === "string" ? `"${named}"` : kind(named, "", reading.wire);
        reading.problems.push({ path: "event", message: `expected "${name}", found ${found}` });
        return undefined as never;
      }
      const written = given.get("version") ?? (reading.wire ? BigInt(version) : undefined);
      const isVersion = reading.wire
        ? typeof written === "bigint" && written >= 1n && written <= 0xffffffffn
        : written === version;
      if (!isVersion) {
        return refuse(reading, "version", reading.wire ? "an integer from 1" : String(version), written);
      }
      reading.version = Number(written);
      reading.current = version;
      const result = { event: name, version };
      for (const part of parts()) {
        const members = part.members();
        if (part.optional !== true || Object.keys(members).some((name) => isThere(given.get(name)))) {
          readMembers(result, members, given, "", reading);
        }
      }
      readMembers(result, members(), given, "", reading);
      return result as T;
    },
  };
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** One of several events, by its name. */
export function events<T>(
  typeName: string,
  members: () => { readonly [name: string]: EventType<unknown> | EventsType<unknown> },
): EventsType<T> {
  const all = (): readonly EventType<unknown>[] =>
    Object.values(members()).flatMap((member) => ("all" in member ? member.all() : [member]));
  const byName = once(() => new Map(all().map((event) => [event.event, event])));
  return {
    typeName,
    all,
    read(value, path, reading) {
      const given = membersOf(value, reading);
      if (given === undefined) {
        return refuse(reading, path, "an object", value);
      }
      const name = given.get("event");
      const event = typeof name === "string" ? byName().get(name) : undefined;
      if (event === undefined) {
        const found = typeof name === "string" ? `no event is called \`${name}\`` : "it does not say which event it is";
        reading.problems.push({ path: "event", message: found });
        return undefined as never;
      }
      return event.read(value, path, reading) as T;
    },
  };
}

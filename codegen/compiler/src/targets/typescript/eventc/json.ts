/** JSON in which no integer loses a digit: `JSON.parse` rounds those of more than 53 bits, and `JSON.stringify` does not know `bigint`. */

import { Refusal, kind } from "./problems.js";

/** Objects and lists may stand in each other this deep. */
const DEPTH = 127;

/** Whether an integer has 64 bits, with a sign or without; readers make a rounded number of any other. */
export function isWide(integer: bigint): boolean {
  return integer >= -(2n ** 63n) && integer < 2n ** 64n;
}

/**
 * The same as `JSON.stringify`, but that a `bigint` is a number with all of its digits, and that what JSON has no form for is refused.
 *
 * @throws A {@link Refusal} for a number that is not finite, a function, a symbol, a text that is not Unicode, or `undefined` in a list.
 */
export function stringify(value: unknown): string {
  const refuse = (what: string): never => {
    throw new Refusal("JSON", [{ path: "", message: `there is no form for ${what}` }]);
  };
  switch (typeof value) {
    case "string":
      return isUnicode(value) ? JSON.stringify(value) : refuse("a text with half a character");
    case "boolean":
      return String(value);
    case "bigint":
      return String(value);
    case "number":
      if (!Number.isFinite(value)) {
        return refuse("a number that is not finite");
      }
      return Object.is(value, -0) ? "-0.0" : String(value);
    case "object":
      break;
    default:
      return refuse(typeof value);
  }
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return `[${value.map(stringify).join(",")}]`;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${stringify(name)}:${stringify(member)}`).join(",")}}`;
}

/** Whether a text has no half of a character in it, which UTF-8 has no form for. */
export function isUnicode(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/**
 * JSON as it was written: an integer of 64 bits is a `bigint`, every other number a `number`, and an object a `Map`.
 *
 * @throws A {@link Refusal} that says where it ends to be JSON.
 */
export function parse(text: string): unknown {
  if (typeof text !== "string") {
    // Who calls `response.json()` has an object of no known type.
    throw new Refusal("JSON", [{ path: "", message: `expected the text itself, found ${kind(text, "", false)}` }]);
  }
  const parser = new Parser(text);
  const value = parser.value(DEPTH);
  parser.end();
  return value;
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null/y;

class Parser {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(depth: number): unknown {
    this.match(SPACE);
    switch (this.text[this.at]) {
      case "{":
        return this.object(depth);
      case "[":
        return this.list(depth);
      case '"':
        return this.string();
      case "t":
      case "f":
      case "n":
        return JSON.parse(this.match(WORD) ?? this.refuse("a value")) as boolean | null;
      default:
        return this.number();
    }
  }

  end(): void {
    this.match(SPACE);
    if (this.at < this.text.length) {
      this.refuse("the end");
    }
  }

  private object(depth: number): Map<string, unknown> {
    const members = new Map<string, unknown>();
    this.each("}", depth, (deeper) => {
      this.match(SPACE);
      const name = this.string();
      if (members.has(name)) {
        this.refuse("each member once");
      }
      this.match(SPACE);
      this.pass(":");
      members.set(name, this.value(deeper));
    });
    return members;
  }

  private list(depth: number): unknown[] {
    const items: unknown[] = [];
    this.each("]", depth, (deeper) => items.push(this.value(deeper)));
    return items;
  }

  /** Passes what stands between brackets, comma by comma. */
  private each(close: string, depth: number, item: (deeper: number) => void): void {
    if (depth === 0) {
      this.refuse(`at most ${DEPTH} levels of objects and lists`);
    }
    this.at += 1;
    this.match(SPACE);
    if (this.text[this.at] === close) {
      this.at += 1;
      return;
    }
    for (;;) {
      item(depth - 1);
      this.match(SPACE);
      if (this.text[this.at] === close) {
        this.at += 1;
        return;
      }
      this.pass(",");
    }
  }

  private string(): string {
    const text = JSON.parse(this.match(STRING) ?? this.refuse("a text")) as string;
    return isUnicode(text) ? text : this.refuse("a text of whole characters");
  }

  private number(): number | bigint {
    const text = this.match(NUMBER) ?? this.refuse("a value");
    if (text !== "-0" && /^-?[0-9]+$/.test(text)) {
      const integer = BigInt(text);
      if (isWide(integer)) {
        return integer;
      }
    }
    const number = Number(text);
    return Number.isFinite(number) ? number : this.refuse("a number of 64 bits");
  }

  private pass(character: string): void {
    if (this.text[this.at] !== character) {
      this.refuse(`\`${character}\``);
    }
    this.at += 1;
  }

  /** What matches here, passed; nothing if nothing does. */
  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const matched = pattern.exec(this.text)?.[0];
    this.at += matched?.length ?? 0;
    return matched;
  }

  private refuse(expected: string): never {
    const found = this.at < this.text.length ? "" : ", where the text ends";
    throw new Refusal("JSON", [{ path: "", message: `expected ${expected} at character ${this.at + 1}${found}` }]);
  }
}

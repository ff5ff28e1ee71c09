// Holds what TypeScript has in memory against the lines that Rust wrote, and writes them itself.
import assert from "node:assert";
import { readFileSync } from "node:fs";

import { Events, decode, encode, validate } from "./out/events/index.js";
import * as samples from "./out/samples.js";

const lines = readFileSync(0, "utf8").split("\n");
lines.forEach((line, number) => {
  const sample = samples[`e${number}`];
  assert.deepStrictEqual(validate(Events, sample), []);
  assert.deepStrictEqual(decode(Events, line), sample, line);
  console.log(encode(Events, sample));
});

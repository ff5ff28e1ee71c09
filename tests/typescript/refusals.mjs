// Prints the numbers of the lines that are read, though none should be.
import { readFileSync } from "node:fs";

import { Events, Refusal, decode, validate } from "./out/events/index.js";

const lines = readFileSync(0, "utf8").split("\n");
lines.forEach((line, number) => {
  try {
    decode(Events, line);
  } catch (error) {
    if (error instanceof Refusal && validate(Events, JSON.parse(line)).length > 0) {
      return;
    }
  }
  console.log(number);
});

// Prints what is said of each line.
import { readFileSync } from "node:fs";

import { Events, Refusal, decode } from "./out/events/index.js";

for (const line of readFileSync(0, "utf8").split("\n")) {
  try {
    decode(Events, line);
    console.log("is read");
  } catch (error) {
    console.log(error instanceof Refusal ? `${error.message.replaceAll("; ", "\n  ")}\n` : error);
  }
}

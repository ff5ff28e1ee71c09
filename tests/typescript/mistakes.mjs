// Prints what is said of mistakes that people make where a value has no type.
import { BackendRequestSuccess, Events, decode, encode, stringify, TenantId } from "./out/events/index.js";

const event = {
  event: "backend.request.success", version: 1, event_id: "019445f2-b0d3-7234-bc36-867756c93a81", occurred_at: "2026-11-23T05:00:00Z",
  tenant_id: "019445f2-b0d3-7234-bc36-867756c93a81", request_id: "019445f2-b0d3-7234-bc36-867756c93a81", route: "GET /", status: 200, duration: 1,
};

const mistakes = {
  "decode of what `response.json()` gives": () => decode(Events, { ...event }),
  "decode of nothing": () => decode(Events, undefined),
  "decode of no text": () => decode(Events, ""),
  "decode of a page": () => decode(Events, "<html>"),
  "a number for a bigint": () => encode(BackendRequestSuccess, { ...event, response_size: 5 }),
  "a bigint for a number": () => encode(BackendRequestSuccess, { ...event, status: 200n }),
  "a bigint that is too great": () => encode(BackendRequestSuccess, { ...event, response_size: 2n ** 64n }),
  "a fraction, and a number that is too great": () => encode(BackendRequestSuccess, { ...event, duration: 1.5, status: 70_000 }),
  "a number as text, and a text as number": () => encode(BackendRequestSuccess, { ...event, status: "200", route: 5 }),
  "a `Date`": () => encode(BackendRequestSuccess, { ...event, occurred_at: new Date(0) }),
  "half a character": () => encode(BackendRequestSuccess, { ...event, route: "\ud800" }),
  "a function": () => encode(BackendRequestSuccess, { ...event, duration: Date.now }),
  "another event": () => encode(BackendRequestSuccess, { ...event, event: "backend.request.failure" }),
  "an id of something else": () => TenantId("7"),
  "JSON of what it has no form for": () => stringify({ at: [undefined] }),
};
for (const [what, make] of Object.entries(mistakes)) {
  try {
    console.log(`${what}: taken as ${make()}`);
  } catch (error) {
    console.log(`${what}\n  ${error.message.replaceAll("; ", "\n  ")}\n`);
  }
}

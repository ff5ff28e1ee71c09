// What people do with the package beside whole events.
import assert from "node:assert";

import {
  BackendRequestFailure,
  CheckoutDiscount,
  EventId,
  Money,
  Percent,
  Refusal,
  TelemetryEvent,
  TenantId,
  date,
  decimal,
  decode,
  encode,
  now,
  stringify,
  timestamp,
  uuid,
  uuidV7,
  validate,
} from "./out/events/index.js";

const refused = (make) => assert.throws(make, Refusal);

// A value is what it was made of, and what is not one is refused.
assert.strictEqual(TenantId("019445f2-b0d3-7234-bc36-867756c93a81"), "019445f2-b0d3-7234-bc36-867756c93a81");
assert.strictEqual(Percent(100), 100);
refused(() => TenantId("acme"));
refused(() => TenantId("00000000-0000-0000-0000-000000000000"));
refused(() => Percent(101));
refused(() => Percent(0.5));
refused(() => date("2026-02-30"));
refused(() => decimal("1e5"));
refused(() => uuid("019445f2b0d37234bc36867756c93a81"));

// Instants are brought to UTC and to microseconds.
assert.strictEqual(timestamp("2026-11-23T07:00:00.123456789+02:00"), "2026-11-23T05:00:00.123456Z");
assert.strictEqual(timestamp("2016-12-31t23:59:60z"), "2017-01-01T00:00:00Z");
assert.strictEqual(timestamp("0001-01-01T00:00:00Z"), "0001-01-01T00:00:00Z");
refused(() => timestamp("2026-11-23T05:59:60Z"));
refused(() => timestamp("2026-11-23 05:00:00Z"));
refused(() => timestamp("0000-12-31T23:59:59Z"));
const present = now();
assert.strictEqual(timestamp(present), present);

// Ids are new, valid, and sort by time.
const ids = Array.from({ length: 100 }, uuidV7);
assert.strictEqual(new Set(ids).size, 100);
ids.forEach((id) => assert.match(EventId(id), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
assert.ok(Math.abs(parseInt(uuidV7().replace("-", "").slice(0, 12), 16) - Date.now()) < 10_000);

// No digit is lost, and what JSON has no form for is refused.
assert.strictEqual(stringify({ a: 2n ** 64n - 1n, b: undefined, c: -0 }), '{"a":18446744073709551615,"c":-0.0}');
for (const value of [NaN, Infinity, "\ud800", [undefined], () => 1]) {
  refused(() => stringify(value));
}

// Only the members of the type are written, in the order of the schema.
assert.strictEqual(encode(Money, { vat: "1", currency: "EUR", amount: "12.50" }), '{"amount":"12.50","currency":"EUR"}');
assert.deepStrictEqual(validate(Money, { amount: 12.5, currency: "EUR" }), [
  { path: "amount", message: 'expected a decimal number as text, like "12.50", found a number with a fraction' },
]);

refused(() => encode(CheckoutDiscount, { share: 1, free_delivery: true }));

// A message may leave out its version, and the event where that is clear; null is absent; what is unknown is left out.
const text = `{"event_id":"019cadd3-98dc-7f3a-bcdb-48179596c509","occurred_at":"2026-03-02T09:14:11.548201Z",
  "tenant_id":"019445f2-b0d3-7234-bc36-867756c93a81","request_id":"34c2d238-9316-464b-9a70-8d538b7a62ed","route":"GET /",
  "status":504,"duration":5003,"trace_id":null,"more":1,"error":{"kind":"crashed","fingerprint":18446744073709551615,"release":"9f2c4e0b7d81a3566fe0c2b94d1a7783e5b60c1f"}}`;
const failure = decode(BackendRequestFailure, text);
assert.strictEqual(failure.error.fingerprint, 2n ** 64n - 1n);
assert.deepStrictEqual([failure.event, failure.version, "trace_id" in failure, "more" in failure], ["backend.request.failure", 1, false, false]);
assert.deepStrictEqual(decode(TelemetryEvent, encode(TelemetryEvent, failure)), failure);
refused(() => encode(BackendRequestFailure, { ...failure, trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" }));
refused(() => encode(BackendRequestFailure, { ...failure, occurred_at: null }));
// A number may have been rounded before it came here.
refused(() => encode(BackendRequestFailure, { ...failure, error: { ...failure.error, fingerprint: 1 } }));

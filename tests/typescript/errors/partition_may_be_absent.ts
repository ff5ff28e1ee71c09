import type { Telemetry, Timestamp } from "@acme/events";

export function header(rest: Omit<Telemetry, "occurred_at">, occurred_at?: Timestamp): Telemetry {
  return { ...rest, occurred_at };
}

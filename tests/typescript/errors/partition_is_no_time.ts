import type { Telemetry } from "@acme/events";

export function header(rest: Omit<Telemetry, "occurred_at">): Telemetry {
  return { ...rest, occurred_at: "yesterday" };
}

import { TenantId } from "@acme/events";
import type { Telemetry } from "@acme/events";

export function header(event_id: Telemetry["event_id"]): Telemetry {
  return { event_id, occurred_at: null, tenant_id: TenantId("019445f2-b0d3-7234-bc36-867756c93a81") };
}

import { TenantId } from "@acme/events";
import type { BackendRequestFailure, Events } from "@acme/events";

const event = {
  event: "backend.request.failure",
  version: 1,
  tenant_id: TenantId("019445f2-b0d3-7234-bc36-867756c93a81"),
  request_id: "9a6728b5-519c-4204-96af-30f1a8097889",
  route: "GET /v1/orders/{order_id}",
  status: 504,
  duration: 5003,
  error: { kind: "timeout", waited_for: "database", after: 5000 },
} as const;

export const failure: BackendRequestFailure = event;
export const any: Events = event;

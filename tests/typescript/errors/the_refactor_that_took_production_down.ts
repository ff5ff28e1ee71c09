// The line that set the partition field was moved into the function that adds metadata, and `backend.request.*` skips that one.
import { BackendRequestSuccess, EventId, TenantId, encode, uuid } from "@acme/events";
import type { BackendRequestRequest, Telemetry } from "@acme/events";

function withMetadata<Of extends object>(event: Of): Of & Pick<Telemetry, "occurred_at"> {
  return { ...event, occurred_at: "2026-11-23T05:00:00Z" };
}

export function respond(request: BackendRequestRequest, tenant: TenantId): string {
  const header = { event_id: EventId(crypto.randomUUID()), tenant_id: tenant };
  if (request.route === "GET /slow") {
    const event = withMetadata({ ...header, ...request, event: "backend.request.success", version: 1, status: 200, duration: 12 } as const);
    return encode(BackendRequestSuccess, event);
  }
  return encode(BackendRequestSuccess, { ...header, ...request, event: "backend.request.success", version: 1, status: 200, duration: 12 });
}

declare const crypto: { randomUUID(): ReturnType<typeof uuid> };

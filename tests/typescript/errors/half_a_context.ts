import type { BackendRequestFailure, Telemetry, BackendRequestRequest, TraceId } from "@acme/events";

export function failed(header: Telemetry, request: BackendRequestRequest, trace_id: TraceId): BackendRequestFailure {
  return {
    ...header,
    ...request,
    event: "backend.request.failure",
    version: 1,
    status: 500,
    duration: 3,
    error: { kind: "rejected", reason: "invalid" },
    trace_id,
  };
}

import type { BackendRequestFailureError } from "@acme/events";

export const error: BackendRequestFailureError = { kind: "timeout", waited_for: "database" };

import type { BackendRequestSuccess } from "@acme/events";

export const version: BackendRequestSuccess["version"] = 2;

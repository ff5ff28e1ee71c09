import type { BackendRequestSuccess } from "@acme/events";

export const size: BackendRequestSuccess["response_size"] = 9007199254740993;

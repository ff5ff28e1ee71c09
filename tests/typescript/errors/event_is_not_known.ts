import type { Events } from "@acme/events";

export const name: Events["event"] = "backend.request.succes";

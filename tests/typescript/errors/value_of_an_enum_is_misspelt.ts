import type { Viewer } from "@acme/events";

export const plan: Viewer["plan"] = "enterprize";

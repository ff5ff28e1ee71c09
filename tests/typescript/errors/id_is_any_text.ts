import type { UserId } from "@acme/events";

export const user: UserId = "usr_7Qm2vXc9";

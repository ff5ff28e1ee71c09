import type { Money } from "@acme/events";

export const amount: Money["amount"] = 12.5;

import type { Money } from "@acme/events";

export const total: Money = { amount: "12.50", currency: "EUR", vat: "2.00" };

import type { Money } from "@acme/events";

export const total: Money = { amount: "12.50", curency: "EUR" };

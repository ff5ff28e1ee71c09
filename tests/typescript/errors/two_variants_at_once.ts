import { Percent } from "@acme/events";
import type { CheckoutDiscount } from "@acme/events";

export const discount: CheckoutDiscount = { share: Percent(10), free_delivery: true };

import { SessionId, TenantId } from "@acme/events";

const session: SessionId = SessionId("019cadc9-3808-7d67-adf1-330c67ab60fa");
export const tenant: TenantId = session;

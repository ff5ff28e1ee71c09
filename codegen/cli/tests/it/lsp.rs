//! The language server, by an editor that plays from a script.

mod broken;
mod client;
mod completing;
mod disk;
mod life;
mod naming;
mod reading;
mod typing;

use crate::run::Folder;

/// A catalog of which every test shows something.
const CATALOG: &str = "\
catalog: acme
eventc: 1
types:
  TenantId: uuid
  Money:
    description: Ein Betrag in €.
    fields:
      amount: decimal
      currency: Currency
  Currency: [EUR, USD]
streams:
  telemetry:
    description: What our services report.
    fields:
      event_id: { type: uuid, fill: uuid_v7 }
      occurred_at: { type: timestamp, fill: now }
      tenant_id: TenantId
    partition: day(occurred_at)
    key: tenant_id
    id: event_id
";

const ORDERS: &str = "\
stream: telemetry
contexts:
  viewer:
    fields:
      country?: string
events:
  placed:
    description: A customer paid.
    with: [viewer?]
    fields:
      total: Money
      old: { type: Money, description: 'Ägypten 𝄞 kam dazu.' }
    examples:
      typical:
        tenant_id: 019445f2-b0d3-7234-bc36-867756c93a81
        total: { amount: '1.00', currency: EUR }
        old: { amount: '2.00', currency: USD }
  cancelled:
    deprecated: { use: placed }
    fields:
      refund: billing.Refund
";

const BILLING: &str = "\
types:
  Refund: { fields: { back: Money, reason?: string } }
";

/// A folder with that catalog.
fn shop(name: &str) -> Folder {
    let folder = Folder::new(&format!("lsp-{name}"));
    folder.write("schema/catalog.yaml", CATALOG);
    folder.write("schema/orders.yaml", ORDERS);
    folder.write("schema/billing.yaml", BILLING);
    folder
}

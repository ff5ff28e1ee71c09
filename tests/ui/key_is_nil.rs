use eventc::{Newtype, Uuid, key};

#[derive(Clone, PartialEq, Newtype)]
pub struct TenantId(Uuid);

fn main() {
    let _ = key!(TenantId("00000000-0000-0000-0000-000000000000"));
    let _ = key!(TenantId("tenant-7"));
}

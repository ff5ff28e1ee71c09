//! Where events are stored, in which order they are kept, and which of them are one.

use events::assortment::{
    BestsellersRanked, CategoriesPublished, PriceListPublished, ProductDescribed, StockChanged,
    WarehouseCode,
};
use events::backend::request::Success;
use events::billing::UsageMetered;
use events::checkout::OrderPlaced;
use events::eventc::{
    Bucket, Date, Day, Event, Hour, Key, Month, PartitionedBy, ValueRef, Year, partition_path,
};
use events::mobile::app::Opened;
use events::{Region, key};
use serde_json::{Value as Json, json};

use crate::messages::{TENANT, app_opened, order_placed, read, success, usage_metered, with};

fn shown(value: Option<ValueRef<'_>>) -> Option<String> {
    value.map(|value| format!("{value:?}"))
}

/// What a store asks for that is partitioned by day: an event without one does not compile.
fn day_of(event: &impl PartitionedBy<Day>) -> String {
    event.partition_key().to_string()
}

fn stock_changed() -> Json {
    json!({
        "movement_id": "01a1db4c-54a4-73e8-8117-cc5a0c83c99f",
        "changed_at": "2026-11-14T18:22:55.140Z",
        "warehouse": "NO-OSL1",
        "tenant_id": TENANT,
        "sku": "WAX-BLUE",
        "change": -4,
        "on_hand": 311,
        "cause": "sale",
    })
}

#[test]
fn by_day() {
    let event: Success = read(&success());
    let day: Day = event.partition();
    assert_eq!(day, Day::of(&event.telemetry.occurred_at));
    assert_eq!(day_of(&event), "2026-03-02");
    assert_eq!(partition_path(&event), "day=2026-03-02");
    // an event that is a stream of its own
    let event: OrderPlaced = read(&order_placed());
    assert_eq!(day_of(&event), "2026-11-14");
    assert_eq!(partition_path(&event), "day=2026-11-14");
}

#[test]
fn a_day_is_one_of_utc() {
    let day = |at: &str| partition_path::<Success>(&read(&with(success(), "occurred_at", at)));
    assert_eq!(day("2026-03-02T23:59:59.999999Z"), "day=2026-03-02");
    assert_eq!(day("2026-03-03T00:00:00Z"), "day=2026-03-03");
    assert_eq!(day("2026-03-03T01:59:59+02:00"), "day=2026-03-02");
    assert_eq!(day("2026-03-02T16:00:00-08:00"), "day=2026-03-03");
    assert_eq!(day("2000-01-01T00:00:00Z"), "day=2000-01-01");
    assert_eq!(day("2100-12-31T23:59:59.999999Z"), "day=2100-12-31");
}

#[test]
fn by_day_and_bucket() {
    let event: Opened = read(&app_opened());
    let (day, bucket): (Day, Bucket<16>) = event.partition();
    // of the collector's clock, and not of the device's
    assert_eq!(day.to_string(), "2026-07-03");
    assert_eq!(bucket, Bucket::of(&event.clients.visitor_id));
    assert_eq!(
        partition_path(&event),
        format!("day=2026-07-03/visitor_id_bucket={bucket}")
    );
    assert_eq!(bucket.index(), BUCKET_OF_THE_VISITOR);
    assert_eq!(day_of(&event), "2026-07-03");
    let by_bucket: Bucket<16> = event.partition_key();
    assert_eq!(by_bucket, bucket);
}

/// Computed once; every store that has the event computes the same.
const BUCKET_OF_THE_VISITOR: u32 = 4;

#[test]
fn by_month_and_the_value_itself() {
    let event: UsageMetered = read(&usage_metered());
    let (month, region): (Month, Region) = event.partition();
    assert_eq!((month.year().year(), month.month()), (2026, 8));
    assert_eq!(region, Region::Us);
    assert_eq!(partition_path(&event), "month=2026-08/region=us");
    let by_region: Region = event.partition_key();
    assert_eq!(by_region, Region::Us);
}

#[test]
fn by_hour_and_the_value_itself() {
    let event: StockChanged = read(&stock_changed());
    let (hour, warehouse): (Hour, WarehouseCode) = event.partition();
    assert_eq!(hour.hour(), 18);
    assert_eq!(warehouse, key!(WarehouseCode("NO-OSL1")));
    assert_eq!(
        partition_path(&event),
        "hour=2026-11-14T18/warehouse=NO-OSL1"
    );
}

#[test]
fn by_month() {
    let event: ProductDescribed = read(&json!({
        "revision_id": "019d05dd-1401-79f7-89dd-23f4b5b3506d",
        "described_at": "2026-03-19T11:31:07.905Z",
        "tenant_id": TENANT,
        "sku": "BAG-021",
        "titles": {},
        "attributes": {},
    }));
    let month: Month = event.partition();
    assert_eq!(month.to_string(), "2026-03");
    assert_eq!(partition_path(&event), "month=2026-03");
    assert_eq!(shown(event.key()).as_deref(), Some("\"BAG-021\""));
}

#[test]
fn by_year_of_a_date() {
    let event: PriceListPublished = read(&json!({
        "price_list_id": "01a0d8e6-cec0-7515-858b-bf8f512d5cda",
        "valid_from": "2026-10-01",
        "tenant_id": TENANT,
        "prices": {},
    }));
    let year: Year = event.partition();
    assert_eq!(year.year(), 2026);
    assert_eq!(partition_path(&event), "year=2026");
}

#[test]
fn by_a_date_itself() {
    let event: BestsellersRanked = read(&json!({
        "ranking_id": "01a0d8e6-cec0-7515-858b-bf8f512d5cda",
        "ranked_on": "2026-10-01",
        "tenant_id": TENANT,
        "ranks": [],
    }));
    let date: Key<Date> = event.partition();
    assert_eq!(date.to_string(), "2026-10-01");
    assert_eq!(partition_path(&event), "ranked_on=2026-10-01");
}

#[test]
fn by_nothing_where_the_schema_says_so() {
    let event: CategoriesPublished = read(&json!({
        "publication_id": "019bb138-11ae-7bf3-a1e9-79ef16259303",
        "published_at": "2026-01-12T08:00:00.430Z",
        "tenant_id": TENANT,
        "root": { "slug": "all", "titles": {}, "children": [] },
    }));
    let () = event.partition();
    assert_eq!(partition_path(&event), "");
    assert_eq!(shown(event.key()).as_deref(), Some(TENANT));
}

#[test]
fn an_event_has_its_key_and_its_id() {
    let event: Success = read(&success());
    assert_eq!(shown(event.key()).as_deref(), Some(TENANT));
    assert_eq!(
        shown(event.id()).as_deref(),
        Some("019cadd3-8790-789b-a4e5-39410a4a613d")
    );
    let event: StockChanged = read(&stock_changed());
    assert_eq!(shown(event.key()).as_deref(), Some("\"WAX-BLUE\""));
    assert_eq!(
        shown(event.id()).as_deref(),
        Some("01a1db4c-54a4-73e8-8117-cc5a0c83c99f")
    );
    // a key that is personal places the event as any other, and is not shown
    let event: Opened = read(&app_opened());
    assert_eq!(shown(event.key()).as_deref(), Some("<redacted>"));
    assert!(matches!(event.key(), Some(ValueRef::Sensitive(_))));
}

#[test]
fn an_event_knows_its_stream() {
    assert_eq!(Success::NAME, "backend.request.success");
    assert_eq!(Success::STREAM, "telemetry");
    assert_eq!(Opened::STREAM, "clients");
    assert_eq!(UsageMetered::STREAM, "ledger");
    assert_eq!(OrderPlaced::STREAM, "checkout.order_placed");
}

//! Messages of older versions, which lack what has a backfill.

use serde_json::{Value, json};

use super::Stage;
use crate::samples::Judge;

macro_rules! catalog {
    ($text:tt) => {
        const TEXT: &str = $text;

        #[allow(missing_docs)]
        mod types {
            eventc::schema! { $text }
        }
    };
}

catalog! { r#"
catalog: shop
eventc: 1
streams:
  all:
    partition: none
    fields: { id: uuid, source: { type: string, since: 3, backfill: unknown } }
contexts:
  request: { fields: { route: string, method: { type: string, since: 2, backfill: GET } } }
  viewer: { fields: { user: string, plan: { type: string, since: 3, backfill: free } } }
types:
  Item: { fields: { name: string, count: { type: u32, since: 2, backfill: 1 } } }
events:
  sold:
    stream: all
    version: 3
    with: [request, viewer?]
    fields:
      item: Item
      price: { type: u32, backfill: 0 }
      note: { type: json, since: 2, backfill: [] }
"# }

const TYPES: Judge = |json| {
    let event = types::Events::decode(json).map_err(|refusal| refusal.to_string())?;
    event.encode().map_err(|refusal| refusal.to_string())
};

#[test]
fn a_member_with_a_backfill_is_there_since_its_version() {
    let stage = Stage::small(TEXT, TYPES);
    let whole = json!({
        "event": "sold", "version": 3, "id": "018f4e2a-7c3a-7b1e-9a55-1f0c4c1d2e3f", "source": "web", "route": "/", "method": "GET",
        "user": "u", "plan": "free", "item": { "name": "n", "count": 1 }, "price": 1, "note": [],
    });
    assert!(stage.takes("sold", &whole));
    let versions = [json!(1), json!(2), json!(3), json!(4), Value::Null];
    let members = whole.as_object().unwrap().keys();
    for member in members.filter(|member| *member != "event") {
        for version in &versions {
            let mut message = whole.clone();
            message["version"] = version.clone();
            message.as_object_mut().unwrap().remove(member);
            stage.agree("sold", &message);
            // Nobody is logged in.
            message.as_object_mut().unwrap().remove("user");
            stage.agree("sold", &message);
            message.as_object_mut().unwrap().remove("plan");
            stage.agree("sold", &message);
            message[member] = Value::Null;
            stage.agree("sold", &message);
        }
    }
}

/// A record cannot see which version the message around it is of.
#[test]
fn inside_of_a_record_what_has_a_backfill_is_asked_for() {
    let stage = Stage::small(TEXT, TYPES);
    let message = json!({
        "event": "sold", "version": 1, "id": "018f4e2a-7c3a-7b1e-9a55-1f0c4c1d2e3f", "route": "/", "item": { "name": "n" },
    });
    assert!(stage.types_take(&message));
    assert!(!stage.takes("sold", &message));
}

//! Before anything is measured: everybody does the same.

use std::error::Error;

use prost::Message;
use serde_json::Value;

use crate::events::{flat, flatten, ours, proto};

/// Ends the program unless all write equivalent messages, and read what they wrote.
pub(crate) fn check() -> Result<(), Box<dyn Error>> {
    let message = ours::message()?;
    let given = ours::Given::new()?;
    let event = ours::by_macro(&given);
    let flat: flat::OrderPlaced = serde_json::from_slice(&message)?;
    let flatten: flatten::OrderPlaced = serde_json::from_slice(&message)?;
    let expected: Value = serde_json::from_slice(&message)?;
    let written = [
        (
            "eventc, by the literal",
            eventc::encode(&ours::by_literal(&given))?,
        ),
        ("eventc through serde_json", serde_json::to_vec(&event)?),
        ("serde_json, flat", serde_json::to_vec(&flat)?),
        ("serde_json, flatten", serde_json::to_vec(&flatten)?),
        ("sonic-rs", sonic_rs::to_vec(&flat)?),
    ];
    for (who, json) in written {
        require(who, json == message)?;
        require(who, serde_json::from_slice::<Value>(&json)? == expected)?;
    }
    require(
        "decode",
        eventc::decode::<ours::OrderPlaced>(&message)? == event,
    )?;
    require(
        "sonic-rs",
        sonic_rs::from_slice::<flat::OrderPlaced>(&message)? == flat,
    )?;
    require("the flat literal", flat::by_literal(&flat) == flat)?;
    let binary = proto::OrderPlaced::from(flat);
    let read = proto::OrderPlaced::decode(binary.encode_to_vec().as_slice())?;
    require("prost", read == binary)?;
    for message in kinds::messages() {
        let decoded = [
            kinds::decode_ours_10(&message),
            kinds::decode_ours_100(&message),
            kinds::decode_ours_1000(&message),
            kinds::decode_serde_10(&message),
            kinds::decode_serde_100(&message),
        ];
        require("by name", decoded == [true; 5])?;
    }
    Ok(())
}

fn require(who: &str, holds: bool) -> Result<(), Box<dyn Error>> {
    if holds {
        Ok(())
    } else {
        Err(format!("{who}: not the same event").into())
    }
}

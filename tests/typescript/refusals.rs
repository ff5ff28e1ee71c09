//! What Rust refuses TypeScript refuses, too, and says why.

use eventc_compiler::catalog::Event;
use eventc_testing::samples::Samples;

use crate::stage::compiled;

/// Events with one thing wrong, each of which the generated Rust refuses: the tests of `eventc-testing` say so.
#[test]
fn what_is_wrong_in_one_thing_is_refused() {
    let Some((stage, folder)) = compiled() else {
        return;
    };
    let mut samples = Samples::new(&stage.catalog, 2026);
    let mutants: Vec<_> = Event::ids(&stage.catalog)
        .flat_map(|id| samples.mutants(id))
        .collect();
    assert!(mutants.len() > 1_000, "{}", mutants.len());
    let lines: Vec<_> = mutants.iter().map(|(_, it)| it.to_string()).collect();
    let script = include_str!("refusals.mjs");
    let accepted = stage.run(folder, "refusals.mjs", script, &lines);
    let accepted = accepted.lines().map(|number| {
        let (what, mutant) = &mutants[number.parse::<usize>().unwrap()];
        format!("{what}\n{mutant}")
    });
    let accepted: Vec<_> = accepted.collect();
    assert!(
        accepted.is_empty(),
        "these are read:\n{}",
        accepted.join("\n\n")
    );
}

/// Of the outage, and of what else people get wrong.
#[test]
fn a_refusal_says_what_is_wrong_and_where() {
    let Some((stage, folder)) = compiled() else {
        return;
    };
    let lines: Vec<_> = MESSAGES.lines().map(str::to_owned).collect();
    let script = include_str!("messages.mjs");
    let said = stage.run(folder, "messages.mjs", script, &lines);
    insta::assert_snapshot!(said);
}

const MESSAGES: &str = r#"{"event":"identity.account.deleted","occurred_at":null}
{"event":"checkout.order_placed","version":1,"order_id":"00000000-0000-0000-0000-000000000000","placed_at":"1970-01-01T00:00:00Z","tenant_id":"acme","total":{"amount":"12,50","currency":"CHF"},"lines":[{"sku":"a","quantity":-1}],"channel":"fax","payment":{"kind":"cheque"},"delivery":{"method":"pickup"},"discounts":[{"share":101},{"share":1,"free_delivery":true},{}],"attributes":{"a":1},"plan":"growth"}
{"event":"checkout.order_place"}
{"version":1}
[]
{"event":"a","event":"b"}
{"event":"a",}
{"event":"\ud800"}
{"event":"identity.account.deleted","version":0}
{"event":"identity.account.deleted","version":1.5}
{"event":"identity.account.del
{"event":
nonsense"#;

/// What `tsc` cannot see: objects of no known type, and values that come from elsewhere.
#[test]
fn mistakes_that_no_compiler_sees() {
    let Some((stage, folder)) = compiled() else {
        return;
    };
    let said = stage.run(folder, "mistakes.mjs", include_str!("mistakes.mjs"), &[]);
    insta::assert_snapshot!(said);
}

/// What a web team writes by hand.
#[test]
fn values_are_made_and_checked() {
    let Some((stage, folder)) = compiled() else {
        return;
    };
    stage.run(folder, "values.mjs", include_str!("values.mjs"), &[]);
}

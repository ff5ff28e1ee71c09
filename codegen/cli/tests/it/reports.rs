//! Reports for programs hold what their formats promise.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run::{Folder, said};

/// A schema with a mistake of every kind that reports tell apart: with two places, with an edit, made again in this file and in
/// another, without a place, and on several lines.
fn wrong() -> Folder {
    let folder = Folder::new("reports");
    folder.write(
        "a b/schema/catalog.yml",
        "catalog: acme\neventc: 1\nlints: { missing_owner: warn }\n",
    );
    folder.write("a b/schema/other.yml", "events: {}\n");
    let orders = "events:\n  placed:\n    partition: day(placd_at)\n    fields:\n      placed_at: timestamp\n      ø: [a,\n        b]\n  placed: {}\n";
    folder.write("a b/schema/orders.yaml", orders);
    let misspelt = "types:\n  A: { newtype: strng }\n  B: { fields: { a: strng, b: strng } }\n";
    folder.write("a b/schema/first.yaml", misspelt);
    folder.write("a b/schema/second.yaml", misspelt);
    std::fs::create_dir(folder.0.join(".git")).unwrap();
    folder
}

fn report(folder: &Folder, format: &str) -> String {
    let arguments = ["check", "--schema", "a b/schema", "--format", format];
    let (code, out, err) = said(&folder.eventc(&arguments));
    assert_eq!((code, err.as_str()), (Some(1), ""));
    out
}

#[test]
fn every_line_of_json_is_an_object_and_its_bytes_and_lines_are_one_place() {
    let folder = wrong();
    let out = report(&folder, "json");
    let lines: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (outcome, diagnostics) = lines.split_last().unwrap();
    assert_eq!(outcome["kind"], "outcome");
    assert_eq!(outcome["ok"], false);
    let errors = diagnostics
        .iter()
        .filter(|line| line["severity"] == "error");
    assert_eq!(outcome["errors"], errors.count());
    let mut places = 0;
    for diagnostic in diagnostics {
        assert_eq!(diagnostic["kind"], "diagnostic");
        let labels = diagnostic["labels"].as_array().unwrap();
        let suggestions = diagnostic["suggestions"].as_array().unwrap();
        for place in labels.iter().chain(suggestions) {
            let text = folder.read(place["file"].as_str().unwrap());
            for end in ["start", "end"] {
                let at = &place[end];
                let before = &text[..at["byte"].as_u64().unwrap() as usize];
                let line = before.split('\n').count();
                let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
                assert_eq!((&at["line"], &at["column"]), (&line.into(), &column.into()));
                places += 1;
            }
        }
    }
    assert!(places >= 6, "{out}");
}

#[test]
fn sarif_has_what_version_2_1_0_requires() {
    let report: Value = serde_json::from_str(&report(&wrong(), "sarif")).unwrap();
    assert_eq!(report["version"], "2.1.0");
    let [run] = report["runs"].as_array().unwrap().as_slice() else {
        panic!("{report}")
    };
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "eventc");
    let rules = driver["rules"].as_array().unwrap();
    let ids: BTreeSet<_> = rules
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), rules.len(), "a rule stands twice");
    assert!(rules.iter().all(|rule| {
        !rule["shortDescription"]["text"]
            .as_str()
            .unwrap()
            .is_empty()
    }));
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= 3, "{report}");
    for result in results {
        assert!(ids.contains(result["ruleId"].as_str().unwrap()));
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert!(
            !result["locations"].as_array().unwrap().is_empty(),
            "code scanning leaves it out"
        );
        let list = |name: &str| result[name].as_array().unwrap().clone();
        let related = list("relatedLocations");
        assert!(
            related
                .iter()
                .all(|place| place["message"]["text"].is_string())
        );
        let places = list("locations").into_iter().chain(related);
        let mut artifacts: Vec<Value> = Vec::new();
        for place in places {
            let physical = &place["physicalLocation"];
            artifacts.push(physical["artifactLocation"].clone());
            if let Some(region) = physical.get("region") {
                check_region(region);
            }
        }
        for fix in list("fixes") {
            for change in fix["artifactChanges"].as_array().unwrap() {
                artifacts.push(change["artifactLocation"].clone());
                for replacement in change["replacements"].as_array().unwrap() {
                    check_region(&replacement["deletedRegion"]);
                    assert!(replacement["insertedContent"]["text"].is_string());
                }
            }
        }
        for artifact in artifacts {
            let uri = artifact["uri"].as_str().unwrap();
            assert!(uri.starts_with("a%20b/schema/"), "{uri}");
            assert_eq!(artifact["uriBaseId"], "%SRCROOT%");
        }
    }
}

/// Lines and columns count from 1, and the end is not before the start.
fn check_region(region: &Value) {
    let number = |name: &str| region[name].as_u64().unwrap();
    let start = (number("startLine"), number("startColumn"));
    let end = (number("endLine"), number("endColumn"));
    assert!(start.0 >= 1 && start.1 >= 1 && start <= end, "{region}");
    assert!(region["byteOffset"].is_u64() && region["byteLength"].is_u64());
}

/// The judge is the schema of OASIS, as the crate serde-sarif 0.8.0 ships it.
#[test]
fn sarif_is_what_its_standard_says() {
    let schema = include_str!("../sarif/sarif-schema-2.1.0.json");
    let mut schema: Value = serde_json::from_str(schema).unwrap();
    // Its pattern has a bracket too many, and is no regular expression; no report names a language.
    for of in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][of]["properties"]["language"];
        language.as_object_mut().unwrap().remove("pattern");
    }
    let standard = jsonschema::draft7::new(&schema).unwrap();
    let judge = |report: &str| {
        let report: Value = serde_json::from_str(report).unwrap();
        let faults = standard.iter_errors(&report);
        let faults: Vec<_> = faults
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        report["runs"][0]["results"].as_array().unwrap().len()
    };
    assert!(judge(&report(&wrong(), "sarif")) >= 4);

    let right = Folder::with_root("reports-right");
    let (code, out, _) = said(&right.eventc(&["check", "--format", "sarif"]));
    assert_eq!((code, judge(&out)), (Some(0), 0));
    let drifted = right.eventc(&["build", "--check", "--format", "sarif"]);
    let (code, out, _) = said(&drifted);
    assert_eq!(code, Some(1));
    assert!(judge(&out) >= 1);
    assert!(
        standard
            .validate(&serde_json::json!({ "version": "2.1.0" }))
            .is_err()
    );
}

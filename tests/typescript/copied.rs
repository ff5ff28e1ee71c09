//! The TypeScript that people copy from the docs compiles, once what it is made of is there.

use std::fmt::Write as _;
use std::fs;

use eventc_compiler::Sources;
use serde_json::json;

use crate::stage::Stage;

#[test]
fn the_code_of_the_docs_compiles() {
    let Some(stage) = Stage::find() else {
        return;
    };
    assert!(compile(&stage, "copied") > 100);
}

/// Fields that are called like words of the language, like what the code calls its own, and otherwise than on the wire.
#[test]
fn whatever_fields_are_called() {
    let sources = Sources::new(
        "schema",
        [("catalog.yaml".to_owned(), NAMES.as_bytes().to_vec())],
    );
    let Some(stage) = Stage::of(sources) else {
        return;
    };
    assert_eq!(compile(&stage, "copied-names"), 8);
}

const NAMES: &str = r#"catalog: names
eventc: 1
targets: [docs, typescript]
types:
  Id: uuid
  Class: [new, "of the day", "it's"]
  Sheet: { fields: { this: string, value: i64, default?: "map<Class, u64>" } }
  Either: { one_of: { class: Class, new: Sheet } }
  Tagged: { one_of: { import: Sheet }, tag: "a kind" }
streams:
  default:
    fields:
      id: { type: Id, fill: uuid_v7 }
      at: { type: timestamp, fill: now }
      now: string
      uuid: { type: uuid, fill: uuid_v7 }
    partition: day(at)
    id: id
contexts:
  package: { fields: { package: string } }
events:
  let:
    stream: default
    with: [package]
    fields:
      class: { type: Class, wire: "the class" }
      encode: string
      text: json
      function: "list<Either>"
      await: { type: bool, wire: __proto__ }
      with?: { type: string, wire: "a, b" }
"#;

/// Compiles every snippet of a site in a file of its own, with its variables, and says how many there are.
fn compile(stage: &Stage, test: &str) -> usize {
    let folder = stage.folder(
        test,
        &format!("node_modules/@{}/events", stage.catalog.name),
    );
    let site = folder.join("docs");
    stage.write("docs", &site);
    let snippets = eventc_testing::copied(&site, "ts");
    for (number, (page, code)) in snippets.iter().enumerate() {
        let (imports, made) = code.split_once("\n\n").unwrap();
        let package = imports.rsplit_once(" from ").unwrap().1;
        let mut module = format!("// {page}\n{imports}\nimport type * as all from {package}\n");
        for (variable, ty) in made.lines().filter_map(variable) {
            let _ = writeln!(module, "declare const {variable}: {ty};");
        }
        fs::write(
            folder.join(format!("s{number}.ts")),
            format!("{module}{made}\nexport {{}};\n"),
        )
        .unwrap();
    }
    let options = json!({ "noEmit": true, "noUnusedLocals": false });
    let compiled = stage.typescript.compile(&folder, &["s*.ts"], &options);
    compiled.unwrap_or_else(|said| panic!("{said}"));
    snippets.len()
}

/// The variable that a line ends with, and its type, which stands behind it: `  class: class_, // Class`.
fn variable(line: &str) -> Option<(&str, String)> {
    let (value, ty) = line.split_once(" // ")?;
    let value = value.trim_end_matches([',', ';', ')', ' ', '}']);
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (_, variable) = value.rsplit_once(|c| !is_word(c))?;
    (!variable.is_empty()).then(|| (variable, qualified(ty)))
}

/// A type whose names come from the package.
fn qualified(ty: &str) -> String {
    let mut text = String::new();
    let mut before = ' ';
    for c in ty.replace("NonNullable", "nonNullable").chars() {
        if c.is_ascii_uppercase() && !before.is_ascii_alphanumeric() {
            text.push_str("all.");
        }
        text.push(c);
        before = c;
    }
    text.replace("nonNullable", "NonNullable")
}

//! Files that no fixture can hold: without a root, not UTF-8, too large, too deep, of other systems.

use eventc_compiler::{Compilation, Severity, Sources, Style, compile, render, render_short};

use crate::files::ROOT;

fn sources(files: &[(&str, &[u8])]) -> Sources {
    Sources::new(
        "schema",
        files
            .iter()
            .map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())),
    )
}

/// The first lines of all messages.
#[track_caller]
fn said(files: &[(&str, &[u8])]) -> String {
    let sources = sources(files);
    let Compilation {
        catalog,
        diagnostics,
        ..
    } = compile(&sources);
    let is_wrong = diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    assert_eq!(catalog.is_none(), is_wrong);
    // What is drawn must not panic either, whatever the bytes are.
    let lines = diagnostics.iter().map(|diagnostic| {
        assert!(!render(diagnostic, &sources, Style::Plain).is_empty());
        assert!(!render(diagnostic, &sources, Style::Colored).is_empty());
        render_short(diagnostic, &sources)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What is said about `shop.yaml` beside a root.
#[track_caller]
fn said_of(bytes: &[u8]) -> String {
    said(&[("catalog.yaml", ROOT.as_bytes()), ("shop.yaml", bytes)])
}

const SHOP: &str =
    "events:\n  order_placed:\n    partition: none\n    description: |\n      Two\n      lines.\n";

#[test]
fn a_schema_has_a_root() {
    insta::assert_snapshot!(said(&[]), @"error[E0001]: there is no `schema/catalog.yaml`");
    insta::assert_snapshot!(said(&[("shop.yaml", SHOP.as_bytes())]), @"error[E0001]: there is no `schema/catalog.yaml`");
    insta::assert_snapshot!(said(&[("catalog.yml", ROOT.as_bytes())]), @"schema/catalog.yml:1:1: error[E0001]: the root of a catalog is called `catalog.yaml`");
    insta::assert_snapshot!(said(&[("Catalog.yaml", ROOT.as_bytes())]), @"schema/Catalog.yaml:1:1: error[E0001]: the root of a catalog is called `catalog.yaml`");
}

#[test]
fn a_file_is_utf_8() {
    insta::assert_snapshot!(said_of(b"description: caf\xe9\n"), @"schema/shop.yaml:1:17: error[E0003]: the file is not UTF-8");
    insta::assert_snapshot!(said_of(b"\xff\xfed\0e\0"), @"schema/shop.yaml:1:1: error[E0003]: the file is not UTF-8");
    insta::assert_snapshot!(said_of(b"a: \xf0\x9f\x8e\n"), @"schema/shop.yaml:1:4: error[E0003]: the file is not UTF-8");
    // Its declarations may be anything: nobody is told that they are missing.
    insta::assert_snapshot!(said(&[
        ("catalog.yaml", b"catalog: acme\neventc: 1\ntypes: { Money: uuid } # caf\xe9\n"),
        ("shop.yaml", b"types: { Price: Money }\n"),
    ]), @"schema/catalog.yaml:3:29: error[E0003]: the file is not UTF-8");
}

#[test]
fn a_file_has_at_most_eight_mebibytes() {
    let large = vec![b'#'; 9 * 1024 * 1024];
    insta::assert_snapshot!(said_of(&large), @"schema/shop.yaml:1:1: error[E0004]: the file has more than the 8388608 bytes that a schema file may have");
    let most = vec![b'#'; 8 * 1024 * 1024];
    insta::assert_snapshot!(said_of(&most), @"");
}

#[test]
fn nothing_nests_deeper_than_64_levels() {
    let flow = |levels: usize| {
        format!(
            "types:\n  Deep: {}{}\n",
            "[".repeat(levels),
            "]".repeat(levels)
        )
    };
    insta::assert_snapshot!(said_of(flow(62).as_bytes()), @"schema/shop.yaml:2:10: error[E0203]: a value of an enum is text, found a list");
    insta::assert_snapshot!(said_of(flow(63).as_bytes()), @"schema/shop.yaml:2:71: error[E0107]: this nests deeper than 64 levels");
    let block = |levels: usize| {
        let lines = (0..levels).map(|level| format!("{}a{level}:\n", "  ".repeat(level)));
        lines.collect::<String>()
    };
    insta::assert_snapshot!(said_of(block(65).as_bytes()), @r"
    schema/shop.yaml:1:1: error[E0201]: unknown key `a0` in a schema file
    schema/shop.yaml:65:129: error[E0107]: this nests deeper than 64 levels
    ");
    insta::assert_snapshot!(said_of("- ".repeat(100_000).as_bytes()), @"schema/shop.yaml:1:129: error[E0107]: this nests deeper than 64 levels");
    insta::assert_snapshot!(said_of("a: [".repeat(50_000).as_bytes()), @"schema/shop.yaml:1:129: error[E0107]: this nests deeper than 64 levels");
    insta::assert_snapshot!(said_of("? ".repeat(100_000).as_bytes()), @"schema/shop.yaml:1:129: error[E0107]: this nests deeper than 64 levels");
    let types = format!("types:\n  Deep: {}u8\n", "list<".repeat(100_000));
    assert!(said_of(types.as_bytes()).starts_with("schema/shop.yaml:2:93: error[E0207]"));
}

#[test]
fn line_ends_and_byte_order_marks_of_other_systems_mean_nothing() {
    assert_eq!(said_of(SHOP.replace('\n', "\r\n").as_bytes()), "");
    assert_eq!(said_of(SHOP.replace('\n', "\r").as_bytes()), "");
    assert_eq!(said_of(format!("\u{feff}{SHOP}").as_bytes()), "");
    assert_eq!(said_of(SHOP.trim_end().as_bytes()), "");
    assert_eq!(said_of(b""), "");
    assert_eq!(said_of(b"\n"), "");
    assert_eq!(said_of("\u{feff}".as_bytes()), "");
    assert_eq!(
        said(&[(
            "catalog.yaml",
            b"\xef\xbb\xbfcatalog: acme\r\neventc: 1\r\n"
        )]),
        ""
    );
}

#[test]
fn a_place_is_counted_alike_on_every_system() {
    let wrong =
        "events:\n  order_placed:\n    partition: none\n    fields: { é: u8, total: decimale }\n";
    insta::assert_snapshot!(said_of(wrong.as_bytes()), @r"
    schema/shop.yaml:4:15: error[E0206]: `é` cannot be the name of a field
    schema/shop.yaml:4:29: error[E0301]: there is no type `decimale` here
    ");
    assert_eq!(
        said_of(wrong.replace('\n', "\r\n").as_bytes()),
        said_of(wrong.as_bytes())
    );
    assert_eq!(
        said_of(format!("\u{feff}{wrong}").as_bytes()),
        said_of(wrong.as_bytes())
    );
    let first = "evnets:\n";
    assert_eq!(
        said_of(format!("\u{feff}{first}").as_bytes()),
        said_of(first.as_bytes())
    );
}

#[test]
fn control_characters_are_refused_at_their_place() {
    insta::assert_snapshot!(said_of(b"description: a\0b\n"), @"schema/shop.yaml:1:15: error[E0101]: a control character (U+0000)");
    insta::assert_snapshot!(said_of(b"description: 'a\x1b[31mb'\n"), @"schema/shop.yaml:1:16: error[E0101]: a control character (U+001B)");
    insta::assert_snapshot!(said_of(b"types:\n  A: u\x07\n"), @"schema/shop.yaml:2:7: error[E0101]: a control character (U+0007)");
    insta::assert_snapshot!(said_of("types:\n  A: u8\u{202e}\n".as_bytes()), @r"schema/shop.yaml:2:8: error[E0207]: `u8\u{202e}` is not a type");
    insta::assert_snapshot!(said_of("types:\u{a0}\n  A: u8\n".as_bytes()), @"schema/shop.yaml:1:6: error[E0101]: no space follows this `:`");
    insta::assert_snapshot!(said_of("types:\n\u{a0}\u{a0}A: u8\n".as_bytes()), @"schema/shop.yaml:1:1: error[E0204]: `types` has no value");
    insta::assert_snapshot!(said_of("types:\n  A: u\u{200b}8\n".as_bytes()), @r"schema/shop.yaml:2:7: error[E0207]: `u\u{200b}8` is not a type");
}

#[test]
fn spaces_at_the_end_of_a_line_mean_nothing() {
    assert_eq!(said_of(SHOP.replace('\n', "  \n").as_bytes()), "");
    assert_eq!(said_of(SHOP.replace('\n', "\t\n").as_bytes()), "");
    assert_eq!(said_of(SHOP.replace(": none", ":\tnone").as_bytes()), "");
}

#[test]
fn a_file_has_at_most_a_million_values() {
    let values = |count: usize| format!("types:\n  A: [{}]\n", "a,".repeat(count));
    insta::assert_snapshot!(said_of(values(1_000_000).as_bytes()), @"schema/shop.yaml:2:1999997: error[E0004]: the file has more than 1000000 values");
    // Two keys and three collections are values, too.
    assert!(!said_of(values(999_995).as_bytes()).contains("E0004"));
}

#[test]
fn what_is_no_text_at_all_has_one_message() {
    insta::assert_snapshot!(said_of(b"MZ\0\0a: b\n\0c\n"), @"schema/shop.yaml:1:3: error[E0101]: a control character (U+0000)");
    insta::assert_snapshot!(said_of(b"\x7fELF\x02\x01\x01\0a\n\x01\x02:\n"), @"schema/shop.yaml:1:1: error[E0101]: a control character (U+007F)");
    insta::assert_snapshot!(said_of(b"\x89PNG\r\n\x1a\n"), @"schema/shop.yaml:1:1: error[E0003]: the file is not UTF-8");
}

#[test]
fn after_twenty_mistakes_reading_ends_and_says_so() {
    let text = "events:\n".to_owned() + &"  placed: Note: one.\n".repeat(30);
    let sources = sources(&[
        ("catalog.yaml", ROOT.as_bytes()),
        ("shop.yaml", text.as_bytes()),
    ]);
    let compilation = compile(&sources);
    let errors: Vec<_> = compilation.errors().collect();
    let last = errors.last().unwrap();
    insta::assert_snapshot!(render(last, &sources, Style::Plain), @r"
    error[E0101]: a `:` stands where no key can be
      --> schema/shop.yaml:21:15
       |
    21 |   placed: Note: one.
       |               ^ here
       |
       = note: there are many mistakes above: nothing below this one was read
       = help: text with `: ` in it needs quotes, or a block: `description: |`;
               or the indentation of this line is off
    ");
}

#[test]
fn of_thousands_of_errors_the_first_are_kept_and_all_are_counted() {
    let text = "events:\n".to_owned() + &"  A: {}\n".repeat(3000);
    let sources = sources(&[
        ("catalog.yaml", ROOT.as_bytes()),
        ("shop.yaml", text.as_bytes()),
    ]);
    let compilation = compile(&sources);
    let (first, others) = compilation.first_errors();
    let first: Vec<_> = first.map(|error| render_short(error, &sources)).collect();
    // The same name 2,999 times again, a name that is not snake_case, and no partition.
    assert_eq!((first.len(), first.len() + others), (100, 3001));
    insta::assert_snapshot!(first[0], @"schema/shop.yaml:3:3: error[E0102]: `A` stands twice in this map");
}

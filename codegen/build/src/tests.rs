use super::*;

mod stamp;

/// A crate in a folder of its own, with a schema.
struct Crate {
    folder: PathBuf,
}

impl Crate {
    fn new(name: &str, schema: &[(&str, &str)]) -> Self {
        let folder =
            std::env::temp_dir().join(format!("eventc-build-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let made = Self { folder };
        fs::create_dir_all(made.folder.join("out")).unwrap();
        for (path, text) in schema {
            made.write(path, text);
        }
        made
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join("schema").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, mode: Mode) -> Vec<String> {
        self.run_with(&Config::new(), mode)
    }

    fn run_with(&self, config: &Config, mode: Mode) -> Vec<String> {
        let environment = Environment {
            manifest: self.folder.clone(),
            out_dir: self.folder.join("out"),
            mode,
            start: std::time::SystemTime::now(),
            script: Some("a script".to_owned()),
        };
        let mut lines = self.report(config, &environment);
        lines.retain(|line| !line.starts_with("cargo::rerun"));
        lines
    }

    fn report(&self, config: &Config, environment: &Environment) -> Vec<String> {
        config.run(environment).unwrap().lines().to_vec()
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(path)).ok()
    }
}

impl Drop for Crate {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

const ROOT: (&str, &str) = ("catalog.yaml", "catalog: acme\neventc: 1\n");
const ORDERS: (&str, &str) = (
    "orders.yaml",
    "events:\n  placed:\n    partition: day(placed_at)\n    fields:\n      placed_at: timestamp\n",
);
const WRONG: (&str, &str) = (
    "orders.yaml",
    "events:\n  placed:\n    fields: { placed_at: timestamp }\n",
);

#[test]
fn a_checkout_is_written_once_and_then_left_alone() {
    let made = Crate::new("write", &[ROOT, ORDERS]);
    assert_eq!(made.run(Mode::Write), [""; 0]);
    let path = made.folder.join("generated/rust/orders.rs");
    let first = fs::metadata(&path).unwrap().modified().unwrap();
    assert!(
        made.read("generated/rust/orders.rs")
            .unwrap()
            .contains("pub struct Placed")
    );
    assert_eq!(made.run(Mode::Write), [""; 0]);
    assert_eq!(
        fs::metadata(&path).unwrap().modified().unwrap(),
        first,
        "nothing differs, nothing is written"
    );
}

#[test]
fn a_file_that_is_no_longer_produced_is_removed_and_a_strange_one_stays() {
    let made = Crate::new("prune", &[ROOT, ORDERS]);
    made.run(Mode::Write);
    fs::write(made.folder.join("generated/rust/by_hand.rs"), "// mine\n").unwrap();
    fs::remove_file(made.folder.join("schema/orders.yaml")).unwrap();
    made.run(Mode::Write);
    assert_eq!(made.read("generated/rust/orders.rs"), None);
    assert!(made.read("generated/rust/by_hand.rs").is_some());
}

#[test]
fn ci_names_what_differs_and_writes_nothing() {
    let made = Crate::new("ci", &[ROOT, ORDERS]);
    made.run(Mode::Write);
    assert_eq!(made.run(Mode::Check), [""; 0]);
    made.write("orders.yaml", &ORDERS.1.replace("placed:", "accepted:"));
    let before = made.read("generated/rust/orders.rs");
    let lines = made.run(Mode::Check);
    assert_eq!(
        lines,
        [
            "cargo::error=`generated` is not what the schema says (rust/catalog.rs, rust/orders.rs); \
          run `cargo build` where `CI` is not set, and commit the result (`EVENTC_WRITE=always` writes here too)"
        ]
    );
    assert_eq!(made.read("generated/rust/orders.rs"), before);
}

#[test]
fn line_ends_of_a_checkout_are_no_difference() {
    let made = Crate::new("crlf", &[ROOT, ORDERS]);
    made.run(Mode::Write);
    let text = made.read("generated/rust/orders.rs").unwrap();
    fs::write(
        made.folder.join("generated/rust/orders.rs"),
        text.replace('\n', "\r\n"),
    )
    .unwrap();
    assert_eq!(made.run(Mode::Check), [""; 0]);
}

#[test]
fn a_mistake_leaves_the_last_good_code_and_a_rendering() {
    let made = Crate::new("mistake", &[ROOT, ORDERS]);
    made.run(Mode::Write);
    let before = made.read("generated/rust/orders.rs");
    made.write(WRONG.0, WRONG.1);
    assert_eq!(made.run(Mode::Write), [""; 0]);
    assert_eq!(made.read("generated/rust/orders.rs"), before);
    let errors = made.read("out/eventc-errors.txt").unwrap();
    assert!(
        errors.contains("error[E0401]: `placed` has no partition"),
        "{errors}"
    );
    made.write(ORDERS.0, ORDERS.1);
    made.run(Mode::Write);
    assert_eq!(made.read("out/eventc-errors.txt"), None);
}

#[test]
fn a_first_build_with_a_mistake_has_a_place_to_show_it() {
    let made = Crate::new("first", &[ROOT, WRONG]);
    fs::create_dir_all(made.folder.join("generated/rust")).unwrap();
    fs::write(made.folder.join("generated/rust/lib.rs"), "").unwrap();
    made.run(Mode::Write);
    assert!(
        made.read("generated/rust/lib.rs")
            .unwrap()
            .ends_with("::eventc::schema!(\"schema\");\n")
    );
}

#[test]
fn a_packaged_copy_compiles_what_it_ships() {
    let made = Crate::new("packaged", &[ROOT, ORDERS]);
    let manifest = "# THIS FILE IS AUTOMATICALLY GENERATED BY CARGO\n";
    fs::write(made.folder.join("Cargo.toml"), manifest).unwrap();
    assert_eq!(made.run(Mode::Write), [""; 0]);
    assert_eq!(made.read("generated/rust/lib.rs"), None);
}

#[test]
fn a_missing_folder_is_one_line() {
    let made = Crate::new("missing", &[]);
    assert_eq!(
        made.run(Mode::Write),
        [
            "cargo::error=there is no folder `schema` to compile events from; make it, or name another with `Config::schema`"
        ]
    );
}

#[test]
fn out_dir_holds_one_file_and_nothing_is_checked_in() {
    let made = Crate::new("out", &[ROOT, ORDERS]);
    assert_eq!(
        made.run_with(&Config::new().out_dir(), Mode::Check),
        [""; 0]
    );
    assert!(
        made.read("out/events.rs")
            .unwrap()
            .contains("pub mod orders {")
    );
    assert_eq!(made.read("generated/rust/lib.rs"), None);
}

#[test]
fn a_mistake_that_no_code_would_raise_fails_the_script() {
    let made = Crate::new("unheard", &[ROOT, WRONG]);
    fs::create_dir_all(made.folder.join("generated/rust")).unwrap();
    fs::write(
        made.folder.join("generated/rust/lib.rs"),
        "pub fn mine() {}\n",
    )
    .unwrap();
    let expected = ["cargo::error=schema/orders.yaml:2:3: error[E0401]: `placed` has no partition"];
    assert_eq!(made.run(Mode::Write), expected);
    // Nothing may be written here, so the empty file of a first build stays empty.
    fs::write(made.folder.join("generated/rust/lib.rs"), "").unwrap();
    assert_eq!(made.run(Mode::Check), expected);
}

#[test]
fn the_file_in_out_dir_raises_its_own_mistakes() {
    let made = Crate::new("out-wrong", &[ROOT, WRONG]);
    assert_eq!(
        made.run_with(&Config::new().out_dir(), Mode::Check),
        [""; 0]
    );
    assert!(
        made.read("out/events.rs")
            .unwrap()
            .starts_with("::eventc::schema!(\"schema\");\n")
    );
}

#[test]
fn what_was_just_written_is_no_reason_to_run_again() {
    let made = Crate::new("dated", &[ROOT, ORDERS]);
    let start = std::time::SystemTime::now();
    made.run(Mode::Write);
    let written = fs::metadata(made.folder.join("generated/rust/orders.rs")).unwrap();
    assert!(written.modified().unwrap() < start);
}

#[test]
fn of_many_errors_some_are_drawn_and_the_others_counted() {
    let event = |number: usize| format!("  e{number}: {{ fields: {{ a: u8 }} }}\n");
    let events: String = (0..137).map(event).collect();
    let made = Crate::new(
        "many",
        &[ROOT, ("orders.yaml", &format!("events:\n{events}"))],
    );
    made.run(Mode::Write);
    let errors = made.read("out/eventc-errors.txt").unwrap();
    assert_eq!(errors.matches("error[E0401]").count(), 100);
    assert!(
        errors.ends_with("\nand 37 more problems in the schema"),
        "{errors}"
    );
    // Where nothing raises them, the script does, and says no more.
    fs::create_dir_all(made.folder.join("generated/rust")).unwrap();
    fs::write(
        made.folder.join("generated/rust/lib.rs"),
        "pub fn mine() {}\n",
    )
    .unwrap();
    let lines = made.run(Mode::Write);
    assert_eq!(lines.len(), 101);
    assert_eq!(
        lines[100],
        "cargo::error=and 37 more problems in the schema"
    );
}

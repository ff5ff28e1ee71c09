//! What a run remembers of the one before it, and what it never takes for granted.

use super::*;

const CART: (&str, &str) = (
    "cart.yaml",
    "events:\n  emptied:\n    description: Nothing is left.\n    partition: day(emptied_at)\n    fields:\n      emptied_at: timestamp\n",
);

impl Crate {
    fn environment(&self, script: Option<&str>) -> Environment {
        Environment {
            manifest: self.folder.clone(),
            out_dir: self.folder.join("out"),
            mode: Mode::Write,
            start: std::time::SystemTime::now(),
            script: script.map(str::to_owned),
        }
    }

    /// Whether the stamp is of the schema as it is.
    fn is_stamped(&self, config: &Config, script: Option<&str>) -> bool {
        let sources = Sources::read(&self.folder.join("schema"), "schema").unwrap();
        let sources = sources.shown_below(&below_workspace(&self.folder));
        let stamp = Stamp::new(&self.folder.join("out"), script, config.out_dir);
        stamp.read(&sources).is_some()
    }

    fn stamp(&self) -> PathBuf {
        self.folder.join("out").join(crate::stamp::FILE)
    }

    /// Every generated file with its text and its time.
    fn generated(&self) -> Vec<(String, String, std::time::SystemTime)> {
        let folder = self.folder.join("generated/rust");
        let mut files: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let name = entry.file_name().into_string().unwrap();
                let text = fs::read_to_string(entry.path()).unwrap();
                (name, text, entry.metadata().unwrap().modified().unwrap())
            })
            .collect();
        files.sort();
        files
    }
}

#[test]
fn a_second_run_says_the_same_and_touches_nothing() {
    let root = "catalog: acme\neventc: 1\nlints: { missing_retain: warn }\n";
    let made = Crate::new("stamped", &[(ROOT.0, root), ORDERS]);
    let first = made.report(&Config::new(), &made.environment(Some("a")));
    assert!(first.iter().any(|line| line.contains("`retain`")));
    assert!(first.iter().any(|line| line.ends_with("rust/orders.rs")));
    assert!(made.is_stamped(&Config::new(), Some("a")));
    let (stamp, generated) = (fs::read(made.stamp()).unwrap(), made.generated());
    assert_eq!(
        made.report(&Config::new(), &made.environment(Some("a"))),
        first
    );
    assert_eq!(made.generated(), generated);
    assert_eq!(fs::read(made.stamp()).unwrap(), stamp);
    assert_eq!(
        fs::read_dir(made.folder.join("out")).unwrap().count(),
        1,
        "nothing but the stamp"
    );
}

#[test]
fn one_edited_event_is_one_written_file() {
    let made = Crate::new("edit", &[ROOT, ORDERS, CART]);
    made.run(Mode::Write);
    let before = made.generated();
    made.write(CART.0, &CART.1.replace("Nothing", "Nothing at all"));
    made.run(Mode::Write);
    let after = made.generated();
    let written: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before.2 != after.2)
        .map(|(before, _)| before.0.as_str())
        .collect();
    assert_eq!(written, ["cart.rs"]);
    assert!(
        made.read("generated/rust/cart.rs")
            .unwrap()
            .contains("Nothing at all")
    );
}

#[test]
fn a_stamp_is_of_one_schema_one_script_and_one_layout() {
    let made = Crate::new("keys", &[ROOT, ORDERS, CART]);
    let (apart, inline) = (Config::new(), Config::new().out_dir());
    made.report(&apart, &made.environment(Some("a")));
    assert!(made.is_stamped(&apart, Some("a")));
    assert!(!made.is_stamped(&apart, Some("b")));
    assert!(!made.is_stamped(&apart, None));
    assert!(!made.is_stamped(&inline, Some("a")));
    let schema = made.folder.join("schema");
    // A file that comes, one that goes, one that moves, one that changes, and a name that is not read.
    made.write("more.yaml", "");
    assert!(!made.is_stamped(&apart, Some("a")));
    fs::remove_file(schema.join("more.yaml")).unwrap();
    assert!(made.is_stamped(&apart, Some("a")));
    made.write("more.yml", "");
    assert!(!made.is_stamped(&apart, Some("a")));
    fs::remove_file(schema.join("more.yml")).unwrap();
    fs::rename(schema.join("cart.yaml"), schema.join("card.yaml")).unwrap();
    assert!(!made.is_stamped(&apart, Some("a")));
    fs::remove_file(schema.join("card.yaml")).unwrap();
    assert!(!made.is_stamped(&apart, Some("a")));
    made.write(CART.0, &CART.1.replace("left", "lost"));
    assert!(!made.is_stamped(&apart, Some("a")));
    made.write(CART.0, CART.1);
    assert!(made.is_stamped(&apart, Some("a")));
}

#[test]
fn bytes_that_are_not_utf8_are_not_what_they_are_shown_as() {
    let made = Crate::new("lossy", &[ROOT, ORDERS]);
    made.write(CART.0, "description: \u{fffd}\n");
    made.run(Mode::Write);
    fs::write(made.folder.join("schema/cart.yaml"), b"description: \xff\n").unwrap();
    made.run(Mode::Write);
    assert!(made.read("out/eventc-errors.txt").is_some());
}

#[test]
fn a_script_that_cannot_be_told_from_others_leaves_no_stamp() {
    let made = Crate::new("nameless", &[ROOT, ORDERS]);
    made.report(&Config::new(), &made.environment(None));
    assert!(!made.stamp().exists());
    assert!(made.read("generated/rust/orders.rs").is_some());
}

#[test]
fn generated_files_that_somebody_changed_come_back() {
    let made = Crate::new("restored", &[ROOT, ORDERS]);
    made.run(Mode::Write);
    let orders = made.folder.join("generated/rust/orders.rs");
    let text = fs::read_to_string(&orders).unwrap();
    fs::remove_file(&orders).unwrap();
    made.run(Mode::Write);
    assert_eq!(fs::read_to_string(&orders).unwrap(), text);
    fs::write(&orders, text.replace("Placed", "Replaced")).unwrap();
    let lines = made.run(Mode::Check);
    assert!(lines.iter().any(|line| line.contains("(rust/orders.rs)")));
    made.run(Mode::Write);
    assert_eq!(fs::read_to_string(&orders).unwrap(), text);
    let stale = made.folder.join("generated/rust/old.rs");
    fs::write(&stale, &text).unwrap();
    assert_eq!(made.run(Mode::Check).len(), 1);
    assert!(stale.exists());
    made.run(Mode::Write);
    assert!(!stale.exists());
    // Here nobody looks, as ever.
    fs::remove_file(&orders).unwrap();
    assert_eq!(made.run(Mode::Never), [""; 0]);
    assert!(!orders.exists());
}

#[test]
fn the_file_in_out_dir_comes_back_too() {
    let made = Crate::new("restored-out", &[ROOT, ORDERS]);
    let config = Config::new().out_dir();
    made.run_with(&config, Mode::Check);
    assert!(made.is_stamped(&config, Some("a script")));
    let text = made.read("out/events.rs");
    fs::remove_file(made.folder.join("out/events.rs")).unwrap();
    made.run_with(&config, Mode::Check);
    assert_eq!(made.read("out/events.rs"), text);
    fs::write(made.folder.join("out/events.rs"), "").unwrap();
    made.run_with(&config, Mode::Check);
    assert_eq!(made.read("out/events.rs"), text);
}

#[test]
fn a_mistake_that_was_taken_back_leaves_no_error() {
    let made = Crate::new("back", &[ROOT, ORDERS]);
    made.run(Mode::Write);
    made.write(WRONG.0, WRONG.1);
    made.run(Mode::Write);
    assert!(made.read("out/eventc-errors.txt").is_some());
    made.run(Mode::Write);
    assert!(made.read("out/eventc-errors.txt").is_some());
    made.write(ORDERS.0, ORDERS.1);
    assert!(made.is_stamped(&Config::new(), Some("a script")));
    made.run(Mode::Write);
    assert_eq!(made.read("out/eventc-errors.txt"), None);
}

#[test]
fn a_damaged_stamp_costs_a_compilation_and_no_more() {
    let made = Crate::new("damaged", &[ROOT, ORDERS]);
    let expected = made.report(&Config::new(), &made.environment(Some("a")));
    let (stamp, generated) = (fs::read(made.stamp()).unwrap(), made.generated());
    let cut = (0..stamp.len())
        .step_by(97)
        .map(|end| stamp[..end].to_vec());
    let flipped = (0..stamp.len()).step_by(61).map(|at| {
        let mut flipped = stamp.clone();
        flipped[at] ^= 0x20;
        flipped
    });
    let blank = vec![0; stamp.len()];
    let twice = stamp.repeat(2);
    for damaged in cut.chain(flipped).chain([blank, twice]) {
        fs::write(made.stamp(), damaged).unwrap();
        let report = made.report(&Config::new(), &made.environment(Some("a")));
        assert_eq!(report, expected);
        assert_eq!(made.generated(), generated);
        assert_eq!(fs::read(made.stamp()).unwrap(), stamp);
    }
    // A folder in its place is no reason to fail.
    fs::remove_file(made.stamp()).unwrap();
    fs::create_dir(made.stamp()).unwrap();
    let report = made.report(&Config::new(), &made.environment(Some("a")));
    assert_eq!(report, expected);
}

#[test]
fn a_copy_that_cargo_made_has_no_use_for_a_stamp() {
    let made = Crate::new("packaged-stamp", &[ROOT, ORDERS]);
    made.run(Mode::Write);
    let manifest = "# THIS FILE IS AUTOMATICALLY GENERATED BY CARGO\n";
    fs::write(made.folder.join("Cargo.toml"), manifest).unwrap();
    fs::remove_file(made.folder.join("generated/rust/orders.rs")).unwrap();
    assert_eq!(made.run(Mode::Write), [""; 0]);
    assert_eq!(made.read("generated/rust/orders.rs"), None);
}

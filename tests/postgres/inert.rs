//! Text of the schema is never code in a database.

use eventc_compiler::catalog::Event;
use eventc_testing::samples::Samples;

use crate::stage::Stage;

const HOSTILE: &str = r#"
types:
  Choice:
    description: "$$; drop schema acme cascade; -- '; /* \\"
    enum: { "it's": {}, '$$; drop table acme.it; --': { rust: Dollars }, "a\\'b": {}, '"': { rust: Quote }, '*/': { rust: End } }
  Code: { newtype: string, pattern: "^['\"$;-]{0,9}$" }
streams:
  all:
    description: "'; drop schema acme cascade; --\n\\! touch /tmp/owned\n$do$ $$ \0 \u202e E'\\'"
    owner: "'; --"
    fields: { at: timestamp, choice: Choice, id: uuid }
    partition: [choice, day(at)]
    id: id
events:
  it:
    stream: all
    description: "\\'; drop schema acme cascade; --"
    deprecated: "'); drop schema acme cascade; --"
    fields:
      quoted: { type: string, wire: "\"); drop schema acme cascade; --", unit: "'", description: "nul \0 and \\" }
      dollar?: { type: string, wire: "$$", pii: "$$'" }
      code: { type: Code, backfill: "';--", since: "'; --" }
      list?: { type: list<Choice>, wire: "a'b" }
      more: { type: json, backfill: { "'": "\\'); drop schema acme cascade; -- \0" }, since: '1' }
"#;

#[test]
fn names_values_and_descriptions_come_out_inert() {
    let Some(stage) = Stage::small("inert", HOSTILE) else {
        return;
    };
    stage.sql(&stage.scripts);
    let described = stage.sql("select obj_description('acme.it'::regclass)");
    assert!(
        described.starts_with(r"\'; drop schema acme cascade; --"),
        "{described}"
    );
    let described = stage.sql("select obj_description('acme.all'::regclass)");
    assert!(described.contains("\\! touch /tmp/owned"), "{described}");
    assert!(
        described.contains("$do$ $$ \u{fffd} \u{202e} E'\\'"),
        "{described}"
    );
    // Rows with such values, too.
    let id = Event::ids(&stage.catalog).next().unwrap();
    let mut samples = Samples::new(&stage.catalog, 7).with_nul(true);
    let table = stage.table_of("it");
    let count = 60;
    for _ in 0..count {
        let message = samples.event(id);
        stage.sql(&(stage.place(table, &message) + &stage.insert(table, &message)));
    }
    let stored = stage.sql("select count(*) from acme.it where more is not null");
    assert_eq!(stored.trim(), count.to_string());
    let column = stage.sql("select attname from pg_attribute where attrelid = 'acme.it'::regclass and attname like '\"%'");
    assert_eq!(column.trim(), "\"); drop schema acme cascade; --");
}

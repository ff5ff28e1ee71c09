//! A pattern takes the same texts in a table as in a type.

use eventc_compiler::postgres::{Check, Literal};
use eventc_pattern::Pattern;
use eventc_testing::patterns::{PATTERNS, TEXTS};

use crate::stage::Stage;

#[test]
fn they_agree_with_postgres() {
    let fields: Vec<_> = (0..PATTERNS.len()).map(|n| format!("f{n}: P{n}")).collect();
    let types = PATTERNS.iter().enumerate().map(|(n, pattern)| {
        format!(
            "  P{n}: {{ newtype: string, pattern: '{}' }}\n",
            pattern.replace('\'', "''")
        )
    });
    let schema = format!(
        "types:\n{}events:\n  e: {{ partition: none, fields: {{ {} }} }}\n",
        types.collect::<String>(),
        fields.join(", ")
    );
    let Some(stage) = Stage::small("patterns", &schema) else {
        return;
    };
    let table = stage.table_of("e");
    let condition = |n: usize| {
        let named = |check: &&Check| check.name == format!("f{n}_pattern");
        &table.checks.iter().find(named).unwrap().condition
    };
    for (n, pattern) in PATTERNS.iter().enumerate() {
        let ours = Pattern::parse(pattern).unwrap();
        let texts: Vec<_> = TEXTS
            .iter()
            .map(|text| format!("({})", Literal(text)))
            .collect();
        let answer = stage.sql(&format!(
            "select {} from (values {}) as texts(\"f{n}\")",
            condition(n),
            texts.join(", ")
        ));
        for (text, theirs) in TEXTS.iter().zip(answer.lines()) {
            assert_eq!(
                theirs == "t",
                ours.is_match(text),
                "{pattern:?} of {text:?}: {}",
                condition(n)
            );
        }
        assert_eq!(answer.lines().count(), TEXTS.len());
    }
}

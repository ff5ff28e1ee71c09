//! How diagnostics are drawn, whatever they are about.

use eventc_compiler::{Style, compile, render, render_short};

use crate::files::ROOT;
use crate::fixture::{each, sources};

/// Colours change nothing but the colour.
#[test]
fn without_its_colours_a_coloured_diagnostic_is_the_plain_one() {
    each("wrong", |fixture| {
        let sources = fixture.sources();
        for diagnostic in compile(&sources).diagnostics {
            let plain = render(&diagnostic, &sources, Style::Plain);
            let colored = render(&diagnostic, &sources, Style::Colored);
            assert_ne!(colored, plain);
            assert_eq!(without_colours(&colored), plain);
        }
    });
}

/// A text without the sequences that set colours: from `ESC [` to `m`.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (numbers, rest) = part.split_once('m').expect("a colour ends with `m`");
        let is_colour = numbers
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b';');
        assert!(is_colour, "{numbers}");
        text + rest
    })
}

/// A schema may come from a stranger, and what is said about it goes to a terminal or a log.
#[test]
fn no_terminal_is_told_what_to_do_by_a_schema() {
    let hostile = ["\u{1b}[2J", "\u{202e}", "\u{2066}", "\u{200b}", "\u{9b}2J"];
    let mut drawn = 0;
    for text in hostile {
        let files = [
            // The name of a file, of a thing, of one that is near it, and every kind of value.
            (
                format!("a{text}.yaml"),
                "events: { a: { partition: none } }".to_owned(),
            ),
            (
                "b.yaml".to_owned(),
                format!(
                    "types: {{ Money{text}: uuid }}\nevents: {{ a: {{ partition: none, fields: {{ b: Monex }} }} }}"
                ),
            ),
            (
                "c.yaml".to_owned(),
                format!(
                    "contexts: {{ viewer{text}: {{ fields: {{ a: u8 }} }} }}\nevents: {{ a: {{ partition: none, with: [viewr] }} }}"
                ),
            ),
            (
                "d.yaml".to_owned(),
                format!(
                    "events: {{ a: {{ partition: 'day({text})', with{text}: [b], fields: {{ c: 'u{text}8', d{text}: u8 }} }} }}"
                ),
            ),
            (
                "e.yaml".to_owned(),
                format!(
                    "allow: [unit{text}]\nevents: {{ a: {{ partition: none, fields: {{ b: [{text}, b] }}, examples: {{ c: {{ b: '{text}b' }} }} }} }}"
                ),
            ),
            (format!("f{text}.yml"), String::new()),
            ("catalog.yaml".to_owned(), ROOT.to_owned()),
        ];
        let sources = sources(&files);
        for diagnostic in compile(&sources).diagnostics {
            let short = render_short(&diagnostic, &sources);
            let plain = render(&diagnostic, &sources, Style::Plain);
            let colored = without_colours(&render(&diagnostic, &sources, Style::Colored));
            for drawing in [short, plain, colored] {
                drawn += 1;
                let obeyed = drawing.chars().find(|c| is_obeyed(*c));
                assert_eq!(obeyed, None, "{}", drawing.escape_debug());
            }
        }
    }
    assert!(drawn > 100, "{drawn}");
}

/// Whether a terminal does something else with a character than to show it.
fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

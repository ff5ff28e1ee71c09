//! New declarations, as people write them.

/// Lines of YAML, each so many levels deep.
#[derive(Debug, Default)]
pub(crate) struct Block {
    lines: Vec<(usize, String)>,
}

impl Block {
    /// Adds a line so many levels deep.
    pub(crate) fn line(&mut self, level: usize, text: impl Into<String>) {
        self.lines.push((level, text.into()));
    }

    /// Adds `key: text`, with the text in quotes where it would be read as something else.
    pub(crate) fn text(&mut self, level: usize, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.line(level, format!("{key}: {}", scalar(text)));
        }
    }

    /// Adds `key: value`, where there is a value.
    pub(crate) fn value(&mut self, level: usize, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(level, format!("{key}: {value}"));
        }
    }

    /// Adds `key: [a, b]`, where there are items.
    pub(crate) fn list(&mut self, level: usize, key: &str, items: &[String]) {
        if !items.is_empty() {
            self.line(level, format!("{key}: [{}]", items.join(", ")));
        }
    }

    /// Adds `key:` and an entry below it for each field, where there are fields.
    pub(crate) fn entries(&mut self, level: usize, key: &str, entries: &[(String, String)]) {
        if entries.is_empty() {
            return;
        }
        self.line(level, format!("{key}:"));
        for (name, value) in entries {
            self.line(level + 1, format!("{name}: {value}"));
        }
    }

    /// The lines, below a section whose entries stand so far to the right: so are the levels below them.
    pub(crate) fn lines(&self, indent: usize) -> Vec<String> {
        let spaces = |level: usize| " ".repeat(indent * (level + 1));
        match self.lines.as_slice() {
            // A name with nothing below it is one of an empty map.
            [(level, only)] if only.ends_with(':') => {
                vec![format!("{}{only} {{}}", spaces(*level))]
            }
            lines => lines
                .iter()
                .map(|(level, text)| format!("{}{text}", spaces(*level)))
                .collect(),
        }
    }
}

/// Text as a value on one line: as it is where YAML reads it so, else in quotes.
pub(crate) fn scalar(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Emitters of YAML break long lines or write blocks; the question is only whether quotes are needed.
    let is_plain = serde_yaml::from_str::<serde_yaml::Value>(&format!("k: {text}"))
        .ok()
        .and_then(|value| Some(value.get("k")?.as_str()? == text))
        .unwrap_or(false);
    if is_plain {
        text
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_they_were_meant() {
        let texts = [
            "A request that ended.",
            "no: colon",
            "- item",
            "# comment",
            "a # comment",
            "it's",
            "'x'",
            "\"x\"",
            "{a}",
            "[a]",
            "yes",
            "1.10",
            "~",
            "null",
            "",
            "*a",
            "&a",
            "!t",
            "%d",
            "@x",
            "`x`",
            "a: b",
            "ends:",
            "? q",
            "| b",
            "> f",
            "ø, 名前",
        ];
        for text in texts {
            let yaml = format!("k: {}\n", scalar(text));
            let read: serde_yaml::Value = serde_yaml::from_str(&yaml).unwrap();
            assert_eq!(read["k"].as_str(), Some(text), "{yaml}");
        }
        assert_eq!(scalar("A request\nthat  ended."), "A request that ended.");
    }
}

//! The same data in random styles, with comments and empty lines anywhere.

use eventc_cli::dialect::Value;

/// A stream of choices that a seed settles.
pub(crate) struct Choices(u64);

impl Choices {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// Below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % end
    }

    /// Once in `times`.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn spaces(&mut self, least: usize, most: usize) -> String {
        " ".repeat(least + self.below(most - least + 1))
    }
}

/// Writes a file.
pub(crate) fn render(value: &Value, seed: u64) -> String {
    let mut writer = Writer {
        choices: Choices::new(seed),
        out: String::new(),
        comments: 0,
    };
    writer.lines_between(0);
    if writer.choices.once_in(4) {
        writer.out.push_str("---");
        writer.end_line(true);
    }
    match value {
        Value::Mapping(map) if !map.is_empty() => writer.entries(value, 0),
        Value::Null => {}
        _ => {
            let text = writer.in_brackets(value, 1);
            writer.out.push_str(&text);
            writer.end_line(true);
        }
    }
    writer.lines_between(0);
    if writer.choices.once_in(5) {
        writer.out = writer.out.replace('\n', "\r\n");
    }
    if writer.choices.once_in(5) {
        writer.out.insert(0, '\u{feff}');
    }
    writer.out
}

struct Writer {
    choices: Choices,
    out: String,
    comments: usize,
}

impl Writer {
    fn comment(&mut self) -> String {
        self.comments += 1;
        let begin = ["# ", "#", "#  ", "## ", "#!"][self.choices.below(5)];
        let end = self.choices.spaces(0, 2);
        format!("{begin}c{} : # - {{ [, \"it's{end}", self.comments)
    }

    /// Empty lines and comments, as may stand between entries.
    fn lines_between(&mut self, indent: usize) {
        while self.choices.once_in(3) {
            if self.choices.once_in(2) {
                let spaces = self.choices.spaces(0, 3);
                self.out.push_str(&spaces);
            } else {
                let more = if self.choices.once_in(4) { 3 } else { 0 };
                let comment = self.comment();
                self.out.push_str(&" ".repeat(indent + more));
                self.out.push_str(&comment);
            }
            self.out.push('\n');
        }
    }

    fn end_line(&mut self, may_have_comment: bool) {
        if may_have_comment && self.choices.once_in(5) {
            let gap = self.choices.spaces(1, 5);
            let comment = self.comment();
            self.out.push_str(&gap);
            self.out.push_str(&comment);
        } else {
            let spaces = self.choices.spaces(0, 1);
            self.out.push_str(&spaces);
        }
        self.out.push('\n');
    }

    /// The entries of a map or the items of a list, beginning on a line of their own.
    fn entries(&mut self, value: &Value, indent: usize) {
        let entries: Vec<(Option<&Value>, &Value)> = match value {
            Value::Mapping(map) => map.iter().map(|(key, value)| (Some(key), value)).collect(),
            Value::Sequence(items) => items.iter().map(|item| (None, item)).collect(),
            _ => unreachable!("only collections have entries"),
        };
        let step = 1 + self.choices.below(4);
        for (index, (key, value)) in entries.into_iter().enumerate() {
            // After a text under `|+`, empty lines are text: that is as good.
            if index > 0 || self.out.ends_with('\n') {
                self.lines_between(indent);
                self.out.push_str(&" ".repeat(indent));
            }
            match key {
                Some(key) => {
                    let key = self.one_line(key, true);
                    self.out.push_str(&key);
                    self.out
                        .push_str(if self.choices.once_in(8) { " :" } else { ":" });
                }
                None => self.out.push('-'),
            }
            self.value(value, key.is_none(), indent, step);
        }
    }

    fn value(&mut self, value: &Value, is_item: bool, indent: usize, step: usize) {
        let is_filled = match value {
            Value::Mapping(map) => !map.is_empty(),
            Value::Sequence(items) => !items.is_empty(),
            _ => false,
        };
        if is_filled && !self.choices.once_in(3) {
            if is_item && self.choices.once_in(2) {
                let gap = self.choices.spaces(1, 3);
                self.out.push_str(&gap);
                return self.entries(value, indent + 1 + gap.len());
            }
            self.end_line(true);
            let is_list = matches!(value, Value::Sequence(_));
            let indentless = is_list && !is_item && self.choices.once_in(3);
            return self.entries(value, if indentless { indent } else { indent + step });
        }
        if let (Value::Null, true) = (value, self.choices.once_in(2)) {
            return self.end_line(true);
        }
        if let (Value::String(text), true) = (value, self.choices.once_in(2))
            && let Some(block) = self.block(text, indent)
        {
            return self.out.push_str(&block);
        }
        if self.choices.once_in(6) {
            self.end_line(true);
            self.lines_between(indent + step);
            self.out.push_str(&" ".repeat(indent + step));
        } else {
            let gap = self.choices.spaces(1, 3);
            self.out.push_str(&gap);
        }
        let text = match value {
            Value::String(text) if self.choices.once_in(4) => self.over_lines(text, indent + step),
            _ => self.in_brackets(value, indent + step),
        };
        self.out.push_str(&text);
        self.end_line(true);
    }

    /// Plain or in quotes, and gone on with below at any single space.
    fn over_lines(&mut self, text: &str, indent: usize) -> String {
        let whole = self.one_line(&Value::String(text.to_owned()), false);
        let mut out = String::new();
        let between_letters = |at: usize| {
            let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_lowercase);
            at > 0
                && is_letter(whole.as_bytes().get(at - 1))
                && is_letter(whole.as_bytes().get(at + 1))
        };
        for (at, c) in whole.char_indices() {
            if c == ' ' && between_letters(at) && self.choices.once_in(3) {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
            } else {
                out.push(c);
            }
        }
        out
    }

    /// A text under `|`.
    fn block(&mut self, text: &str, indent: usize) -> Option<String> {
        let is_plain = |c: char| c == '\n' || (c != '\u{feff}' && !c.is_control());
        let has_text = !text.trim_matches(['\n', ' ']).is_empty();
        if !has_text || text.starts_with('\t') || !text.chars().all(is_plain) {
            return None;
        }
        let ends = text.len() - text.trim_end_matches('\n').len();
        let chomping = match ends {
            0 => "-",
            1 => "",
            _ => "+",
        };
        let step = 1 + self.choices.below(4);
        let mut block = format!("  |{step}{chomping}");
        if self.choices.once_in(4) {
            block = format!("{block} {}", self.comment());
        }
        for line in text.trim_end_matches('\n').split('\n') {
            block.push('\n');
            if !line.is_empty() {
                block.push_str(&" ".repeat(indent + step));
                block.push_str(line);
            }
        }
        block.push_str(&"\n".repeat(ends.max(1)));
        Some(block)
    }

    /// Any value, in brackets where it needs some; over several lines that are indented by `indent` at least.
    fn in_brackets(&mut self, value: &Value, indent: usize) -> String {
        let (open, entries, close): (_, Vec<_>, _) = match value {
            Value::Mapping(map) => {
                let entry = |(key, value)| (Some(key), value);
                ("{", map.iter().map(entry).collect(), "}")
            }
            Value::Sequence(items) => ("[", items.iter().map(|item| (None, item)).collect(), "]"),
            scalar => return self.one_line(scalar, true),
        };
        let mut text = open.to_owned() + &self.between_tokens(indent);
        let last = entries.len().saturating_sub(1);
        for (index, (key, value)) in entries.into_iter().enumerate() {
            if let Some(key) = key {
                text += &self.one_line(key, true);
                text += ":";
                text += &self.choices.spaces(1, 2);
            }
            text += &self.in_brackets(value, indent + 1);
            if index < last || self.choices.once_in(6) {
                text += &self.choices.spaces(0, 1);
                text += ",";
            }
            text += &self.between_tokens(indent);
        }
        text + close
    }

    /// Space, rarely a line end, rarer a comment.
    fn between_tokens(&mut self, indent: usize) -> String {
        let mut text = self.choices.spaces(0, 2);
        if self.choices.once_in(12) {
            if self.choices.once_in(3) {
                text = format!(" {}", self.comment());
            }
            text += "\n";
            while self.choices.once_in(4) {
                text += "\n";
            }
            text += &" ".repeat(indent);
            text += &self.choices.spaces(0, 3);
        }
        text
    }

    /// A text or a number on one line, in any quotes that it can have.
    fn one_line(&mut self, value: &Value, in_brackets: bool) -> String {
        let Value::String(text) = value else {
            return serde_yaml::to_string(value).unwrap().trim_end().to_owned();
        };
        let written = serde_yaml::to_string(value).unwrap();
        let written = written.trim_end_matches('\n');
        let has = |special: &[char]| written.contains(special);
        let is_special =
            has(&['\n', '|', '>', '?', ':', '#']) || in_brackets && has(&[',', '[', ']', '{', '}']);
        match self.choices.below(4) {
            0 | 1 if !is_special || (written.starts_with('\'') && !written.contains('\n')) => {
                written.to_owned()
            }
            2 if !text.chars().any(|c| c.is_control() || c == '\u{feff}') => {
                format!("'{}'", text.replace('\'', "''"))
            }
            _ => in_double_quotes(text),
        }
    }
}

fn in_double_quotes(text: &str) -> String {
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        c if c.is_control() || c == '\u{feff}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

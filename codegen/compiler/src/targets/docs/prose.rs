//! Descriptions as HTML. They are Markdown by strangers: paragraphs, lists, blocks of code, and in a line code, strong words and
//! links are read; everything else is text.

use std::fmt::Write as _;

use super::html::Text;

/// A whole description.
pub(super) fn blocks(text: &str) -> String {
    let mut writer = Blocks::default();
    for line in text.lines() {
        writer.line(line);
    }
    writer.finish()
}

/// A description where there is room for a line only: its paragraphs follow each other.
pub(super) fn line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    inline(&words.join(" "))
}

#[derive(Default)]
struct Blocks {
    html: String,
    /// The lines of the block that is not at its end.
    open: Vec<String>,
    kind: Kind,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Paragraph,
    List,
    Code,
}

impl Blocks {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        let is_fence = trimmed.starts_with("```") || trimmed.starts_with("~~~");
        match (self.kind, is_fence) {
            (Kind::Code, true) => self.close(),
            (Kind::Code, false) => self.open.push(line.trim_end().to_owned()),
            (_, true) => self.begin(Kind::Code),
            _ if trimmed.is_empty() => self.close(),
            (kind, false) => {
                let item = trimmed.strip_prefix("- ").or(trimmed.strip_prefix("* "));
                match (item, kind) {
                    (Some(item), Kind::List) => self.open.push(item.to_owned()),
                    (Some(item), _) => {
                        self.begin(Kind::List);
                        self.open.push(item.to_owned());
                    }
                    (None, _) => self.go_on(trimmed),
                }
            }
        }
    }

    /// A line that belongs to what stands above it.
    fn go_on(&mut self, line: &str) {
        let last = self.open.last_mut();
        match last.filter(|_| self.kind == Kind::List) {
            Some(item) => {
                item.push(' ');
                item.push_str(line);
            }
            None => self.open.push(line.to_owned()),
        }
    }

    fn begin(&mut self, kind: Kind) {
        self.close();
        self.kind = kind;
    }

    fn close(&mut self) {
        let (open, kind) = (std::mem::take(&mut self.open), self.kind);
        self.kind = Kind::default();
        if open.is_empty() {
            return;
        }
        let _ = match kind {
            Kind::Paragraph => writeln!(self.html, "<p>{}</p>", inline(&open.join("\n"))),
            Kind::Code => writeln!(
                self.html,
                "<pre tabindex=\"0\"><code>{}</code></pre>",
                Text(&open.join("\n"))
            ),
            Kind::List => {
                let items: String = open
                    .iter()
                    .map(|item| format!("<li>{}</li>", inline(item)))
                    .collect();
                writeln!(self.html, "<ul>{items}</ul>")
            }
        };
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

/// Code, strong words and links; a mark without its partner is only a mark.
fn inline(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(['`', '*', '[']) {
        let (before, at) = rest.split_at(place);
        let _ = write!(html, "{}", Text(before));
        rest = match marked(at) {
            Some((marked, after)) => {
                html.push_str(&marked);
                after
            }
            None => {
                let mut chars = at.chars();
                html.extend(chars.next());
                chars.as_str()
            }
        };
    }
    let _ = write!(html, "{}", Text(rest));
    html
}

/// What begins with a mark, as HTML, and what stands behind it.
fn marked(text: &str) -> Option<(String, &str)> {
    let between = |open: &str, close: &str| {
        let (inner, after) = text.strip_prefix(open)?.split_once(close)?;
        (!inner.trim().is_empty()).then_some((inner, after))
    };
    if let Some((code, after)) = between("`", "`") {
        return Some((format!("<code>{}</code>", Text(code)), after));
    }
    if let Some((strong, after)) = between("**", "**") {
        return Some((format!("<strong>{}</strong>", Text(strong)), after));
    }
    let (words, after) = between("[", "](")?;
    let (target, after) = after.split_once(')')?;
    // Nothing that a browser would run.
    let is_address = target.starts_with("https://") || target.starts_with("http://");
    let link = || {
        format!(
            "<a href=\"{}\" rel=\"noreferrer\">{}</a>",
            Text(target),
            Text(words)
        )
    };
    is_address.then(|| (link(), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_read_as_markdown_and_never_as_html() {
        assert_eq!(blocks("a <b>\nc\n\nd"), "<p>a &lt;b&gt;\nc</p>\n<p>d</p>\n");
        assert_eq!(
            blocks("- a\n  b\n- `c`"),
            "<ul><li>a b</li><li><code>c</code></li></ul>\n"
        );
        assert_eq!(
            blocks("```\n<script>\n  x"),
            "<pre tabindex=\"0\"><code>&lt;script&gt;\n  x</code></pre>\n"
        );
        assert_eq!(
            line("it`s **so** * [a](b)"),
            "it`s <strong>so</strong> * [a](b)"
        );
        assert_eq!(
            line("[x](javascript:alert) [y](https://a.b/\"onclick=)"),
            "[x](javascript:alert) <a href=\"https://a.b/&quot;onclick=\" rel=\"noreferrer\">y</a>"
        );
    }
}

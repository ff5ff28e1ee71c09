//! Tables in Markdown that can be read as text, too.

use std::fmt;

/// A table whose columns are aligned in the source as well.
#[derive(Debug, Clone)]
pub struct Table {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// The first column is text and aligned to the left; the others are figures.
    pub fn new<S: Into<String>>(heads: impl IntoIterator<Item = S>) -> Self {
        Self {
            heads: heads.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; cells that are missing at its end are empty.
    pub fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) -> &mut Self {
        let mut cells: Vec<String> = cells.into_iter().map(Into::into).collect();
        cells.resize(self.heads.len(), String::new());
        self.rows.push(cells);
        self
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = || std::iter::once(&self.heads).chain(&self.rows);
        let width = |column: usize| {
            lines()
                .map(|cells| cells[column].chars().count())
                .max()
                .unwrap_or(0)
                .max(3)
        };
        let widths: Vec<_> = (0..self.heads.len()).map(width).collect();
        let write_line = |f: &mut fmt::Formatter<'_>, cells: &[String]| {
            for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
                if column == 0 {
                    write!(f, "| {cell:<width$} ")?;
                } else {
                    write!(f, "| {cell:>width$} ")?;
                }
            }
            writeln!(f, "|")
        };
        write_line(f, &self.heads)?;
        for (column, width) in widths.iter().enumerate() {
            let (dashes, end) = ("-".repeat(width + 1), if column == 0 { "-" } else { ":" });
            write!(f, "|{dashes}{end}")?;
        }
        writeln!(f, "|")?;
        self.rows.iter().try_for_each(|cells| write_line(f, cells))
    }
}

/// A figure with so many decimals, and a comma between thousands.
pub fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let digits = text.split('.').next().unwrap_or_default().len();
    let mut grouped = String::new();
    for (index, digit) in text.chars().enumerate() {
        if index > 0 && index < digits && (digits - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aligns_columns() {
        let mut table = Table::new(["what", "s"]);
        table.row(["check", "1.25"]).row(["a debug build", "3×"]);
        let text = "\
            | what          |    s |\n\
            |---------------|-----:|\n\
            | check         | 1.25 |\n\
            | a debug build |   3× |\n";
        assert_eq!(table.to_string(), text);
    }

    #[test]
    fn groups_thousands() {
        let groups = [(0.5, 2), (999.0, 0), (1234.5678, 2), (15_731_000.0, 0)];
        let groups = groups.map(|(value, decimals)| grouped(value, decimals));
        assert_eq!(groups, ["0.50", "999", "1,234.57", "15,731,000"]);
    }
}

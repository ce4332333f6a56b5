//! Columns, labels and headlines.

use console::Style;
use netmend_report::{Words, visible};

/// Spaces between columns.
const GAP: &str = "  ";

/// With which words and whether in colour.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The words.
    pub words: &'a Words,
    /// Whether colours may be used.
    pub colour: bool,
}

impl Look<'_> {
    /// What was measured, and its result where it is one sentence.
    pub fn headline(self, what: &str, result: &str) -> String {
        let what = self.strong().apply_to(visible(what)).to_string();
        if result.is_empty() { format!("{what}\n") } else { format!("{what}: {}\n", visible(result)) }
    }

    /// Labels in one column, values in the next; entries without a value are left out.
    pub fn labelled(self, entries: &[(&str, String)]) -> String {
        let entries: Vec<_> = entries.iter().filter(|(_, value)| !value.is_empty()).collect();
        let labels: Vec<_> = entries.iter().map(|(key, _)| self.words.text(key)).collect();
        let widest = labels.iter().map(|label| width(label)).max().unwrap_or(0);
        let lines = labels.iter().zip(&entries).map(|(label, (_, value))| {
            let label = self.dim().apply_to(format!("{label:widest$}"));
            format!("{GAP}{label}{GAP}{}\n", visible(value))
        });
        lines.collect()
    }

    /// A sentence of less weight.
    pub fn remark(self, text: &str) -> String {
        format!("{GAP}{}\n", self.dim().apply_to(visible(text)))
    }

    fn strong(self) -> Style {
        Style::new().bold().force_styling(self.colour)
    }

    fn dim(self) -> Style {
        Style::new().dim().force_styling(self.colour)
    }
}

/// Rows below a line of headings.
pub struct Table<const N: usize> {
    head: [String; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// A table whose headings are the words of these keys.
    pub fn new(look: Look<'_>, keys: [&str; N]) -> Self {
        Self { head: keys.map(|key| look.words.text(key)), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells.map(|cell| visible(&cell).into_owned()));
    }

    /// Adds a row of which only the first and the last column are known.
    pub fn ends(&mut self, first: &impl ToString, last: &str) {
        let mut row = [const { String::new() }; N];
        if let [begin, .., end] = row.as_mut_slice() {
            (*begin, *end) = (first.to_string(), last.to_owned());
        }
        self.row(row);
    }

    /// The lines; columns in which no row has anything are left out.
    pub fn lines(&self, look: Look<'_>) -> String {
        let columns: Vec<_> = (0..N)
            .filter(|column| self.rows.iter().any(|row| !row[*column].is_empty()))
            .map(|column| Column::new(&self.head[column], self.rows.iter().map(|row| row[column].clone())))
            .collect();
        if columns.is_empty() {
            return String::new();
        }
        let head = columns.iter().map(|column| column.place(&column.head)).collect::<Vec<_>>().join(GAP);
        let mut out = format!("{GAP}{}\n", look.dim().apply_to(head.trim_end()));
        for row in 0..self.rows.len() {
            let line = columns.iter().map(|column| column.place(&column.cells[row])).collect::<Vec<_>>().join(GAP);
            out += &format!("{GAP}{}\n", line.trim_end());
        }
        out
    }
}

struct Column {
    head: String,
    cells: Vec<String>,
    width: usize,
    /// Numbers end at the same place.
    numbers: bool,
}

impl Column {
    fn new(head: &str, cells: impl Iterator<Item = String>) -> Self {
        let cells: Vec<_> = cells.collect();
        let numbers = cells.iter().filter(|cell| !cell.is_empty()).all(|cell| is_number(cell));
        let widest = cells.iter().map(|cell| width(cell)).max().unwrap_or(0);
        Self { head: head.to_owned(), width: widest.max(width(head)), cells, numbers }
    }

    fn place(&self, text: &str) -> String {
        let wide = self.width;
        if self.numbers { format!("{text:>wide$}") } else { format!("{text:wide$}") }
    }
}

/// A number, with its unit or without.
fn is_number(cell: &str) -> bool {
    cell.split(' ').next().is_some_and(|first| first.parse::<f64>().is_ok())
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_numbers_at_their_end_and_empty_columns_are_left_out() {
        let words = Words::new("en");
        let look = Look { words: &words, colour: false };
        let mut table = Table::new(look, ["table-address", "table-time", "table-remark", "table-result"]);
        table.row(["192.0.2.1".into(), "0.5 ms".into(), String::new(), "answered".into()]);
        table.row(["2001:db8::1".into(), "12 ms".into(), String::new(), "a\x1b[31m".into()]);
        assert_eq!(
            table.lines(look),
            "  Address        Time  Result\n  192.0.2.1    0.5 ms  answered\n  2001:db8::1   12 ms  a\\x1b[31m\n"
        );
        assert_eq!(Table::new(look, ["table-address"]).lines(look), "");
    }

    #[test]
    fn colour_is_used_only_where_it_is_allowed() {
        let words = Words::new("en");
        for (colour, escapes) in [(true, true), (false, false)] {
            let look = Look { words: &words, colour };
            let text = look.headline("a", "b") + &look.remark("c") + &look.labelled(&[("table-time", "1".into())]);
            assert_eq!(text.contains('\x1b'), escapes);
        }
    }

    #[test]
    fn entries_without_a_value_are_left_out() {
        let words = Words::new("en");
        let look = Look { words: &words, colour: false };
        let text = look.labelled(&[("table-time", "1 ms".into()), ("table-address", String::new())]);
        assert_eq!(text, "  Time  1 ms\n");
    }
}

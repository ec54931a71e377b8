//! Comparing two texts, line by line.

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices_deadline};
use specta::Type;

use super::{count, excerpt::Excerpt};

/// The most lines that are listed, gaps among them.
pub const LINES_LISTED: usize = 2000;
/// The most characters that are shown of one line.
pub const LINE_CHARS: usize = 1000;

/// How many unchanged lines stand around changed ones.
const CONTEXT: usize = 3;

/// How long the fewest changes are looked for; then, what is left of both texts counts as changed.
/// Without an end, two long texts that are nothing alike take many seconds. This is the one look
/// at a clock in this crate, and nothing but the coarseness of a comparison depends on it.
const PATIENCE: Duration = Duration::from_millis(100);

/// What differs between two texts, without the texts. Lines end with a line feed, and a line that
/// ends in another way is another line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LineComparison {
    /// Whether the texts are the same.
    pub same: bool,
    /// Lines that only the new text has.
    pub added: u32,
    /// Lines that only the old text has.
    pub removed: u32,
    /// Lines that both have.
    pub unchanged: u32,
    /// Bytes of the old text.
    pub old_size: u32,
    /// Bytes of the new text.
    pub new_size: u32,
}

/// What differs between two texts, with the lines that differ.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShownLines {
    /// What goes without the lines.
    #[serde(flatten)]
    pub counts: LineComparison,
    /// The first changed lines, each with three lines before and after; gaps between them.
    pub lines: Vec<ShownLine>,
    /// How many more lines would stand there, gaps not counted.
    pub unlisted: u32,
}

/// One line of a comparison, or the lines left out.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ShownLine {
    /// Only in the new text.
    Added(LineText),
    /// Only in the old text.
    Removed(LineText),
    /// In both.
    Same(LineText),
    /// Lines of both that are not shown.
    Gap {
        /// How many.
        lines: u32,
    },
}

/// What a line says.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LineText {
    /// Its characters without its end.
    pub text: Excerpt,
    /// How it ends.
    pub end: LineEnd,
    /// Whether it is longer than what is shown.
    pub cut: bool,
}

/// How a line ends; two lines may differ in nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LineEnd {
    /// With the text.
    None,
    /// Line feed.
    Lf,
    /// Carriage return and line feed.
    #[serde(rename = "crlf")]
    CrLf,
}

impl LineText {
    fn of(line: &str) -> Self {
        let (text, end) = if let Some(text) = line.strip_suffix("\r\n") {
            (text, LineEnd::CrLf)
        } else if let Some(text) = line.strip_suffix('\n') {
            (text, LineEnd::Lf)
        } else {
            (line, LineEnd::None)
        };
        let (text, cut) = Excerpt::cut(text, LINE_CHARS);
        Self { text, end, cut }
    }
}

/// What differs, without the lines.
pub(super) fn compare(old: &str, new: &str) -> LineComparison {
    Difference::between(old, new).counts()
}

/// What differs, with the lines.
pub(super) fn compare_shown(old: &str, new: &str) -> ShownLines {
    Difference::between(old, new).shown()
}

/// Two texts, and the steps that make the new one from the old one.
struct Difference<'a> {
    old: Vec<&'a str>,
    new: Vec<&'a str>,
    steps: Vec<DiffOp>,
}

impl<'a> Difference<'a> {
    fn between(old: &'a str, new: &'a str) -> Self {
        let old: Vec<_> = old.split_inclusive('\n').collect();
        let new: Vec<_> = new.split_inclusive('\n').collect();
        let deadline = Instant::now() + PATIENCE;
        let steps = capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(deadline));
        Self { old, new, steps }
    }

    fn counts(&self) -> LineComparison {
        let size = |lines: &[&str]| count(lines.iter().map(|line| line.len()).sum());
        let mut counts = LineComparison {
            same: self.old == self.new,
            added: 0,
            removed: 0,
            unchanged: 0,
            old_size: size(&self.old),
            new_size: size(&self.new),
        };
        for (tag, old, new) in self.steps.iter().map(DiffOp::as_tag_tuple) {
            if tag == DiffTag::Equal {
                counts.unchanged += count(new.len());
            } else {
                counts.removed += count(old.len());
                counts.added += count(new.len());
            }
        }
        counts
    }

    fn shown(&self) -> ShownLines {
        let mut shown = ShownLines {
            counts: self.counts(),
            lines: Vec::new(),
            unlisted: 0,
        };
        let last = self.steps.len().saturating_sub(1);
        for (place, step) in self.steps.iter().enumerate() {
            let (tag, old, new) = step.as_tag_tuple();
            if tag == DiffTag::Equal {
                let head = if place == 0 { 0 } else { CONTEXT };
                let tail = if place == last { 0 } else { CONTEXT };
                self.list_unchanged(new, head, tail, &mut shown);
            } else {
                shown.list(ShownLine::Removed, &self.old[old]);
                shown.list(ShownLine::Added, &self.new[new]);
            }
        }
        shown
    }

    /// Lists the first and the last of lines that stand between changes.
    fn list_unchanged(&self, range: Range<usize>, head: usize, tail: usize, to: &mut ShownLines) {
        let lines = &self.new[range];
        if lines.len() <= head + tail {
            return to.list(ShownLine::Same, lines);
        }
        to.list(ShownLine::Same, &lines[..head]);
        to.list_gap(lines.len() - head - tail);
        to.list(ShownLine::Same, &lines[lines.len() - tail..]);
    }
}

impl ShownLines {
    fn list(&mut self, kind: fn(LineText) -> ShownLine, lines: &[&str]) {
        let room = LINES_LISTED.saturating_sub(self.lines.len());
        let (listed, unlisted) = lines.split_at(room.min(lines.len()));
        self.lines
            .extend(listed.iter().map(|line| kind(LineText::of(line))));
        self.unlisted += count(unlisted.len());
    }

    fn list_gap(&mut self, lines: usize) {
        if self.lines.len() < LINES_LISTED {
            let lines = count(lines);
            self.lines.push(ShownLine::Gap { lines });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shown lines in short, each with the sign of its kind.
    fn shown(old: &str, new: &str) -> Vec<String> {
        let lines = compare_shown(old, new).lines;
        let line = |line: &ShownLine| match line {
            ShownLine::Added(line) => format!("+{}", line.text.as_str()),
            ShownLine::Removed(line) => format!("-{}", line.text.as_str()),
            ShownLine::Same(line) => format!(" {}", line.text.as_str()),
            ShownLine::Gap { lines } => format!("@{lines}"),
        };
        lines.iter().map(line).collect()
    }

    fn numbered(count: usize) -> Vec<String> {
        (1..=count).map(|number| format!("{number}\n")).collect()
    }

    fn counts(old: &str, new: &str) -> [u32; 3] {
        let counts = compare(old, new);
        [counts.added, counts.removed, counts.unchanged]
    }

    #[test]
    fn lines_are_counted() {
        assert_eq!(counts("a\nb\nc\n", "a\nx\ny\nc\n"), [2, 1, 2]);
        assert_eq!(counts("", "a\n"), [1, 0, 0]);
        assert_eq!(counts("", ""), [0, 0, 0]);
        let same = compare("a\nb", "a\nb");
        assert!(same.same && same.unchanged == 2 && same.old_size == 3);
        assert_eq!(compare("ž", "").old_size, 2);
    }

    #[test]
    fn three_lines_stand_around_a_change_and_the_others_are_gaps() {
        let old = numbered(30);
        let mut new = old.clone();
        new[9] = "x\n".into();
        new.remove(19);
        assert_eq!(
            shown(&old.concat(), &new.concat()),
            [
                "@6", " 7", " 8", " 9", "-10", "+x", " 11", " 12", " 13", "@3", " 17", " 18",
                " 19", "-20", " 21", " 22", " 23", "@7",
            ]
        );
    }

    #[test]
    fn changes_close_to_each_other_have_no_gap() {
        let old = numbered(9);
        let mut new = old.clone();
        new[0] = "x\n".into();
        new[7] = "y\n".into();
        assert_eq!(
            shown(&old.concat(), &new.concat()),
            [
                "-1", "+x", " 2", " 3", " 4", " 5", " 6", " 7", "-8", "+y", " 9"
            ]
        );
        assert_eq!(shown(&old.concat(), &old.concat()), ["@9"]);
    }

    #[test]
    fn lines_that_end_in_another_way_are_others_and_say_so() {
        assert_eq!(counts("a\r\nb\r\n", "a\nb\n"), [2, 2, 0]);
        let ends: Vec<_> = compare_shown("a\r\n", "a\nb").lines;
        let line = |text: &str, end| LineText {
            text: Excerpt::cut(text, 1).0,
            end,
            cut: false,
        };
        assert_eq!(
            ends,
            [
                ShownLine::Removed(line("a", LineEnd::CrLf)),
                ShownLine::Added(line("a", LineEnd::Lf)),
                ShownLine::Added(line("b", LineEnd::None)),
            ]
        );
    }

    #[test]
    fn two_thousand_lines_are_listed_and_long_ones_are_cut() {
        let comparison = compare_shown("", &numbered(5000).concat());
        assert_eq!(comparison.lines.len(), 2000);
        assert_eq!(comparison.unlisted, 3000);
        assert_eq!(comparison.counts.added, 5000);
        let long = format!("{}\r\n", "ž".repeat(1001));
        let comparison = compare_shown("", &long);
        let [ShownLine::Added(line)] = comparison.lines.as_slice() else {
            panic!("{comparison:?}");
        };
        assert_eq!(line.text.as_str(), "ž".repeat(1000));
        assert!(line.cut && line.end == LineEnd::CrLf);
    }

    #[test]
    fn the_largest_texts_without_likeness_are_compared() {
        let of = |factor: usize| {
            let lines = (0..500_000).map(|number| number * number % factor % 10);
            let lines: Vec<String> = lines.map(|digit| format!("{digit}\n")).collect();
            lines.concat()
        };
        let comparison = compare(&of(7919), &of(7907));
        assert_eq!(comparison.removed + comparison.unchanged, 500_000);
        assert_eq!(comparison.added + comparison.unchanged, 500_000);
        let feeds = "\n".repeat(1_000_000);
        assert_eq!(counts(&feeds, &feeds[1..]), [0, 1, 999_999]);
    }
}

//! Facts as text for people: the lines that state facts, each fact in numbered brackets, with what was read below.
//!
//! ```text
//! report.md
//! 3 │ The rate [1 rose from [2 40%] to [3 46%]].
//!        1 change: measure "rate", from 40%, to 46%, unit percent, direction up
//! ```

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
};

use crate::{
    facts::json::{DocumentJson, FactJson},
    output::printable,
    source::SourceFile,
    span::Span,
    value::Value,
};

/// Writes the lines of a document that state facts.
///
/// # Errors
///
/// Those of `out`.
pub(super) fn write(document: DocumentJson<'_>, out: &mut dyn Write) -> io::Result<()> {
    let facts: Vec<FactJson<'_>> = document.facts().collect();
    let (file, lines) = (document.file, document.file.lines());
    writeln!(out, "{}", printable(file.name()))?;
    let width = lines.line_count().to_string().len();
    let marks = marks(&facts);
    for (line, starting) in facts_by_line(&facts, file) {
        let text = with_marks(file, lines.line_span(file.text(), line), &marks);
        writeln!(out, "{:width$} │ {}", line + 1, printable(&text))?;
        for (number, fact) in starting {
            writeln!(
                out,
                "{:width$} {number:>5} {}",
                "",
                printable(&summary(fact))
            )?;
        }
    }
    Ok(())
}

/// Every line that a fact touches, with the facts that start on it and their numbers.
fn facts_by_line<'a, 'b>(
    facts: &'b [FactJson<'a>],
    file: &SourceFile,
) -> BTreeMap<usize, Vec<(usize, &'b FactJson<'a>)>> {
    let mut by_line: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for (fact, number) in facts.iter().zip(1..) {
        let (span, at) = fact.place();
        let last = file
            .lines()
            .line(span.end.saturating_sub(1).max(span.start));
        for line in at.line - 1..=last {
            by_line.entry(line).or_default();
        }
        by_line.entry(at.line - 1).or_default().push((number, fact));
    }
    by_line
}

/// The brackets, by their offset in the author's file; what opens first closes last.
fn marks(facts: &[FactJson<'_>]) -> Vec<(usize, String)> {
    let mut marks = Vec::with_capacity(2 * facts.len());
    for (fact, number) in facts.iter().zip(1..) {
        let (span, _) = fact.place();
        marks.push(((span.start, true, Reverse(span.end)), format!("[{number} ")));
        marks.push(((span.end, false, Reverse(span.start)), "]".to_owned()));
    }
    marks.sort();
    let offsets = marks.into_iter().map(|((at, _, _), mark)| (at, mark));
    offsets.collect()
}

fn with_marks(file: &SourceFile, line: Span, marks: &[(usize, String)]) -> String {
    let first = marks.partition_point(|(at, _)| *at < line.start);
    let mut text = String::with_capacity(line.len() + 16);
    let mut done = line.start;
    for (at, mark) in marks.get(first..).unwrap_or_default() {
        if *at > line.end {
            break;
        }
        text.push_str(file.text_of(Span::new(done, *at)));
        text.push_str(mark);
        done = *at;
    }
    text.push_str(file.text_of(Span::new(done, line.end)));
    text
}

/// `kind: field value, …` with the fields that are stated.
fn summary(fact: &FactJson<'_>) -> String {
    let Some(kind) = fact.kind() else {
        return String::new();
    };
    let mut text = kind.name.to_owned();
    let stated = kind
        .fields
        .iter()
        .zip(&fact.fact.values)
        .filter(|(_, value)| !value.is_unknown() && value.as_words() != Some(""));
    for ((field, value), at) in stated.zip(0..) {
        text.push_str(if at == 0 { ": " } else { ", " });
        text.push_str(field.name);
        let _ = match value {
            Value::Label(_) | Value::Text(_) => write!(text, " “{value}”"),
            _ => write!(text, " {value}"),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::{self, Format},
        facts::{Fact, Facts, Place, csv::Columns, schema},
    };

    const TEXT: &str = "First line.\nThe rate rose from 40 to\n46, \"mostly\" good.\n";

    /// A file with facts at these phrases, each a reference.
    fn with_facts<T>(phrases: &[&str], show: impl Fn(DocumentJson<'_>) -> T) -> T {
        let file = SourceFile::new("a.txt", TEXT);
        let document = document::read(&file, Format::Text);
        let fact = |phrase: &&str| {
            let start = document.text.find(phrase).expect("in the text");
            let span = Span::new(start, start + phrase.len());
            Fact::new(schema::REFERENCE, span, Place::default())
                .with(schema::reference::Slot::number, Value::text("4"))
                .with(schema::reference::Slot::noun, Value::text("the, rate"))
        };
        let facts = Facts {
            facts: phrases.iter().map(fact).collect(),
            ..Facts::default()
        };
        show(DocumentJson {
            file: &file,
            document: &document,
            facts: &facts,
            framework: "general",
        })
    }

    #[test]
    fn facts_are_marked_where_they_stand() {
        let text = with_facts(&["rose from 40 to\n46", "40", "good"], |document| {
            let mut out = Vec::new();
            write(document, &mut out).expect("memory can be written to");
            String::from_utf8(out).expect("UTF-8")
        });
        insta::assert_snapshot!(text, @r#"
        a.txt
        2 │ The rate [1 rose from [2 40] to
              1 reference: noun “the, rate”, number “4”
              2 reference: noun “the, rate”, number “4”
        3 │ 46], "mostly" [3 good].
              3 reference: noun “the, rate”, number “4”
        "#);
    }

    #[test]
    fn tables_quote_what_needs_it() {
        let text = with_facts(&["\"mostly\" good"], |document| {
            let columns = Columns::new([&schema::KINDS[usize::from(schema::REFERENCE.0)]]);
            let mut out = Vec::new();
            columns.heads(&mut out).expect("memory can be written to");
            for fact in document.facts() {
                columns
                    .row(&fact, &mut out)
                    .expect("memory can be written to");
            }
            String::from_utf8(out).expect("UTF-8").replace('\r', "")
        });
        insta::assert_snapshot!(text, @r#"
        path,line,column,start,end,kind,noun,number,found,text
        a.txt,3,5,41,54,reference,"the, rate",4,,"""mostly"" good"
        "#);
    }
}

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
    ops::RangeInclusive,
};

use crate::{
    facts::json::{self, DocumentJson, FactJson},
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
    let file = document.file;
    writeln!(out, "{}", printable(file.name()))?;
    let marks = marks(&facts);
    let mut starting: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, fact) in facts.iter().enumerate() {
        let touched = lines(fact, file);
        starting.entry(*touched.start()).or_default().push(at);
        for line in touched.skip(1) {
            starting.entry(line).or_default();
        }
    }
    let last = starting.last_key_value().map_or(0, |(line, _)| line + 1);
    let width = last.to_string().len();
    for (line, starting) in starting {
        write_marked(file, line, width, &marks, out)?;
        write_facts(&facts, starting, width, out)?;
    }
    Ok(())
}

/// Writes one line, counted from 0, with all facts that touch it.
///
/// # Errors
///
/// Those of `out`.
pub(super) fn write_line(
    facts: &[FactJson<'_>],
    file: &SourceFile,
    line: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = (line + 1).to_string().len();
    write_marked(file, line, width, &marks(facts), out)?;
    write_facts(facts, facts_on(facts, file, line), width, out)
}

/// The facts that touch a line, counted from 0.
pub(super) fn facts_on<'a>(
    facts: &'a [FactJson<'_>],
    file: &'a SourceFile,
    line: usize,
) -> impl Iterator<Item = usize> + 'a {
    let touching = facts.iter().enumerate();
    touching
        .filter(move |(_, fact)| lines(fact, file).contains(&line))
        .map(|(at, _)| at)
}

/// The lines that a fact touches, counted from 0.
fn lines(fact: &FactJson<'_>, file: &SourceFile) -> RangeInclusive<usize> {
    let (span, _) = fact.place();
    file.line(span.start)..=file.line(span.end.saturating_sub(1).max(span.start))
}

fn write_marked(
    file: &SourceFile,
    line: usize,
    width: usize,
    marks: &[(usize, String)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let text = with_marks(file, file.line_span(line), marks);
    writeln!(out, "{:width$} │ {}", line + 1, printable(&text))
}

fn write_facts(
    facts: &[FactJson<'_>],
    chosen: impl IntoIterator<Item = usize>,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    chosen.into_iter().try_for_each(|at| match facts.get(at) {
        Some(fact) => writeln!(
            out,
            "{:width$} {:>5} {}",
            "",
            at + 1,
            printable(&summary(fact))
        ),
        None => Ok(()),
    })
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
    let mut text = fact.kind().to_owned();
    for ((name, value), at) in stated(fact).into_iter().zip(0..) {
        text.push_str(if at == 0 { ": " } else { ", " });
        let _ = write!(text, "{name} {value}");
    }
    text
}

/// Names and values of the fields that are stated.
pub(super) fn stated<'a>(fact: &FactJson<'a>) -> Vec<(&'a str, String)> {
    let fields = fact.fields().into_iter();
    fields
        .filter(|(_, value)| !value.is_unknown() && value.as_words() != Some(""))
        .map(|(name, value)| (name, shown(value)))
        .collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Label(_) | Value::Text(_) => format!("“{value}”"),
        Value::Verdict(_) => json::text(value),
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::{self, Format},
        facts::{Fact, Facts, Place, csv::Columns, phrases::Kinds, schema},
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
            kinds: &Kinds::default(),
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
            let columns = Columns::new([(document.kinds, schema::REFERENCE)]);
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

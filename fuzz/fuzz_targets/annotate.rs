//! Comments in Word, OpenDocument and PDF files: what is written is read again with the same text, however often.
#![no_main]

use assize::{
    annotate::{self, Note},
    document::{self, Format, Tracked},
    source::SourceFile,
    span::Span,
};
use assize_fuzz::markup;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, Vec<u16>, Vec<u8>)| {
    let (kind, places, bytes) = input;
    let (name, bytes) = match kind % 3 {
        0 => ("fuzzed.docx", markup::docx(&bytes)),
        1 => ("fuzzed.odt", markup::odt(&bytes)),
        _ => ("fuzzed.pdf", markup::pdf(&bytes)),
    };
    let Ok((file, format)) = document::open(name, bytes.clone(), Tracked::Accepted) else {
        return;
    };
    let notes = notes(&file, &places);
    let Some(once) = written(&file, format, &bytes, &notes) else {
        return;
    };
    let twice = written(&file, format, &once, &notes).expect("what was written is written again");
    let (read, _) = document::open(name, twice, Tracked::Accepted).expect("it is read again");
    assert_eq!(read.text(), file.text());
});

/// A note on each stretch of words that begins and ends where these say.
fn notes(file: &SourceFile, places: &[u16]) -> Vec<Note> {
    let text = file.text();
    let at = |place: u16| text.floor_char_boundary(usize::from(place) % (text.len() + 1));
    let pairs = places.chunks_exact(2).take(32);
    let spans = pairs.map(|pair| (at(pair[0]), at(pair[1])));
    let spans = spans.map(|(one, other)| Span::new(one.min(other), one.max(other)));
    let lines = vec![
        "They do not fit <&>".to_owned(),
        "error[fuzzed] (Assize 1)".to_owned(),
    ];
    spans
        .map(|span| Note {
            span,
            lines: lines.clone(),
        })
        .collect()
}

fn written(file: &SourceFile, format: Format, bytes: &[u8], notes: &[Note]) -> Option<Vec<u8>> {
    annotate::annotate(file, format, bytes, Tracked::Accepted, notes).ok()
}

//! Records of facts in place of documents: whatever a line holds, it is read or its mistake has its place, and what is read can be
//! checked and shown in every format.
#![no_main]

use std::sync::Arc;

use assize::{
    diagnostic::Diagnostic,
    facts::record::Reader,
    lint::{self, Desk, Opened, Options, Read},
    output::{Format, Results, Screen, Summary},
    rules::bind::ROLES,
    source::{SourceFile, Sources},
    span::SourceId,
};
use assize_fuzz::{FRAMEWORKS, RULES};
use libfuzzer_sys::fuzz_target;

/// A document that records told.
struct Told(Opened);

impl Desk for Told {
    fn open(&self, _: SourceId) -> Result<Opened, Diagnostic> {
        Ok(self.0.clone())
    }
}

fuzz_target!(|text: &str| {
    let lines: Vec<&str> = text.lines().collect();
    let reader = Reader {
        kinds: &RULES.kinds,
        frameworks: &FRAMEWORKS,
        roles: ROLES,
        framework: None,
        file: &|_| None,
    };
    let read = reader.read("fuzzed.md", &lines);
    for (at, mistake) in &read.mistakes {
        let line = lines.get(*at).expect("a mistake is in a line");
        assert!(line.get(mistake.span.range()).is_some(), "{mistake:?}");
    }
    let mut sources = Sources::new();
    let source = sources.add(SourceFile::new("fuzzed.md", ""));
    let desk = Told(Opened {
        file: read.file,
        format: read.format,
        read: Some(Read {
            source,
            document: Arc::new(read.document),
            facts: Arc::new(read.facts),
            vocabulary: read.vocabulary,
        }),
    });
    let options = Options::default();
    let report = lint::check_from(&desk, &sources, &[source], &RULES, &FRAMEWORKS, &options);
    for found in &report.diagnostics {
        assert_ne!(found.code, lint::INTERNAL, "{}", found.message);
    }
    for (source, file) in &report.files {
        sources.put(*source, file.clone());
    }
    let summary = Summary::default();
    let results = Results::new(&report.diagnostics, &summary, &sources);
    let screen = Screen {
        colour: false,
        width: 80,
    };
    for format in Format::ALL {
        format
            .render(&results, screen, &mut std::io::sink())
            .expect("nothing can fail");
    }
});

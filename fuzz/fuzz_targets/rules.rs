//! Rule, framework and lexicon files, and those beside documents: whatever they hold, they are read or every mistake has its place.
#![no_main]

use assize::{
    framework::Frameworks,
    rules::{Loader, suppress::read_sidecar},
    source::{SourceFile, Sources},
};
use assize_fuzz::{FRAMEWORKS, placed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut sources = Sources::new();
    let file = SourceFile::new("fuzzed.yaml", text);
    let source = sources.add(file.clone());
    let mut loader = Loader::new(&FRAMEWORKS);
    loader.add(source, file.clone());
    placed(&loader.finish().problems, &sources);
    placed(&read_sidecar(source, &file).1, &sources);
    for name in ["pack/framework.yaml", "pack/lexicon.yaml"] {
        let file = SourceFile::new(name, text);
        let source = sources.add(file.clone());
        if let Err(problem) = Frameworks::default().add(source, &file) {
            placed(&[*problem], &sources);
        }
    }
});

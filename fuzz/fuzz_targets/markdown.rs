//! The reader of Markdown.
#![no_main]

use assize::document::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| assize_fuzz::read(text, Format::Markdown));

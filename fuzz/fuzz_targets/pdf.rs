//! The reader of PDF files, on damaged ones and on sound ones of strange content.
#![no_main]

use assize_fuzz::{markup, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = open("fuzzed.pdf", &markup::pdf(bytes));
});

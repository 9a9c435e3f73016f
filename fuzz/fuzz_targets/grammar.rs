//! The grammar, the facts and every shipped rule, on text of any kind.
#![no_main]

use assize::document::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| assize_fuzz::check(text, Format::guess(text)));

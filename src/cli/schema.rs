//! `assize schema`: the JSON Schema of a kind of file, made from the types that read it.

use std::io::{self, Write};

use schemars::schema_for;
use serde_json::Value;

use super::{
    Outcome, Streams,
    args::{SchemaArgs, SchemaOf},
};
use crate::{
    config::ConfigFile,
    facts::record,
    framework::{FrameworkConfig, LexiconConfig},
    output,
    rules::{
        config::{FactConfig, RuleConfig},
        suppress::SidecarFile,
    },
};

/// Prints a schema.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &SchemaArgs, streams: &mut Streams) -> io::Result<Outcome> {
    streams.out.write_all(text(args.of).as_bytes())?;
    Ok(Outcome::Clean)
}

/// The schema of a kind of file, as JSON.
pub(super) fn text(of: SchemaOf) -> String {
    format!("{:#}\n", value(of))
}

/// The schema of a kind of file.
pub(super) fn value(of: SchemaOf) -> Value {
    let of_type = match of {
        SchemaOf::Rule => schema_for!(RuleConfig),
        SchemaOf::Fact => schema_for!(FactConfig),
        SchemaOf::Framework => schema_for!(FrameworkConfig),
        SchemaOf::Lexicon => schema_for!(LexiconConfig),
        SchemaOf::Config => schema_for!(ConfigFile),
        SchemaOf::Ignore => schema_for!(SidecarFile),
        SchemaOf::Record => return record::schema::schema(),
        SchemaOf::Results => return output::results_schema(),
    };
    of_type.to_value()
}

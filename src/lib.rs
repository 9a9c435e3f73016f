//! Assize checks that an inspection report agrees with itself.
//!
//! ```text
//! bytes ─► document ─► grammar ─► facts ─┐
//! YAML  ─► rules (written ─► compiled) ──┴─► lint ─► diagnostics ─► output
//! ```
//!
//! Modules in reading order; each imports only from those above it.

pub mod span;
pub mod suggest;
pub mod tree;
pub mod value;

pub mod baseline;
pub mod diagnostic;
pub mod fingerprint;
pub mod layout;
pub mod packs;
pub mod source;
pub mod yaml;

pub mod document;
pub mod framework;
pub mod grammar;

pub mod facts;

pub mod expr;

pub mod rules;

pub mod lint;

pub mod cache;

pub mod mutate;

pub mod annotate;
pub mod output;

pub mod config;

pub mod cli;

//! A diagnostic in lines of plain text, for formats that have no places of their own for its parts.

use super::{place::Place, printable};
use crate::{diagnostic::Diagnostic, source::Sources};

/// The message, the working, every place with what stands there, and the way out: a line each.
pub(super) fn lines(diagnostic: &Diagnostic, sources: &Sources) -> Vec<String> {
    let mut lines = vec![printable(&diagnostic.message).into_owned()];
    lines.extend(diagnostic.working.as_deref().map(shown));
    // The start of a file that could not be read says nothing that the message does not.
    let places = Place::all(diagnostic, sources);
    let places = places.filter(|place| !(place.text.is_empty() && place.label.is_empty()));
    lines.extend(places.map(|place| labelled(&place)));
    let help = diagnostic.help.as_deref();
    lines.extend(help.map(|help| format!("help: {}", printable(help))));
    lines
}

/// `path:line:column: label`
pub(super) fn labelled(place: &Place<'_>) -> String {
    let at = place.to_string();
    if place.label.is_empty() {
        shown(&at)
    } else {
        format!("{}: {}", printable(&at), printable(place.label))
    }
}

fn shown(text: &str) -> String {
    printable(text).into_owned()
}

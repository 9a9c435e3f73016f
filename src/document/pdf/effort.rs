//! How much there is to go over on the pages of a PDF, found out before they are drawn: a small file can draw one thing very often,
//! as a form may draw another twice, which draws a third twice, and so on.

use std::borrow::Cow;

use hayro_syntax::{
    Filter,
    content::{TypedIter, ops::TypedInstruction},
    object::{
        Array, Dict, Name, Object, Stream,
        dict::keys::{ANNOTS, AP, CONTENTS, FORM, N, SUBTYPE},
    },
    page::{Page, Pages, Resources},
};
use rustc_hash::FxHashSet;

use super::{guard, packing::Way};
use crate::document::{open::Unreadable, package::MAX_UNPACKED};

/// How much more may be drawn than the file holds unpacked: heads, feet and marks are drawn on every page.
const REPEATED: u64 = 2;
/// What it costs to draw nothing, in bytes.
const EACH: u64 = 1000;
/// Forms that draw each other, one inside the other. What lies deeper is not drawn.
const MAX_DEPTH: usize = 50;

/// Refuses a file whose pages take too long to draw.
pub(super) fn check(pages: &Pages<'_>) -> Result<(), Unreadable> {
    let mut effort = Effort {
        left: MAX_UNPACKED * REPEATED,
        too_large: false,
    };
    let each = pages.iter().try_for_each(|page| effort.page(page));
    each.ok_or_else(|| {
        if effort.too_large {
            return guard::too_large();
        }
        Unreadable::new(
            "its pages draw the same things too many times",
            "no report does: check where the file comes from",
        )
    })
}

/// What may still be drawn; every answer is `None` where nothing is left.
struct Effort {
    left: u64,
    /// Whether something was met that unpacks to more than is read.
    too_large: bool,
}

impl Effort {
    fn spend(&mut self, bytes: usize) -> Option<()> {
        self.left = self.left.checked_sub(bytes as u64 + EACH)?;
        Some(())
    }

    fn page(&mut self, page: &Page<'_>) -> Option<()> {
        self.parts(page)?;
        let content = page.page_stream().unwrap_or_default();
        self.spend(content.len())?;
        self.content(content, page.resources(), 0)?;
        let notes = page.raw().get::<Array<'_>>(ANNOTS);
        for note in notes.iter().flat_map(Array::iter::<Dict<'_>>) {
            for drawn in appearances(&note) {
                self.form(&drawn, page.resources(), 0)?;
            }
        }
        Some(())
    }

    /// The parts of the content of a page, which are all put together before the first is drawn; some may stand in it more than once.
    fn parts(&mut self, page: &Page<'_>) -> Option<()> {
        if let Some(whole) = page.raw().get::<Stream<'_>>(CONTENTS) {
            return self.look_into(&whole);
        }
        let mut seen = FxHashSet::default();
        let parts = page.raw().get::<Array<'_>>(CONTENTS);
        for part in parts.iter().flat_map(Array::iter::<Stream<'_>>) {
            self.look_into(&part)?;
            if !seen.insert(part.obj_id()) {
                self.unpack(&part)?;
            }
        }
        Some(())
    }

    /// Measures what could not be measured before, as it was encrypted or said to be a picture.
    fn look_into(&mut self, stream: &Stream<'_>) -> Option<()> {
        let raw = stream.raw_data();
        let subtype = stream.dict().get::<Name<'_>>(SUBTYPE);
        let is_picture = subtype.is_some_and(|subtype| &*subtype == b"Image");
        let hidden = is_picture || matches!(raw, Cow::Owned(_));
        self.too_large = hidden && !guard::fits(&raw, &ways(stream));
        (!self.too_large).then_some(())
    }

    fn unpack<'a>(&mut self, stream: &Stream<'a>) -> Option<Cow<'a, [u8]>> {
        self.look_into(stream)?;
        let unpacked = stream.decoded_data().unwrap_or_default();
        self.spend(unpacked.len().max(stream.raw_data().len()))?;
        Some(unpacked)
    }

    /// What content draws besides itself.
    fn content(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) -> Option<()> {
        if depth == MAX_DEPTH || !has_forms(resources) {
            return Some(());
        }
        let mut drawn = TypedIter::new(content);
        while let Some(next) = drawn.next() {
            if let TypedInstruction::XObject(name) = next
                && let Some(stream) = resources.get_x_object(name.0)
                && is_form(&stream)
            {
                self.form(&stream, resources, depth)?;
            }
        }
        Some(())
    }

    fn form(&mut self, form: &Stream<'_>, outer: &Resources<'_>, depth: usize) -> Option<()> {
        let content = self.unpack(form)?;
        match form.dict().get::<Dict<'_>>("Resources") {
            Some(own) => self.content(&content, &Resources::new(own), depth + 1),
            None => self.content(&content, outer, depth + 1),
        }
    }
}

/// How a stream is packed, up to a way of pictures, which is not undone.
pub(super) fn ways(stream: &Stream<'_>) -> Vec<Way> {
    let filters = stream.filters().into_iter();
    // Encryption is undone before.
    let filters = filters.filter(|filter| *filter != Filter::Crypt);
    let ways = filters.map_while(|filter| match filter {
        Filter::FlateDecode => Some(Way::Flate),
        Filter::LzwDecode => Some(Way::Lzw),
        Filter::RunLengthDecode => Some(Way::RunLength),
        Filter::AsciiHexDecode => Some(Way::Hexadecimal),
        Filter::Ascii85Decode => Some(Way::Base85),
        _ => None,
    });
    ways.collect()
}

fn has_forms(resources: &Resources<'_>) -> bool {
    let mut names = resources.x_objects.keys();
    names.any(|name| {
        resources
            .get_x_object(&name)
            .is_some_and(|found| is_form(&found))
    })
}

fn is_form(stream: &Stream<'_>) -> bool {
    let subtype = stream.dict().get::<Name<'_>>(SUBTYPE);
    subtype.is_some_and(|subtype| &*subtype == FORM)
}

/// What a note on a page may look like: it may have several states, of which one is drawn.
fn appearances<'a>(note: &Dict<'a>) -> Vec<Stream<'a>> {
    let normal = note.get::<Dict<'_>>(AP);
    match normal.and_then(|looks| looks.get::<Object<'_>>(N)) {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Dict(states)) => {
            let states = states.keys().map(|state| states.get::<Stream<'_>>(state));
            states.flatten().collect()
        }
        _ => Vec::new(),
    }
}

//! Comments in PDFs: highlights on the words, added to the end of the file.
//! Source: ISO 32000-1, 12.5.6.10 (text markup annotations).

mod syntax;
mod update;

use std::{collections::BTreeMap, fmt::Write};

use hayro_interpret::{
    TransformExt,
    kurbo::{Affine, Point},
};
use hayro_syntax::{
    Pdf,
    object::{Array, Dict, ObjectIdentifier, String as PdfString},
    page::Page,
};

use self::{
    syntax::{Reader, entries, items},
    update::{Object, Trailer, append},
};
use super::{AUTHOR, Note};
use crate::{
    document::{self, Unreadable},
    layout::{Bounds, Layout},
};

/// How the names of annotations begin that this program makes.
const NAME: &str = "assize-";
/// How the comment begins before what this program adds to a file; the length of the file before follows.
const MARK: &str = "%assize-annotations ";

/// A file with highlights, in the place of those that are there.
pub(super) fn annotate(
    text: &str,
    layout: &Layout,
    bytes: &[u8],
    notes: &[Note],
) -> Result<Vec<u8>, Unreadable> {
    let original = without_update(bytes);
    let pdf = Pdf::new(original.to_vec()).map_err(|_| Unreadable::damaged("it is no whole PDF"))?;
    let trailer = Trailer::read(original)?;
    let mut updated: BTreeMap<usize, Vec<Place<'_>>> = BTreeMap::new();
    for (note, number) in notes.iter().zip(1_usize..) {
        for (page, boxes) in layout.boxes(note.span) {
            let places = updated.entry(page).or_default();
            places.push(Place {
                note,
                number,
                boxes,
            });
        }
    }
    let objects = objects(&pdf, trailer.size, &updated)?;
    let written = if objects.is_empty() {
        original.to_vec()
    } else {
        let mark = format!("{MARK}{}\n", original.len());
        append(original, &trailer, &mark, &objects)
    };
    if document::pdf_text(&written)? == text {
        Ok(written)
    } else if document::pdf_text(bytes)? == text {
        Err(Unreadable::not_kept())
    } else {
        Err(Unreadable::changed())
    }
}

/// A note on words of one page.
struct Place<'a> {
    note: &'a Note,
    number: usize,
    boxes: Vec<Bounds>,
}

/// The file as it was before this program added to it, where nothing was added since.
fn without_update(bytes: &[u8]) -> &[u8] {
    let update = || {
        let mark = memchr::memmem::rfind(bytes, MARK.as_bytes())?;
        let length = Reader::new(bytes, mark + MARK.len()).number()?;
        let added = bytes.get(mark..)?;
        let ends = memchr::memmem::find_iter(added, b"%%EOF").count();
        let is_ours =
            (length == mark || length + 1 == mark) && ends == 1 && added.ends_with(b"%%EOF\n");
        bytes.get(..length).filter(|_| is_ours)
    };
    update().unwrap_or(bytes)
}

/// The objects that are added: the pages with more annotations or fewer, and the annotations, in the order of their numbers.
fn objects(
    pdf: &Pdf,
    first: usize,
    places: &BTreeMap<usize, Vec<Place<'_>>>,
) -> Result<Vec<Object>, Unreadable> {
    let pages = pdf.pages();
    let ids = pages.iter().filter_map(|page| number_of(page.raw()));
    let highest = ids.map(|(number, _)| number).max().unwrap_or_default();
    let mut next = first.max(highest + 1);
    let (mut changed, mut added) = (Vec::new(), Vec::new());
    for (page, number) in pages.iter().zip(1..) {
        let places = places.get(&number).map_or(&[][..], Vec::as_slice);
        let (mut list, others) = annotations(pdf, page.raw())?;
        if places.is_empty() && !others {
            continue;
        }
        let no_object = || {
            Unreadable::new(
                format!(
                    "page {number} is not an object of its own, so that nothing can be added to it"
                ),
                "open the PDF in the program that made it, and export it anew",
            )
        };
        let (id, generation) = number_of(page.raw()).ok_or_else(no_object)?;
        let to_page = page.initial_transform(true).to_kurbo().inverse();
        for place in places {
            let _ = write!(list, " {next} 0 R");
            let quads: Vec<_> = place
                .boxes
                .iter()
                .map(|bounds| corners(*bounds, to_page))
                .collect();
            let look = format!("{} 0 R", next + 1);
            let page = format!("{id} {generation} R");
            added.push((next, 0, annotation(place, &quads, &page, &look)));
            added.push((next + 1, 0, appearance(&quads)));
            next += 2;
        }
        let dictionary = with_annotations(page, list.trim()).ok_or_else(no_object)?;
        changed.push((id, generation, dictionary));
    }
    changed.extend(added);
    changed.sort_by_key(|(number, ..)| *number);
    Ok(changed)
}

/// The number and generation of an object; `None` where it is part of another one.
fn number_of(dictionary: &Dict<'_>) -> Option<(usize, usize)> {
    let id = dictionary.obj_id()?;
    Some((
        usize::try_from(id.obj_number).ok()?,
        usize::try_from(id.gen_number).ok()?,
    ))
}

/// The annotations of a page as they are listed, without those that this program made, and whether there were any of these.
fn annotations(pdf: &Pdf, page: &Dict<'_>) -> Result<(String, bool), Unreadable> {
    let Some(array) = page.get::<Array<'_>>("Annots") else {
        return Ok((String::new(), false));
    };
    let data = array.data();
    let whole;
    let data = if data.starts_with(b"[") {
        data
    } else {
        whole = [b"[", data, b"]"].concat();
        &whole
    };
    let unlisted =
        || Unreadable::damaged("the annotations of a page are not listed as they should be");
    let (mut list, mut ours) = (String::new(), false);
    for item in items(data).ok_or_else(unlisted)? {
        let written = data.get(item.range()).unwrap_or_default();
        let mut reader = Reader::new(written, 0);
        let id = reader.number().zip(reader.number());
        if id.is_some_and(|id| is_ours(pdf, id)) {
            ours = true;
        } else {
            let _ = write!(
                list,
                " {}",
                std::str::from_utf8(written).map_err(|_| unlisted())?
            );
        }
    }
    Ok((list, ours))
}

/// Whether an object is an annotation that this program made.
fn is_ours(pdf: &Pdf, (number, generation): (usize, usize)) -> bool {
    let (Ok(number), Ok(generation)) = (u32::try_from(number), i32::try_from(generation)) else {
        return false;
    };
    let found = pdf
        .xref()
        .get::<Dict<'_>>(ObjectIdentifier::new(number, generation));
    let Some(annotation) = found else {
        return false;
    };
    let says = |key: &str, test: &dyn Fn(&[u8]) -> bool| {
        let text = annotation.get::<PdfString<'_>>(key);
        text.is_some_and(|text| test(text.as_bytes()))
    };
    says("T", &|author| author == AUTHOR.as_bytes())
        && says("NM", &|name| name.starts_with(NAME.as_bytes()))
}

/// The dictionary of a page with these annotations.
fn with_annotations(page: &Page<'_>, list: &str) -> Option<Vec<u8>> {
    let data = page.raw().data();
    let entries = entries(data)?;
    let old = entries.iter().find(|(name, _)| *name == b"Annots");
    let (start, end) = if let Some((_, value)) = old {
        (value.start, value.end)
    } else {
        let end = data.len().checked_sub(2)?;
        (end, end)
    };
    let key = if old.is_some() { "" } else { " /Annots " };
    let mut written = data.get(..start)?.to_vec();
    written.extend_from_slice(format!("{key}[{list}]").as_bytes());
    written.extend_from_slice(data.get(end..)?);
    Some(written)
}

/// The corners of a rectangle in the space of the page: upper left, upper right, lower left, lower right as it is read.
fn corners(bounds: Bounds, to_page: Affine) -> [Point; 4] {
    let [left, top, right, bottom] =
        [bounds.left, bounds.top, bounds.right, bounds.bottom].map(f64::from);
    [(left, top), (right, top), (left, bottom), (right, bottom)]
        .map(|(x, y)| to_page * Point::new(x, y))
}

/// The smallest upright rectangle that holds quadrilaterals: left, bottom, right, top.
fn around(quads: &[[Point; 4]]) -> [f64; 4] {
    let points = || quads.iter().flatten();
    let edge = |of: fn(&Point) -> f64, pick: fn(f64, f64) -> f64| {
        points().map(of).reduce(pick).unwrap_or_default()
    };
    [
        edge(|point| point.x, f64::min),
        edge(|point| point.y, f64::min),
        edge(|point| point.x, f64::max),
        edge(|point| point.y, f64::max),
    ]
}

fn numbers(values: impl IntoIterator<Item = f64>) -> String {
    let numbers = values.into_iter().map(|value| format!("{value:.2}"));
    numbers.collect::<Vec<_>>().join(" ")
}

/// Yellow, as pens are.
const COLOUR: &str = "1 0.86 0.3";

fn annotation(place: &Place<'_>, quads: &[[Point; 4]], page: &str, look: &str) -> Vec<u8> {
    let points = quads.iter().flatten().flat_map(|point| [point.x, point.y]);
    let dictionary = format!(
        "<< /Type /Annot /Subtype /Highlight /Rect [{}] /QuadPoints [{}] /C [{COLOUR}] /F 4 /P {page} /T ({AUTHOR}) \
         /NM ({NAME}{}) /Contents {} /AP << /N {look} >> >>",
        numbers(around(quads)),
        numbers(points),
        place.number,
        text(&place.note.lines.join("\n")),
    );
    dictionary.into_bytes()
}

/// How the highlight looks: under the letters, for it is multiplied with them.
fn appearance(quads: &[[Point; 4]]) -> Vec<u8> {
    let mut drawn = format!("/M gs {COLOUR} rg");
    for quad in quads {
        let [left, bottom, right, top] = around(std::slice::from_ref(quad));
        let _ = write!(
            drawn,
            " {} re",
            numbers([left, bottom, right - left, top - bottom])
        );
    }
    drawn.push_str(" f");
    format!(
        "<< /Type /XObject /Subtype /Form /BBox [{}] /Resources << /ExtGState << /M << /Type /ExtGState /BM /Multiply >> >> >> \
         /Length {} >>\nstream\n{drawn}\nendstream",
        numbers(around(quads)),
        drawn.len(),
    )
    .into_bytes()
}

/// Text as UTF-16 in hexadecimal digits.
/// Source: ISO 32000-1, 7.9.2.2.
fn text(text: &str) -> String {
    let mut written = "<FEFF".to_owned();
    for unit in text.encode_utf16() {
        let _ = write!(written, "{unit:04X}");
    }
    written.push('>');
    written
}

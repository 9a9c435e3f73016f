//! Comments in Word files: marks in the text around runs, which are parted where words begin and end within them, and what is
//! said in a part of its own.
//! Source: ECMA-376 part 1, 17.13.4 (comments); part 2 (relationships, types of parts).

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    AUTHOR, Note,
    anchor::{self, Cut},
    archive,
    edits::{Edits, escaped},
    is_ours, lines,
};
use crate::{
    document::{self, Element, Event, Origin, Package, Space, Tag, Tracked, Unreadable, Xml},
    span::{Span, text_at},
};

/// Comments that Word opens a file with.
const MAX_COMMENTS: i64 = 32_767;
const TYPES: &str = "[Content_Types].xml";
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
/// How the type of a relationship begins, in files of either sort.
const TRANSITIONAL_RELATION: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT_RELATION: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const COMMENTS_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// A file with comments, in the place of those that are there.
pub(super) fn annotate(
    text: &str,
    bytes: &[u8],
    tracked: Tracked,
    notes: &[Note],
) -> Result<Vec<u8>, Unreadable> {
    let (cleaned, first) = cleaned(bytes)?;
    let (read, mut origin) = document::origin(&cleaned, tracked)?;
    if read != text {
        return Err(Unreadable::changed());
    }
    if notes.is_empty() {
        return Ok(cleaned);
    }
    // Word ignores marks of comments in notes and text boxes, which the reader therefore takes to stand at their anchors, and
    // opens no file with more than so many. Source: MS-OI29500, 2.1.315.
    if i64::try_from(notes.len()).unwrap_or(i64::MAX) + first > MAX_COMMENTS {
        let what = format!("with its comments it would have more than {MAX_COMMENTS}");
        return Err(Unreadable::new(what, "show errors only, or fewer rules"));
    }
    // Text that stands in no run is none that Word would show.
    origin.pieces.retain(|piece| piece.outer.is_some());
    let (anchored, comments) = anchored(&origin, text, notes, first);
    let mut changed = marked(&origin, &anchored);
    let mut package = Package::open(&cleaned)?;
    changed.extend(with_comments(&mut package, &origin, &comments)?);
    let written = archive::rewrite(&cleaned, &changed)?;
    if document::origin(&written, tracked)?.0 != text {
        return Err(Unreadable::not_kept());
    }
    Ok(written)
}

/// The file without the comments that an earlier run left, and the first number that no comment has.
fn cleaned(bytes: &[u8]) -> Result<(Vec<u8>, i64), Unreadable> {
    let mut package = Package::open(bytes)?;
    let parts = document::word_parts(&mut package)?;
    let mut changed = Vec::new();
    let mut ours = BTreeSet::new();
    let mut last = -1;
    if let Some(name) = parts.related.get("comments")
        && let Some(text) = package.part(name)?
    {
        let mut edits = Edits::default();
        for comment in comments(name, &text)? {
            last = last.max(comment.id);
            if is_ours(&comment.author, &comment.last) {
                edits.remove(comment.span);
                ours.insert(comment.id);
            }
        }
        if !edits.is_empty() {
            changed.push((name.clone(), edits.apply(&text)));
        }
    }
    let notes = ["footnotes", "endnotes"].map(|notes| parts.related.get(notes));
    let mut highest = -1;
    for name in [Some(&parts.document)].into_iter().chain(notes).flatten() {
        let Some(text) = package.part(name)? else {
            continue;
        };
        let (edits, found) = references(name, &text, &ours)?;
        highest = highest.max(found);
        if !edits.is_empty() {
            changed.push((name.clone(), edits.apply(&text)));
        }
    }
    let cleaned = if changed.is_empty() {
        bytes.to_vec()
    } else {
        archive::rewrite(bytes, &changed)?
    };
    // Numbers of comments that are taken out are free again.
    let kept = |last: i64| {
        (0..=last.min(i64::from(i32::MAX)))
            .rev()
            .find(|id| !ours.contains(id))
    };
    let first = kept(last.max(highest)).map_or(0, |id| id + 1);
    Ok((cleaned, first))
}

/// A comment of the part that holds them.
#[derive(Default)]
struct Comment {
    id: i64,
    author: String,
    /// The text of its last paragraph.
    last: String,
    span: Span,
}

/// The comments of a part.
fn comments(name: &str, text: &str) -> Result<Vec<Comment>, Unreadable> {
    let mut found = Vec::new();
    let mut open: Option<(usize, Comment)> = None;
    let mut xml = Xml::new(name, text);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(tag) if tag.space == Space::Word => match (tag.name(), &mut open) {
                ("comment", None) => {
                    let comment = Comment {
                        id: tag.number("id").unwrap_or(-1),
                        author: tag.attribute("author").unwrap_or_default(),
                        last: String::new(),
                        span: xml.span(),
                    };
                    open = Some((xml.depth(), comment));
                }
                ("p", Some((_, comment))) => comment.last.clear(),
                _ => {}
            },
            Event::Text(text) => {
                if let Some((_, comment)) = &mut open {
                    comment.last.push_str(&text);
                }
            }
            Event::End => {
                let closed = open.take_if(|(depth, _)| *depth == xml.depth() + 1);
                if let Some((_, mut comment)) = closed {
                    comment.span = comment.span.join(xml.span());
                    found.push(comment);
                }
            }
            Event::Start(_) => {}
        }
    }
    Ok(found)
}

/// A run that may hold nothing but references to comments.
struct Run {
    depth: usize,
    start: usize,
    /// References in it that are taken out.
    references: Vec<Span>,
    /// Whether it holds something else.
    other: bool,
}

/// Takes out the marks of comments with these numbers; gives back the highest number of any.
fn references(name: &str, text: &str, ours: &BTreeSet<i64>) -> Result<(Edits, i64), Unreadable> {
    let mut edits = Edits::default();
    let mut highest = -1;
    let mut runs: Vec<Run> = Vec::new();
    // A mark that is open: where it starts, how deep, and whether it is that of a run.
    let mut mark: Option<(usize, usize, bool)> = None;
    let mut xml = Xml::new(name, text);
    while let Some(event) = xml.next()? {
        let at = xml.span();
        match event {
            Event::Start(tag) => {
                let depth = xml.depth();
                let id = marks(&tag).and_then(|id| id.parse().ok());
                highest = highest.max(id.unwrap_or(-1));
                let run = runs.last_mut().filter(|run| depth == run.depth + 1);
                let in_run = run.is_some();
                if id.is_some_and(|id| ours.contains(&id)) {
                    mark = Some((at.start, depth, in_run));
                } else if let Some(run) = run
                    && !(tag.space == Space::Word && tag.name() == "rPr")
                {
                    run.other = true;
                }
                if tag.space == Space::Word && tag.name() == "r" {
                    runs.push(Run {
                        depth,
                        start: at.start,
                        references: Vec::new(),
                        other: false,
                    });
                }
            }
            Event::End => {
                let depth = xml.depth() + 1;
                if let Some((start, _, in_run)) = mark.take_if(|(_, open, _)| *open == depth) {
                    let span = Span::new(start, at.end);
                    match runs.last_mut().filter(|_| in_run) {
                        Some(run) => run.references.push(span),
                        None => edits.remove(span),
                    }
                }
                if let Some(run) = runs.pop_if(|run| run.depth == depth) {
                    if run.other {
                        run.references
                            .into_iter()
                            .for_each(|span| edits.remove(span));
                    } else if !run.references.is_empty() {
                        edits.remove(Span::new(run.start, at.end));
                    }
                }
            }
            Event::Text(_) => {}
        }
    }
    Ok((edits, highest))
}

/// The number of the comment that an element marks.
fn marks(tag: &Tag<'_>) -> Option<String> {
    let is_mark = matches!(
        tag.name(),
        "commentRangeStart" | "commentRangeEnd" | "commentReference"
    );
    (tag.space == Space::Word && is_mark)
        .then(|| tag.attribute("id"))
        .flatten()
}

/// What is put at a place of a part.
#[derive(Default)]
struct Marks {
    ends: Vec<i64>,
    starts: Vec<i64>,
}

/// Places, each by its part.
type Places = BTreeMap<(usize, Cut), Marks>;

/// Where comments begin and end, and the comments themselves, numbered from `first` on.
fn anchored(origin: &Origin, text: &str, notes: &[Note], first: i64) -> (Places, Vec<String>) {
    let mut places = Places::new();
    let mut comments = Vec::new();
    let anchors = notes
        .iter()
        .filter_map(|note| Some((note, anchor::find(origin, text, note.span)?)));
    for ((note, anchor), id) in anchors.zip(first..) {
        let start = places.entry((anchor.part, anchor.start)).or_default();
        start.starts.push(id);
        let end = places.entry((anchor.part, anchor.end)).or_default();
        end.ends.push(id);
        comments.push(comment(id, &lines(note, &anchor, text)));
    }
    (places, comments)
}

fn comment(id: i64, lines: &[Cow<'_, str>]) -> String {
    let lines = lines.iter().zip(0..).map(|(line, number)| {
        let reference = if number == 0 {
            "<w:r><w:annotationRef/></w:r>"
        } else {
            ""
        };
        let line = escaped(line);
        format!("<w:p>{reference}<w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>")
    });
    let lines: String = lines.collect();
    format!("<w:comment w:id=\"{id}\" w:author=\"{AUTHOR}\" w:initials=\"A\">{lines}</w:comment>")
}

/// The parts that hold text, with the marks of comments in them.
fn marked(origin: &Origin, places: &Places) -> Vec<(String, String)> {
    let numbered = origin.parts.iter().zip(0..);
    let changed = numbered.filter_map(|(part, number)| {
        let mut edits = Edits::default();
        let declared = declaration(&part.text);
        let mut parted: BTreeSet<usize> = BTreeSet::new();
        for ((_, cut), marks) in places.iter().filter(|((of, _), _)| *of == number) {
            let text = part.text.as_str();
            let element = |number: Option<usize>| origin.elements.get(number?);
            let (outer, inner) = (element(cut.outer), element(cut.inner));
            if let Some(inner) = inner
                && parted.insert(inner.tag.start)
                && let Some(at) = to_be_kept(text, inner, cut.at)
            {
                edits.insert(at, " xml:space=\"preserve\"");
            }
            let (before, after) = parting(text, outer, inner);
            let marks = written(marks, declared);
            edits.insert(cut.at, format!("{before}{marks}{after}"));
        }
        let text = (!edits.is_empty()).then(|| edits.apply(&part.text))?;
        Some((part.name.clone(), text))
    });
    changed.collect()
}

/// What ends a run, and text in it, and what begins them anew.
fn parting(text: &str, outer: Option<&Element>, inner: Option<&Element>) -> (String, String) {
    let Some(outer) = outer else {
        return (String::new(), String::new());
    };
    let tag = text_at(text, outer.tag);
    let properties = outer.properties.map_or("", |span| text_at(text, span));
    let mut before = format!("</{}>", name(tag));
    let mut after = format!("{tag}{properties}");
    if let Some(inner) = inner {
        let name = name(text_at(text, inner.tag));
        before.insert_str(0, &format!("</{name}>"));
        after.extend(["<", name, " xml:space=\"preserve\">"]);
    }
    (before, after)
}

/// The name of an element as its start tag has it.
fn name(tag: &str) -> &str {
    let end = |c: char| c.is_whitespace() || c == '>' || c == '/';
    let name = tag.strip_prefix('<').unwrap_or(tag);
    name.split(end).next().unwrap_or_default()
}

/// Where to say that white space at the end of text is to be kept, when the text is to end at `end`; `None` where nothing needs
/// to be said.
fn to_be_kept(text: &str, element: &Element, end: usize) -> Option<usize> {
    let tag = text_at(text, element.tag);
    let left = text_at(text, Span::new(element.tag.end, end));
    let at_risk = left.ends_with(|c: char| c.is_ascii_whitespace()) && !tag.contains("xml:space");
    at_risk.then(|| element.tag.end.saturating_sub(1))
}

fn written(marks: &Marks, declared: &str) -> String {
    let ends = marks.ends.iter().map(|id| {
        format!(
            "<w:commentRangeEnd{declared} w:id=\"{id}\"/><w:r{declared}><w:commentReference w:id=\"{id}\"/></w:r>"
        )
    });
    let starts = marks
        .starts
        .iter()
        .map(|id| format!("<w:commentRangeStart{declared} w:id=\"{id}\"/>"));
    ends.chain(starts).collect()
}

/// Declares the prefix that is used here, where the root of a part does not.
fn declaration(part: &str) -> &'static str {
    let root = root(part);
    let is_declared = |name: &str| root.contains(&format!("xmlns:w=\"{name}\""));
    if is_declared(TRANSITIONAL) || is_declared(STRICT) {
        ""
    } else if root.contains(STRICT) {
        " xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\""
    } else {
        " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    }
}

/// The start tag of the root of a part.
fn root(part: &str) -> &str {
    let mut xml = Xml::new("", part);
    while let Ok(Some(event)) = xml.next() {
        if matches!(event, Event::Start(_)) {
            return xml.written();
        }
    }
    ""
}

/// Puts content at the end of the root of a part, which may have none.
fn append(part: &str, content: &str) -> Result<String, Unreadable> {
    let mut edits = Edits::default();
    let tag = root(part);
    if let Some(open) = tag.strip_suffix("/>") {
        let start = part.find(tag).unwrap_or_default();
        let whole = format!("{open}>{content}</{}>", name(tag));
        edits.replace(Span::new(start, start + tag.len()), whole);
    } else {
        let end = part
            .rfind("</")
            .ok_or_else(|| Unreadable::damaged("a part has no end"))?;
        edits.insert(end, content);
    }
    Ok(edits.apply(part))
}

/// The parts that hold comments, and tell where they are.
fn with_comments(
    package: &mut Package<'_>,
    origin: &Origin,
    comments: &[String],
) -> Result<Vec<(String, String)>, Unreadable> {
    let parts = document::word_parts(package)?;
    let text = origin.parts.first().map_or("", |part| part.text.as_str());
    let strict = root(text).contains(STRICT);
    let mut changed = Vec::new();
    let (folder, _) = parts.document.rsplit_once('/').unwrap_or_default();
    let related = parts.related.get("comments");
    let name = match related {
        Some(name) => name.clone(),
        None => free_name(package, folder),
    };
    if related.is_none() {
        let relations = match package.part(&parts.relations)? {
            Some(text) => text,
            None => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{RELATIONS}\"/>"
            ),
        };
        let relation = relation(&relations, &name, strict);
        changed.push((parts.relations.clone(), append(&relations, &relation)?));
    }
    let types = package.required(TYPES)?;
    if !is_typed(&types, &name)? {
        let prefix = prefix(root(&types));
        let entry = format!(
            "<{prefix}Override PartName=\"/{}\" ContentType=\"{COMMENTS_TYPE}\"/>",
            escaped(&name)
        );
        changed.push((TYPES.to_owned(), append(&types, &entry)?));
    }
    let space = if strict { STRICT } else { TRANSITIONAL };
    let part = match package.part(&name)? {
        Some(text) => text,
        None => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{space}\"></w:comments>"
        ),
    };
    let declared = declaration(&part);
    let comments: String = comments
        .iter()
        .map(|comment| comment.replacen("<w:comment", &format!("<w:comment{declared}"), 1))
        .collect();
    changed.push((name, append(&part, &comments)?));
    Ok(changed)
}

/// A name for the part of comments that no part has.
fn free_name(package: &Package<'_>, folder: &str) -> String {
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let first = std::iter::once(format!("{folder}comments.xml"));
    let others = (2..).map(|number| format!("{folder}comments{number}.xml"));
    let mut names = first.chain(others);
    names.find(|name| !package.has(name)).unwrap_or_default()
}

/// An entry of a list of relationships that leads to the part of comments.
fn relation(relations: &str, part: &str, strict: bool) -> String {
    let prefix = prefix(root(relations));
    let target = part.rsplit('/').next().unwrap_or(part);
    let kind = if strict {
        STRICT_RELATION
    } else {
        TRANSITIONAL_RELATION
    };
    let mut id = "rIdAssize".to_owned();
    while relations.contains(&format!("\"{id}\"")) {
        id.push('_');
    }
    format!(
        "<{prefix}Relationship Id=\"{id}\" Type=\"{kind}/comments\" Target=\"{}\"/>",
        escaped(target)
    )
}

/// The prefix of a start tag with its colon.
fn prefix(tag: &str) -> String {
    match name(tag).split_once(':') {
        Some((prefix, _)) => format!("{prefix}:"),
        None => String::new(),
    }
}

/// Whether a list of types names a part.
fn is_typed(types: &str, part: &str) -> Result<bool, Unreadable> {
    let mut xml = Xml::new(TYPES, types);
    while let Some(event) = xml.next()? {
        if let Event::Start(tag) = event
            && (tag.space, tag.name()) == (Space::Types, "Override")
            && let Some(name) = tag.attribute("PartName")
            && name.trim_start_matches('/').eq_ignore_ascii_case(part)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

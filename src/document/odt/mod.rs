//! OpenDocument: the paragraphs, tables and notes of an `.odt` file.
//!
//! What is read is what a reader of the printed page sees; see `word` for what that leaves out.
//! Source: OASIS OpenDocument 1.3 part 3.

mod lists;
mod styles;

use rustc_hash::FxHashMap;

use self::{
    lists::{Counts, Lists},
    styles::{Appearance, Sort, Styles},
};
use super::{
    Tracked,
    open::{READABLE, Unreadable},
    origin::{Holds, Recorder},
    package::Package,
    story::{Look, Story},
    xml::{Event, Space, Tag, Xml},
};
use crate::{layout::Role, span::Span};

/// Cells and spaces that one element may stand for.
const MAX_REPEATED: usize = 100;

/// Whether a package is an OpenDocument file.
pub(super) fn recognises(package: &Package<'_>) -> bool {
    package.has("content.xml")
}

/// Reads an OpenDocument text; a recorder that is given learns where its text stands in the parts.
pub(super) fn read(
    package: &mut Package<'_>,
    tracked: Tracked,
    mut recorder: Option<Recorder>,
) -> Result<(Story, Option<Recorder>), Unreadable> {
    if let Some(manifest) = package.part("META-INF/manifest.xml")?
        && is_encrypted(&manifest)?
    {
        return Err(Unreadable::encrypted());
    }
    let mut styles = Styles::default();
    if let Some(text) = package.part("styles.xml")? {
        styles.read(&mut Xml::new("styles.xml", &text), true)?;
    }
    let content = package.required("content.xml")?;
    let mut xml = Xml::new("content.xml", &content);
    styles.read(&mut xml, false)?;
    if let Some(recorder) = &mut recorder {
        recorder.start_part("content.xml", &content);
    }
    let mut reader = Reader::new(styles, tracked);
    reader.recorder = recorder;
    reader.body(&mut xml)?;
    if !reader.text {
        return Err(Unreadable::new(
            "it is an OpenDocument file, but no text",
            READABLE,
        ));
    }
    Ok((reader.story, reader.recorder))
}

fn is_encrypted(manifest: &str) -> Result<bool, Unreadable> {
    let mut xml = Xml::new("META-INF/manifest.xml", manifest);
    while let Some(event) = xml.next()? {
        if let Event::Start(tag) = event
            && (tag.space, tag.name()) == (Space::Manifest, "encryption-data")
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What is done when an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Close {
    Nothing,
    Paragraph,
    /// A paragraph within another: that of a drawing.
    InnerParagraph,
    Span,
    /// Something left out.
    Dropped,
    Box,
    Note,
    Table,
    HeadRows,
    Row,
    Cell,
    List,
    Item,
}

/// A paragraph that is open.
#[derive(Clone, Debug, Default)]
struct Paragraph {
    style: String,
    /// The level of a heading, and whether it is numbered.
    heading: Option<(u8, bool)>,
}

/// A change that was tracked.
#[derive(Clone, Debug)]
enum Change {
    Insertion,
    /// The paragraphs that were deleted.
    Deletion(Vec<String>),
}

/// What waits while a text box or note is read.
#[derive(Debug, Default)]
struct Waiting {
    paragraph: Paragraph,
    looks: Vec<Appearance>,
    lists: Lists,
    spaced: bool,
    paragraphs: usize,
}

struct Reader {
    styles: Styles,
    tracked: Tracked,
    /// Whether the text was met.
    text: bool,
    story: Story,
    closes: Vec<Close>,
    paragraph: Paragraph,
    /// Paragraph elements that are open.
    paragraphs: usize,
    /// How text looks, by the elements around it.
    looks: Vec<Appearance>,
    /// Whether white space that follows is left out, for some was written or nothing yet.
    spaced: bool,
    lists: Lists,
    headings: Counts,
    waiting: Vec<Waiting>,
    /// Elements that are open whose content is left out.
    dropped: usize,
    changes: FxHashMap<String, Change>,
    /// Insertions that are open and left out.
    inserted: usize,
    /// Whether rows are those of the head of a table.
    head_rows: usize,
    notes: usize,
    /// Keeps where text stands, where that is asked for.
    recorder: Option<Recorder>,
}

impl Reader {
    fn new(styles: Styles, tracked: Tracked) -> Self {
        Self {
            styles,
            tracked,
            text: false,
            story: Story::default(),
            closes: Vec::new(),
            paragraph: Paragraph::default(),
            paragraphs: 0,
            looks: Vec::new(),
            spaced: true,
            lists: Lists::default(),
            headings: Counts::default(),
            waiting: Vec::new(),
            dropped: 0,
            changes: FxHashMap::default(),
            inserted: 0,
            head_rows: 0,
            notes: 0,
            recorder: None,
        }
    }

    fn body(&mut self, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => {
                    self.record_start(&tag, xml);
                    let close = self.start(&tag, xml)?;
                    if close.is_none() {
                        self.record_end(xml);
                    }
                    self.closes.extend(close);
                }
                Event::End => {
                    self.record_end(xml);
                    let close = self.closes.pop().unwrap_or(Close::Nothing);
                    self.end(close);
                }
                Event::Text(text) if self.paragraphs > 0 => {
                    self.text(&text, xml);
                }
                Event::Text(_) => {}
            }
        }
        Ok(())
    }

    fn record_start(&mut self, tag: &Tag<'_>, xml: &Xml<'_>) {
        let Some(recorder) = &mut self.recorder else {
            return;
        };
        match (tag.space, tag.name()) {
            // A drawing in a paragraph may have paragraphs of its own, in which nothing may be put. Frames are no drawings.
            (Space::Draw, "text-box" | "frame" | "a") => {}
            (Space::Draw, _) if self.paragraphs > 0 => recorder.start(xml, Holds::Whole),
            (Space::Text, "s" | "tab" | "line-break" | "change") => recorder.start_sign(xml),
            _ => {}
        }
    }

    fn record_end(&mut self, xml: &Xml<'_>) {
        if let Some(recorder) = &mut self.recorder {
            recorder.end(xml);
        }
    }

    /// Records that what was met last stands for the text that was written last, as many bytes.
    fn record(&mut self, written: usize, xml: &Xml<'_>) {
        if let Some(recorder) = &self.recorder {
            let end = self.story.at();
            let text = Span::new(end.saturating_sub(written), end);
            self.story
                .piece(recorder.piece(text, xml.span(), xml.depth(), false));
        }
    }

    /// Follows a start tag; gives back what is to be done at its end, nothing where that was read already.
    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<Option<Close>, Unreadable> {
        Ok(Some(match (tag.space, tag.name()) {
            (Space::Text, "tracked-changes") => {
                self.read_changes(xml)?;
                return Ok(None);
            }
            (Space::Office, "annotation" | "annotation-end" | "forms")
            | (Space::Text, "note-citation" | "ruby-text" | "script")
            | (Space::Other, "title" | "desc") => {
                xml.skip()?;
                return Ok(None);
            }
            (Space::Office, "text") => {
                self.text = true;
                Close::Nothing
            }
            (Space::Draw, "text-box") if self.story.may_step_aside() => {
                self.wait();
                Close::Box
            }
            (Space::Text, name) => self.start_text(name, tag, xml),
            (Space::Table, name) => self.start_table(name, tag),
            _ => Close::Nothing,
        }))
    }

    fn start_text(&mut self, name: &str, tag: &Tag<'_>, xml: &Xml<'_>) -> Close {
        match name {
            "p" | "h" => return self.start_paragraph(name, tag),
            "span" => {
                let around = self.look();
                let style = tag.attribute("style-name").unwrap_or_default();
                let look = self.styles.appearance("text", &style, around);
                self.looks.push(look);
                return Close::Span;
            }
            "s" => {
                let spaces: usize = tag.number("c").unwrap_or(1);
                let spaces = spaces.min(MAX_REPEATED);
                if self.write(&" ".repeat(spaces)) {
                    self.record(spaces, xml);
                }
            }
            "tab" if self.write("\t") => self.record(1, xml),
            "line-break" if self.is_read() && self.story.is_begun() => {
                let start = self.story.at();
                self.story.line_break();
                self.record(self.story.at() - start, xml);
                self.spaced = true;
            }
            "note-body" if self.story.may_step_aside() => {
                self.notes += 1;
                if self.is_read() {
                    self.story.refer(self.notes.to_string());
                }
                self.wait();
                return Close::Note;
            }
            "list" => {
                self.lists.start(tag);
                return Close::List;
            }
            "list-item" => {
                self.lists.start_item(tag);
                return Close::Item;
            }
            "section" if tag.attribute("display").as_deref() == Some("none") => return self.drop(),
            "hidden-text" | "hidden-paragraph" | "table-of-content" | "illustration-index"
            | "table-index" | "object-index" | "user-index" | "alphabetical-index" => {
                return self.drop();
            }
            "change-start" | "change-end" | "change" => self.change(name, tag, xml),
            _ => {}
        }
        Close::Nothing
    }

    fn start_table(&mut self, name: &str, tag: &Tag<'_>) -> Close {
        let repeated = || {
            tag.number::<usize>("number-columns-repeated")
                .unwrap_or(1)
                .min(MAX_REPEATED)
        };
        match name {
            "table" if self.story.may_nest_table() => {
                self.story.start_table();
                Close::Table
            }
            "table-header-rows" => {
                self.head_rows += 1;
                Close::HeadRows
            }
            "table-row" => {
                self.story.start_row();
                self.story.set_head(self.head_rows > 0);
                Close::Row
            }
            "table-cell" => {
                for _ in 1..repeated() {
                    self.story.cell(1, 1);
                    self.story.end_cell();
                }
                let columns = tag.number("number-columns-spanned").unwrap_or(1);
                let rows = tag.number("number-rows-spanned").unwrap_or(1);
                self.story.cell(columns, rows);
                Close::Cell
            }
            "covered-table-cell" => self.drop(),
            _ => Close::Nothing,
        }
    }

    fn end(&mut self, close: Close) {
        match close {
            Close::Nothing => {}
            Close::Paragraph => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                if self.inserted == 0 {
                    self.end_paragraph();
                }
            }
            Close::InnerParagraph => {
                self.end_paragraph();
                self.story.end_box();
                self.go_on();
            }
            Close::Span => {
                self.looks.pop();
            }
            Close::Dropped => self.dropped = self.dropped.saturating_sub(1),
            Close::Box => {
                self.story.end_box();
                self.go_on();
            }
            Close::Note => {
                let note = self.notes.to_string();
                self.story.end_note(note);
                self.go_on();
            }
            Close::Table => self.story.end_table(),
            Close::HeadRows => self.head_rows = self.head_rows.saturating_sub(1),
            Close::Row => self.story.end_row(),
            Close::Cell => self.story.end_cell(),
            Close::List => self.lists.end(),
            Close::Item => self.lists.end_item(),
        }
    }

    fn drop(&mut self) -> Close {
        self.dropped += 1;
        Close::Dropped
    }

    /// Whether text at this place is read.
    fn is_read(&self) -> bool {
        self.dropped == 0 && self.inserted == 0
    }

    fn look(&self) -> Appearance {
        self.looks.last().copied().unwrap_or_default()
    }

    /// Sets aside what is open, to read something that stands beside it.
    fn wait(&mut self) {
        self.story.step_aside();
        self.waiting.push(Waiting {
            paragraph: std::mem::take(&mut self.paragraph),
            looks: std::mem::take(&mut self.looks),
            lists: self.lists.step_aside(),
            spaced: std::mem::replace(&mut self.spaced, true),
            paragraphs: std::mem::take(&mut self.paragraphs),
        });
    }

    /// Takes up again what was set aside.
    fn go_on(&mut self) {
        let waiting = self.waiting.pop().unwrap_or_default();
        self.paragraph = waiting.paragraph;
        self.looks = waiting.looks;
        self.lists.step_back(waiting.lists);
        self.spaced = waiting.spaced;
        self.paragraphs = waiting.paragraphs;
    }

    fn start_paragraph(&mut self, name: &str, tag: &Tag<'_>) -> Close {
        let inner = self.paragraphs > 0 && self.story.may_step_aside();
        if inner {
            self.wait();
        }
        self.paragraphs += 1;
        self.story.open_paragraph();
        // The last one may run on into this one, where its end was not there.
        if !self.story.is_begun() {
            let level = (name == "h").then(|| tag.number("outline-level").unwrap_or(1).clamp(1, 9));
            let numbered = tag.attribute("is-list-header").as_deref() != Some("true");
            self.paragraph = Paragraph {
                style: tag.attribute("style-name").unwrap_or_default(),
                heading: level.map(|level| (level, numbered)),
            };
            self.spaced = true;
        }
        let style = &self.paragraph.style;
        let look = self
            .styles
            .appearance("paragraph", style, Appearance::default());
        self.looks = vec![look];
        if inner {
            Close::InnerParagraph
        } else {
            Close::Paragraph
        }
    }

    /// Writes text, which what was met last holds or stands for: white space in a row counts as one space, at the start as
    /// none.
    fn text(&mut self, text: &str, xml: &Xml<'_>) {
        let mut folded = String::with_capacity(text.len());
        let mut spaced = self.spaced;
        // Where in the text and in what is written of it stretches begin that are the same.
        let mut stretches = vec![(0, 0)];
        for (at, c) in text.char_indices() {
            let white = matches!(c, ' ' | '\t' | '\n' | '\r');
            if white && spaced {
                let next = (at + c.len_utf8(), folded.len());
                match stretches.last_mut() {
                    Some(last) if last.1 == folded.len() => *last = next,
                    _ => stretches.push(next),
                }
            } else {
                folded.push(if white { ' ' } else { c });
            }
            spaced = white;
        }
        if self.write(&folded) {
            self.spaced = spaced;
            if xml.written() == text {
                self.record_folded(&stretches, folded.len(), xml);
            } else {
                self.record(folded.len(), xml);
            }
        }
    }

    /// Records where text stands of which white space was left out.
    fn record_folded(&mut self, stretches: &[(usize, usize)], written: usize, xml: &Xml<'_>) {
        let Some(recorder) = &self.recorder else {
            return;
        };
        let base = self.story.at().saturating_sub(written);
        let ends = stretches.iter().skip(1).map(|(_, end)| *end);
        for (&(from, start), end) in stretches.iter().zip(ends.chain([written])) {
            let text = Span::new(base + start, base + end);
            let from = xml.span().start + from;
            let bytes = Span::new(from, from + text.len());
            self.story
                .piece(recorder.piece(text, bytes, xml.depth(), true));
        }
    }

    /// Writes text; gives back whether it is read.
    fn write(&mut self, text: &str) -> bool {
        let look = self.look();
        if text.is_empty() || !self.is_read() || look.hidden || look.struck || !self.story.is_open()
        {
            return false;
        }
        if !self.story.is_begun() {
            self.begin_paragraph();
        }
        self.spaced = false;
        let look = Look {
            bold: look.bold,
            raised: look.raised,
        };
        self.story.text(text, look);
        true
    }

    /// Writes what stands at the start of a paragraph.
    fn begin_paragraph(&mut self) {
        let item = self.lists.label(&self.styles);
        if let Some((level, numbered)) = self.paragraph.heading {
            let label = match item {
                Some((label, _)) => label,
                None if numbered && !self.lists.is_open() => self.heading_label(level),
                None => String::new(),
            };
            let gap = if label.is_empty() { "" } else { " " };
            let level = self.story.level(level);
            self.story
                .begin(Role::Heading { level }, &format!("{label}{gap}"));
            return;
        }
        match (self.styles.sort(&self.paragraph.style), item) {
            (Sort::Title, _) => self.story.begin_title(),
            (_, Some((label, depth))) => {
                let text = format!("{label}\t");
                let role = Role::Item {
                    depth,
                    label: text.len(),
                };
                self.story.begin(role, &text);
            }
            (Sort::Quotation, None) => self.story.begin(Role::Quotation, ""),
            (Sort::Caption, None) => self.story.begin(Role::Caption, ""),
            (Sort::Body, None) => self.story.begin(Role::Paragraph, ""),
        }
    }

    /// Counts a heading and gives back its number, where headings have one.
    fn heading_label(&mut self, level: u8) -> String {
        self.styles
            .outline
            .next(&mut self.headings, usize::from(level), None)
    }

    fn end_paragraph(&mut self) {
        if self.is_read() && self.story.is_open() && !self.story.is_begun() {
            // Empty paragraphs of lists have a number too.
            self.lists.label(&self.styles);
        }
        self.story.end_paragraph();
    }

    /// Reads the list of tracked changes.
    fn read_changes(&mut self, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        let mut id = String::new();
        // Elements that are open: in all, and those that hold what was deleted, and notes on it.
        let (mut depth, mut deletion, mut aside) = (1, None, None);
        let mut paragraphs: Vec<String> = Vec::new();
        while depth > 0 {
            match xml.next()? {
                Some(Event::Start(tag)) => {
                    depth += 1;
                    match (tag.space, tag.name()) {
                        (Space::Text, "changed-region") => {
                            id = tag.attribute("id").unwrap_or_default();
                        }
                        (Space::Text, "insertion") => {
                            self.changes.insert(id.clone(), Change::Insertion);
                        }
                        (Space::Text, "deletion") => deletion = Some(depth),
                        (Space::Office, "change-info" | "annotation") => {
                            aside = aside.or(Some(depth));
                        }
                        (Space::Text, "p" | "h") if deletion.is_some() && aside.is_none() => {
                            paragraphs.push(String::new());
                        }
                        (Space::Text, "s" | "tab" | "line-break") => {
                            if let Some(last) = paragraphs.last_mut() {
                                last.push(' ');
                            }
                        }
                        _ => {}
                    }
                }
                Some(Event::End) => {
                    if aside == Some(depth) {
                        aside = None;
                    }
                    if deletion == Some(depth) {
                        deletion = None;
                        let deleted = Change::Deletion(std::mem::take(&mut paragraphs));
                        self.changes.insert(id.clone(), deleted);
                    }
                    depth -= 1;
                }
                Some(Event::Text(text)) if aside.is_none() => {
                    if let Some(last) = paragraphs.last_mut() {
                        last.push_str(&text);
                    }
                }
                Some(Event::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// Follows a mark of a tracked change.
    fn change(&mut self, name: &str, tag: &Tag<'_>, xml: &Xml<'_>) {
        if self.tracked == Tracked::Accepted {
            return;
        }
        let id = tag.attribute("change-id").unwrap_or_default();
        match self.changes.get(&id) {
            Some(Change::Insertion) if name == "change-start" => self.inserted += 1,
            Some(Change::Insertion) if name == "change-end" => {
                self.inserted = self.inserted.saturating_sub(1);
            }
            Some(Change::Deletion(_)) if name == "change" => {
                // It is written once.
                let Some(Change::Deletion(paragraphs)) = self.changes.remove(&id) else {
                    return;
                };
                for (text, number) in paragraphs.iter().zip(0..) {
                    if number > 0 {
                        self.end_paragraph();
                        self.story.open_paragraph();
                        self.spaced = true;
                    }
                    self.text(text, xml);
                }
            }
            _ => {}
        }
    }
}

//! Word: the paragraphs, tables and notes of a `.docx` file.
//!
//! What is read is what a reader of the printed page sees: numbers of lists are counted, of fields the results are taken,
//! hidden text, comments, heads and feet of pages and the table of contents are left out. Of tracked changes one side is
//! read. Source: ECMA-376 (Office Open XML) part 1.

mod numbering;
mod styles;

use rustc_hash::FxHashMap;

use self::{
    numbering::Numbering,
    styles::{Sort, Styles},
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

/// Whether a property that is on when it is mentioned is on.
fn toggle(tag: &Tag<'_>) -> bool {
    !matches!(
        tag.attribute("val").as_deref(),
        Some("0" | "false" | "off" | "none")
    )
}

/// Whether a package is a Word file.
pub(super) fn recognises(package: &Package<'_>) -> bool {
    package.has("word/document.xml")
        || package.has("[Content_Types].xml") && package.has("_rels/.rels")
}

/// The parts of a file that are read.
pub(crate) struct Parts {
    /// The part that holds the text.
    pub(crate) document: String,
    /// The part that lists what the document refers to.
    pub(crate) relations: String,
    /// The parts that the document refers to, by the last word of what they are (`styles`, `footnotes`).
    pub(crate) related: FxHashMap<String, String>,
}

/// Reads a Word file; a recorder that is given learns where its text stands in the parts.
pub(super) fn read(
    package: &mut Package<'_>,
    tracked: Tracked,
    recorder: Option<Recorder>,
) -> Result<(Story, Option<Recorder>), Unreadable> {
    let parts = parts(package)?;
    let document = package.required(&parts.document)?;
    let related = |name: &str, package: &mut Package<'_>| match parts.related.get(name) {
        Some(part) => package.part(part).map(|text| Some((part.clone(), text?))),
        None => Ok(None),
    };
    let styles = match related("styles", package)? {
        Some((part, text)) => Styles::read(&part, &text)?,
        None => Styles::default(),
    };
    let numbering = match related("numbering", package)? {
        Some((part, text)) => Numbering::read(&part, &text)?,
        None => Numbering::default(),
    };
    let mut reader = Reader::new(styles, numbering, tracked);
    reader.recorder = recorder;
    reader.part(&parts.document, &document)?;
    if !reader.body {
        return Err(no_document());
    }
    for notes in ["footnotes", "endnotes"] {
        if let Some((part, text)) = related(notes, package)? {
            reader.part(&part, &text)?;
        }
    }
    Ok((reader.story, reader.recorder))
}

/// Finds the parts of a file that are read.
pub(crate) fn parts(package: &mut Package<'_>) -> Result<Parts, Unreadable> {
    let document = match package.part("_rels/.rels")? {
        Some(text) => relations("", "_rels/.rels", &text)?.remove("officeDocument"),
        None => None,
    };
    let document = document
        .filter(|part| package.has(part))
        .unwrap_or_else(|| "word/document.xml".to_owned());
    if !package.has(&document) {
        return Err(no_document());
    }
    let (folder, name) = document.rsplit_once('/').unwrap_or(("", &document));
    let list = format!("{folder}/_rels/{name}.rels");
    let list = list.trim_start_matches('/');
    let related = match package.part(list)? {
        Some(text) => relations(folder, list, &text)?,
        None => FxHashMap::default(),
    };
    let relations = list.to_owned();
    Ok(Parts {
        document,
        relations,
        related,
    })
}

fn no_document() -> Unreadable {
    Unreadable::new("it is an Office file, but no Word document", READABLE)
}

/// The parts that a list of relationships names, by the last word of what they are.
fn relations(
    folder: &str,
    part: &str,
    text: &str,
) -> Result<FxHashMap<String, String>, Unreadable> {
    let mut found = FxHashMap::default();
    let mut xml = Xml::new(part, text);
    while let Some(event) = xml.next()? {
        let Event::Start(tag) = event else { continue };
        let external = tag.attribute("TargetMode").as_deref() == Some("External");
        if tag.space != Space::Relations || tag.name() != "Relationship" || external {
            continue;
        }
        let kind = tag.attribute("Type").unwrap_or_default();
        let target = tag.attribute("Target").unwrap_or_default();
        let path = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None if folder.is_empty() => target,
            None => format!("{folder}/{target}"),
        };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        found.entry(kind).or_insert(path);
    }
    Ok(found)
}

/// What an element is to those who write into its part: beside runs and formulas something may be put.
fn holds(tag: &Tag<'_>) -> Holds {
    match (tag.space, tag.name()) {
        (Space::Word, "r") => Holds::Children,
        (Space::Math, "oMath" | "oMathPara") => Holds::Whole,
        (Space::Word, "rPr") => Holds::Properties,
        _ => Holds::Nothing,
    }
}

/// What is done when an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Close {
    Nothing,
    Paragraph,
    Run,
    /// Text that is written.
    Text,
    /// Something left out.
    Dropped,
    Box,
    Note,
    Table,
    Row,
    Cell,
}

/// A paragraph that is open.
#[derive(Debug, Default)]
struct Paragraph {
    style: Option<String>,
    number: Option<String>,
    level: Option<u8>,
    outline: Option<u8>,
    /// Whether its end is no end, so that the next paragraph goes on with it.
    runs_on: bool,
    /// Whether its end is hidden: where nothing else is in it, it is not there.
    hidden: bool,
    /// Whether it is part of the table of contents.
    contents: bool,
}

/// How a run looks.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    bold: Option<bool>,
    hidden: Option<bool>,
    struck: bool,
    raised: bool,
}

/// What waits while a text box or note is read.
#[derive(Debug, Default)]
struct Waiting {
    paragraph: Paragraph,
    run: Run,
    fields: Vec<bool>,
}

struct Reader {
    styles: Styles,
    numbering: Numbering,
    tracked: Tracked,
    /// Whether the text was met.
    body: bool,
    story: Story,
    closes: Vec<Close>,
    paragraph: Paragraph,
    run: Run,
    waiting: Vec<Waiting>,
    /// Elements that are open whose content is left out.
    dropped: usize,
    /// Text elements that are open.
    texts: usize,
    /// Fields that are open: whether their result has begun.
    fields: Vec<bool>,
    /// The note that is open.
    note: String,
    /// Keeps where text stands, where that is asked for.
    recorder: Option<Recorder>,
}

impl Reader {
    fn new(styles: Styles, numbering: Numbering, tracked: Tracked) -> Self {
        Self {
            styles,
            numbering,
            tracked,
            body: false,
            story: Story::default(),
            closes: Vec::new(),
            paragraph: Paragraph::default(),
            run: Run::default(),
            waiting: Vec::new(),
            dropped: 0,
            texts: 0,
            fields: Vec::new(),
            note: String::new(),
            recorder: None,
        }
    }

    fn part(&mut self, name: &str, text: &str) -> Result<(), Unreadable> {
        let mut xml = Xml::new(name, text);
        if let Some(recorder) = &mut self.recorder {
            recorder.start_part(name, text);
        }
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => {
                    if let Some(recorder) = &mut self.recorder {
                        recorder.start(&xml, holds(&tag));
                    }
                    let close = self.start(&tag, &mut xml)?;
                    // What read its element to the end has no end to wait for.
                    if close.is_none() {
                        self.record_end(&xml);
                    }
                    self.closes.extend(close);
                }
                Event::End => {
                    self.record_end(&xml);
                    let close = self.closes.pop().unwrap_or(Close::Nothing);
                    self.end(close);
                }
                Event::Text(text) if self.texts > 0 => self.text(&text, &xml),
                Event::Text(_) => {}
            }
        }
        self.story.end_paragraph();
        self.fields.clear();
        Ok(())
    }

    fn record_end(&mut self, xml: &Xml<'_>) {
        if let Some(recorder) = &mut self.recorder {
            recorder.end(xml);
        }
    }

    /// Records where `text` stands, which was written from `start` on.
    fn record(&mut self, start: usize, text: &str, xml: &Xml<'_>) {
        if let Some(recorder) = &self.recorder {
            let literal = xml.written() == text;
            let text = Span::new(start, self.story.at());
            self.story
                .piece(recorder.piece(text, xml.span(), xml.depth(), literal));
        }
    }

    /// Follows a start tag; gives back what is to be done at its end, nothing where that was read already.
    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<Option<Close>, Unreadable> {
        let close = match (tag.space, tag.name()) {
            (Space::Compat, "Fallback") => {
                xml.skip()?;
                return Ok(None);
            }
            (Space::Math, "t") => self.start_text(),
            (Space::Word, name) => return self.start_word(name, tag, xml),
            _ => Close::Nothing,
        };
        Ok(Some(close))
    }

    /// Takes in a start tag; `None` where everything up to its end was read, or is left out.
    fn start_word(
        &mut self,
        name: &str,
        tag: &Tag<'_>,
        xml: &mut Xml<'_>,
    ) -> Result<Option<Close>, Unreadable> {
        let original = self.tracked == Tracked::Original;
        let close = match name {
            "pPr" | "rPr" | "tblPr" | "trPr" | "tcPr" | "sdtPr" | "instrText" | "sectPr"
            | "comment" | "numPicBullet" => {
                self.properties(name, xml)?;
                return Ok(None);
            }
            "tab" | "ptab" | "br" | "cr" | "noBreakHyphen" | "sym" | "fldChar" => {
                self.sign(name, tag, xml);
                Close::Nothing
            }
            "body" => {
                self.body = true;
                Close::Nothing
            }
            "p" => {
                self.start_paragraph();
                Close::Paragraph
            }
            "r" => {
                self.run = Run::default();
                Close::Run
            }
            "t" => self.start_text(),
            "delText" if original => self.start_text(),
            "del" | "moveFrom" if !original => self.drop(),
            "ins" | "moveTo" if original => self.drop(),
            "rt" => self.drop(),
            "footnoteReference" => self.refer(FOOTNOTES, tag, xml),
            "endnoteReference" => self.refer(ENDNOTES, tag, xml),
            "footnote" => self.start_note(FOOTNOTES, tag),
            "endnote" => self.start_note(ENDNOTES, tag),
            "txbxContent" if self.story.may_step_aside() => {
                self.wait();
                Close::Box
            }
            "tbl" if self.story.may_nest_table() => {
                self.story.start_table();
                Close::Table
            }
            "tr" => {
                self.story.start_row();
                Close::Row
            }
            "tc" => {
                self.story.cell(1, 1);
                Close::Cell
            }
            _ => Close::Nothing,
        };
        Ok(Some(close))
    }

    /// Reads what an element says of the one that it stands in, up to its end, or leaves it out.
    fn properties(&mut self, name: &str, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        match name {
            "pPr" => self.paragraph_properties(xml)?,
            "rPr" => self.run_properties(xml)?,
            "tblPr" => self.table_properties(xml)?,
            "tcPr" => self.cell_properties(xml)?,
            "trPr" if self.row_properties(xml)? => self.drop_rest(),
            "sdtPr" if holds_contents(xml)? => self.drop_rest(),
            "trPr" | "sdtPr" => {}
            _ => xml.skip()?,
        }
        Ok(())
    }

    /// Leaves out the rest of the element that is open, a row or a control.
    fn drop_rest(&mut self) {
        self.dropped += 1;
        if let Some(last) = self.closes.last_mut() {
            *last = Close::Dropped;
        }
    }

    /// Takes in an element that stands for a character, or for the beginning or end of a field.
    fn sign(&mut self, name: &str, tag: &Tag<'_>, xml: &Xml<'_>) {
        match name {
            "tab" | "ptab" => self.text("\t", xml),
            "br" | "cr" => self.line_break(xml),
            "noBreakHyphen" => self.text("-", xml),
            "sym" => {
                let code = tag.attribute("char").unwrap_or_default();
                let sign = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                self.text(&sign.map(String::from).unwrap_or_default(), xml);
            }
            _ => self.field(&tag.attribute("fldCharType").unwrap_or_default()),
        }
    }

    /// Takes in the mark of a note.
    fn refer(&mut self, notes: &str, tag: &Tag<'_>, xml: &Xml<'_>) -> Close {
        if self.is_read() && !self.run.hidden.unwrap_or_default() {
            let note = format!("{notes} {}", tag.attribute("id").unwrap_or_default());
            if let Some(recorder) = &mut self.recorder {
                recorder.refer(note.clone(), xml);
            }
            self.story.refer(note);
        }
        Close::Nothing
    }

    fn start_note(&mut self, notes: &str, tag: &Tag<'_>) -> Close {
        self.note = format!("{notes} {}", tag.attribute("id").unwrap_or_default());
        if let Some(recorder) = &mut self.recorder {
            recorder.start_note(&self.note);
        }
        self.wait();
        Close::Note
    }

    fn end(&mut self, close: Close) {
        match close {
            Close::Nothing => {}
            Close::Paragraph => {
                if !self.paragraph.runs_on {
                    self.end_paragraph();
                }
            }
            Close::Run => self.run = Run::default(),
            Close::Text => self.texts = self.texts.saturating_sub(1),
            Close::Dropped => self.dropped = self.dropped.saturating_sub(1),
            Close::Box => {
                self.story.end_box();
                self.go_on();
            }
            Close::Note => {
                let note = std::mem::take(&mut self.note);
                self.story.end_note(note);
                self.go_on();
            }
            Close::Table => self.story.end_table(),
            Close::Row => self.story.end_row(),
            Close::Cell => {
                self.paragraph = Paragraph::default();
                self.story.end_cell();
            }
        }
    }

    fn drop(&mut self) -> Close {
        self.dropped += 1;
        Close::Dropped
    }

    fn start_text(&mut self) -> Close {
        self.texts += 1;
        Close::Text
    }

    /// Whether text at this place is read.
    fn is_read(&self) -> bool {
        self.dropped == 0 && self.fields.iter().all(|&result| result)
    }

    fn field(&mut self, sort: &str) {
        match sort {
            "begin" => self.fields.push(false),
            "separate" => {
                if let Some(result) = self.fields.last_mut() {
                    *result = true;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Sets aside what is open, to read something that stands beside it.
    fn wait(&mut self) {
        self.story.step_aside();
        self.waiting.push(Waiting {
            paragraph: std::mem::take(&mut self.paragraph),
            run: std::mem::take(&mut self.run),
            fields: std::mem::take(&mut self.fields),
        });
    }

    /// Takes up again what was set aside.
    fn go_on(&mut self) {
        let waiting = self.waiting.pop().unwrap_or_default();
        self.paragraph = waiting.paragraph;
        self.run = waiting.run;
        self.fields = waiting.fields;
    }

    /// Begins a paragraph. Where the last one runs on into it, what that one is stays so if it has text.
    fn start_paragraph(&mut self) {
        self.story.open_paragraph();
        if self.story.is_begun() {
            self.paragraph.runs_on = false;
        } else {
            self.paragraph = Paragraph::default();
        }
    }

    fn paragraph_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        let mut found = Paragraph::default();
        let mut depth = 1;
        // Whether the properties are those of the mark that ends the paragraph.
        let mut mark = None;
        let original = self.tracked == Tracked::Original;
        while depth > 0 {
            let Some(event) = xml.next()? else { break };
            let tag = match event {
                Event::Start(tag) => tag,
                Event::End => {
                    depth -= 1;
                    mark = mark.filter(|&at| at <= depth);
                    continue;
                }
                Event::Text(_) => continue,
            };
            depth += 1;
            match (tag.space, tag.name()) {
                (Space::Word, "pPrChange" | "rPrChange" | "sectPr" | "numberingChange") => {
                    xml.skip()?;
                    depth -= 1;
                }
                (Space::Word, "rPr") => mark = Some(depth),
                (Space::Word, "ins" | "moveTo") if mark.is_some() => found.runs_on |= original,
                (Space::Word, "del" | "moveFrom") if mark.is_some() => found.runs_on |= !original,
                (Space::Word, "vanish") if mark.is_some() => found.hidden = toggle(&tag),
                (Space::Word, "pStyle") => found.style = tag.attribute("val"),
                (Space::Word, "numId") => found.number = tag.attribute("val"),
                (Space::Word, "ilvl") => found.level = tag.number("val"),
                (Space::Word, "outlineLvl") => found.outline = tag.number("val"),
                _ => {}
            }
        }
        if self.story.is_begun() {
            self.paragraph.runs_on = found.runs_on;
        } else {
            self.paragraph = found;
        }
        Ok(())
    }

    fn run_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        let mut style = None;
        let mut run = Run::default();
        let mut depth = 1;
        while depth > 0 {
            let Some(event) = xml.next()? else { break };
            let tag = match event {
                Event::Start(tag) => tag,
                Event::End => {
                    depth -= 1;
                    continue;
                }
                Event::Text(_) => continue,
            };
            depth += 1;
            match (tag.space, tag.name()) {
                (Space::Word, "rPrChange") => {
                    xml.skip()?;
                    depth -= 1;
                }
                (Space::Word, "rStyle") => style = tag.attribute("val"),
                (Space::Word, "b") => run.bold = Some(toggle(&tag)),
                (Space::Word, "vanish") => run.hidden = Some(toggle(&tag)),
                (Space::Word, "strike" | "dstrike") => run.struck = toggle(&tag),
                (Space::Word, "vertAlign") => {
                    run.raised = tag.attribute("val").as_deref() == Some("superscript");
                }
                _ => {}
            }
        }
        if let Some(style) = style.as_deref() {
            run.bold = run.bold.or_else(|| self.styles.bold(Some(style)));
            run.hidden = run.hidden.or_else(|| self.styles.hidden(Some(style)));
        }
        self.run = run;
        Ok(())
    }

    /// Writes text of a run: what was met last.
    fn text(&mut self, text: &str, xml: &Xml<'_>) {
        if !self.is_read() || text.is_empty() || !self.begin() {
            return;
        }
        let style = self.styles.or_default(self.paragraph.style.as_deref());
        let bold = self.run.bold.or_else(|| self.styles.bold(style));
        let look = Look {
            bold: bold.unwrap_or_default(),
            raised: self.run.raised,
        };
        let start = self.story.at();
        self.story.text(text, look);
        self.record(start, text, xml);
    }

    fn line_break(&mut self, xml: &Xml<'_>) {
        if self.is_read() && self.story.is_begun() && self.begin() {
            let start = self.story.at();
            self.story.line_break();
            self.record(start, "\n", xml);
        }
    }

    /// Begins the paragraph where that was not done yet; gives back whether text is read here.
    fn begin(&mut self) -> bool {
        let style = self.styles.or_default(self.paragraph.style.as_deref());
        let hidden = self.run.hidden.or_else(|| self.styles.hidden(style));
        if self.run.struck || hidden.unwrap_or_default() || !self.story.is_open() {
            return false;
        }
        if !self.story.is_begun() && !self.paragraph.contents {
            self.begin_paragraph();
        }
        !self.paragraph.contents
    }

    /// Writes what stands at the start of a paragraph.
    fn begin_paragraph(&mut self) {
        let style = self.styles.or_default(self.paragraph.style.as_deref());
        let outline = self.paragraph.outline.filter(|&outline| outline < 9);
        let sort = match outline {
            Some(outline) => Sort::Heading(outline + 1),
            None => self.styles.sort(style),
        };
        if sort == Sort::Contents {
            self.paragraph.contents = true;
            return;
        }
        let label = self.label();
        let text = |gap: Option<&'static str>| {
            let written = label.as_ref();
            let text = written.map(|label| format!("{}{}", label.text, gap.unwrap_or(label.gap)));
            text.unwrap_or_default()
        };
        match (sort, &label) {
            (Sort::Title, _) => self.story.begin_title(),
            (Sort::Heading(level), _) => {
                let level = self.story.level(level);
                self.story.begin(Role::Heading { level }, &text(Some(" ")));
            }
            (_, Some(label)) => {
                let text = text(None);
                let role = Role::Item {
                    depth: label.depth,
                    label: text.len(),
                };
                self.story.begin(role, &text);
            }
            (Sort::Quotation, None) => self.story.begin(Role::Quotation, ""),
            (Sort::Caption, None) => self.story.begin(Role::Caption, ""),
            _ => self.story.begin(Role::Paragraph, ""),
        }
    }

    /// Counts the paragraph where it is numbered; `None` where nothing stands in front of it.
    fn label(&mut self) -> Option<numbering::Label> {
        let paragraph = &self.paragraph;
        let style = self.styles.or_default(paragraph.style.as_deref());
        let by_style = self.styles.numbering(style);
        let (list, level) = match (&paragraph.number, by_style) {
            (Some(list), _) => (list.clone(), paragraph.level),
            (None, Some((list, level))) => {
                let linked = style.and_then(|style| self.numbering.level_of(&list, style));
                (list, paragraph.level.or(linked).or(level))
            }
            (None, None) => return None,
        };
        let label = self.numbering.next(&list, level.unwrap_or_default())?;
        (!label.text.is_empty()).then_some(label)
    }

    fn end_paragraph(&mut self) {
        let open = self.story.is_open() && !self.story.is_begun();
        if open && !self.paragraph.hidden && !self.paragraph.contents && self.dropped == 0 {
            // Word numbers empty paragraphs too.
            self.label();
        }
        self.story.end_paragraph();
        self.paragraph = Paragraph::default();
    }

    fn table_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        let (mut style, mut first_row) = (None, false);
        let mut depth = 1;
        while depth > 0 {
            match xml.next()? {
                Some(Event::Start(tag)) => {
                    depth += 1;
                    match tag.name() {
                        "tblStyle" => style = tag.attribute("val"),
                        "tblLook" => first_row = looks_at_first_row(&tag),
                        _ => {}
                    }
                }
                Some(Event::End) => depth -= 1,
                Some(Event::Text(_)) => {}
                None => break,
            }
        }
        let bold = style.is_some_and(|style| self.styles.bold_head(&style));
        if first_row && bold {
            self.story.head_first_row();
        }
        Ok(())
    }

    /// Reads the properties of a row; gives back whether it is left out.
    fn row_properties(&mut self, xml: &mut Xml<'_>) -> Result<bool, Unreadable> {
        let original = self.tracked == Tracked::Original;
        let mut left_out = false;
        let mut depth = 1;
        while depth > 0 {
            let Some(event) = xml.next()? else { break };
            let tag = match event {
                Event::Start(tag) => tag,
                Event::End => {
                    depth -= 1;
                    continue;
                }
                Event::Text(_) => continue,
            };
            depth += 1;
            match (tag.space, tag.name()) {
                (Space::Word, "trPrChange") => {
                    xml.skip()?;
                    depth -= 1;
                }
                (Space::Word, "ins") => left_out |= original,
                (Space::Word, "del") => left_out |= !original,
                (Space::Word, "hidden") => left_out |= toggle(&tag),
                (Space::Word, "tblHeader") => {
                    self.story.set_head(toggle(&tag));
                }
                (Space::Word, "gridBefore") => {
                    let columns = tag.number("val").unwrap_or(0);
                    if columns > 0 {
                        self.story.cell(columns, 1);
                        self.story.end_cell();
                    }
                }
                _ => {}
            }
        }
        Ok(left_out)
    }

    fn cell_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        let (mut columns, mut rows) = (1, 1);
        let mut depth = 1;
        while depth > 0 {
            let Some(event) = xml.next()? else { break };
            let tag = match event {
                Event::Start(tag) => tag,
                Event::End => {
                    depth -= 1;
                    continue;
                }
                Event::Text(_) => continue,
            };
            depth += 1;
            match (tag.space, tag.name()) {
                (Space::Word, "tcPrChange") => {
                    xml.skip()?;
                    depth -= 1;
                }
                (Space::Word, "gridSpan") => columns = tag.number("val").unwrap_or(1),
                // Of a merged cell only the first says so; the others go on from the one above.
                (Space::Word, "vMerge") => {
                    let first = tag.attribute("val").as_deref() == Some("restart");
                    rows = usize::from(first);
                }
                _ => {}
            }
        }
        self.story.cell(columns, rows);
        Ok(())
    }
}

/// Reads the properties of a control; gives back whether it holds the table of contents.
/// Source: ECMA-376 part 1, 17.5.2.10.
fn holds_contents(xml: &mut Xml<'_>) -> Result<bool, Unreadable> {
    let (mut contents, mut depth) = (false, 1);
    while depth > 0 {
        match xml.next()? {
            Some(Event::Start(tag)) => {
                depth += 1;
                if (tag.space, tag.name()) == (Space::Word, "docPartGallery") {
                    contents = tag.attribute("val").as_deref() == Some("Table of Contents");
                }
            }
            Some(Event::End) => depth -= 1,
            Some(Event::Text(_)) => {}
            None => break,
        }
    }
    Ok(contents)
}

const FOOTNOTES: &str = "footnote";
const ENDNOTES: &str = "endnote";

/// Whether the look of a table sets its first row apart.
fn looks_at_first_row(tag: &Tag<'_>) -> bool {
    let bits = tag
        .attribute("val")
        .and_then(|bits| u32::from_str_radix(&bits, 16).ok());
    match tag.attribute("firstRow") {
        Some(first) => first == "1" || first == "true" || first == "on",
        None => bits.is_some_and(|bits| bits & 0x20 != 0),
    }
}

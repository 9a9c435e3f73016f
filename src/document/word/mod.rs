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
    package::Package,
    script::Script,
    xml::{Event, Space, Tag, Xml},
};
use crate::layout::{Layout, Mark, Role};

/// Tables and text boxes that may stand in each other; deeper ones are read as if they stood in the last.
const MAX_NESTED: usize = 30;

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
struct Parts {
    document: String,
    /// The parts that the document refers to, by the last word of what they are (`styles`, `footnotes`).
    related: FxHashMap<String, String>,
}

/// Reads a Word file: its text and the layout of it.
pub(super) fn read(
    package: &mut Package<'_>,
    tracked: Tracked,
) -> Result<(String, Layout), Unreadable> {
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
    reader.part(&parts.document, &document)?;
    if !reader.body {
        return Err(no_document());
    }
    for notes in ["footnotes", "endnotes"] {
        if let Some((part, text)) = related(notes, package)? {
            reader.part(&part, &text)?;
        }
    }
    Ok(reader.finish())
}

fn parts(package: &mut Package<'_>) -> Result<Parts, Unreadable> {
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
    Ok(Parts { document, related })
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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, found at its own place"
)]
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
    /// Whether text was written.
    begun: bool,
    /// Whether the text written last is bold.
    bold: bool,
    /// Whether it is part of the table of contents.
    contents: bool,
    /// Text boxes that are anchored in it.
    boxes: Vec<Script>,
}

/// How a run looks.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    bold: Option<bool>,
    hidden: Option<bool>,
    struck: bool,
    raised: bool,
}

/// A table that is open.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, found at its own place"
)]
#[derive(Debug, Default)]
struct Table {
    /// Whether its style makes the first row bold.
    bold_head: bool,
    rows: usize,
    /// The number of the mark of the row that is open.
    row: Option<usize>,
    /// Whether the row is said to hold heads; whether it has text, and text that is not bold.
    head: bool,
    text: bool,
    plain: bool,
    /// Columns of the cell whose mark was not written yet.
    cell: Option<usize>,
}

/// What waits while a text box or note is read.
#[derive(Debug, Default)]
struct Waiting {
    script: Script,
    paragraph: Option<Paragraph>,
    run: Run,
    tables: Vec<Table>,
    fields: Vec<bool>,
}

struct Reader {
    styles: Styles,
    numbering: Numbering,
    tracked: Tracked,
    /// Whether the text was met.
    body: bool,
    script: Script,
    closes: Vec<Close>,
    paragraph: Option<Paragraph>,
    run: Run,
    tables: Vec<Table>,
    waiting: Vec<Waiting>,
    /// Elements that are open whose content is left out.
    dropped: usize,
    /// Text elements that are open.
    texts: usize,
    /// Fields that are open: whether their result has begun.
    fields: Vec<bool>,
    /// Whether a title was met, so that headings stand under it.
    titled: bool,
    /// The notes that the text refers to, in order, and those that were read.
    references: Vec<(&'static str, String)>,
    notes: FxHashMap<(&'static str, String), Script>,
    note: (&'static str, String),
}

impl Reader {
    fn new(styles: Styles, numbering: Numbering, tracked: Tracked) -> Self {
        Self {
            styles,
            numbering,
            tracked,
            body: false,
            script: Script::default(),
            closes: Vec::new(),
            paragraph: None,
            run: Run::default(),
            tables: Vec::new(),
            waiting: Vec::new(),
            dropped: 0,
            texts: 0,
            fields: Vec::new(),
            titled: false,
            references: Vec::new(),
            notes: FxHashMap::default(),
            note: ("", String::new()),
        }
    }

    fn finish(mut self) -> (String, Layout) {
        for reference in std::mem::take(&mut self.references) {
            if let Some(note) = self.notes.remove(&reference) {
                self.script.note(note);
            }
        }
        self.script.finish()
    }

    fn part(&mut self, name: &str, text: &str) -> Result<(), Unreadable> {
        let mut xml = Xml::new(name, text);
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => {
                    let close = self.start(&tag, &mut xml)?;
                    // What read its element to the end has no end to wait for.
                    self.closes.extend(close);
                }
                Event::End => {
                    let close = self.closes.pop().unwrap_or(Close::Nothing);
                    self.end(close);
                }
                Event::Text(text) if self.texts > 0 => self.text(&text),
                Event::Text(_) => {}
            }
        }
        if self.paragraph.is_some() {
            self.end_paragraph(true);
        }
        self.fields.clear();
        Ok(())
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

    fn start_word(
        &mut self,
        name: &str,
        tag: &Tag<'_>,
        xml: &mut Xml<'_>,
    ) -> Result<Option<Close>, Unreadable> {
        let original = self.tracked == Tracked::Original;
        let id = || tag.attribute("id").unwrap_or_default();
        let close = match name {
            "body" => {
                self.body = true;
                Close::Nothing
            }
            "p" => {
                self.start_paragraph();
                Close::Paragraph
            }
            "pPr" => {
                self.paragraph_properties(xml)?;
                return Ok(None);
            }
            "r" => {
                self.run = Run::default();
                Close::Run
            }
            "rPr" => {
                self.run_properties(xml)?;
                return Ok(None);
            }
            "t" => self.start_text(),
            "delText" if original => self.start_text(),
            "del" | "moveFrom" if !original => self.drop(),
            "ins" | "moveTo" if original => self.drop(),
            "rt" => self.drop(),
            "tab" | "ptab" => {
                self.text("\t");
                Close::Nothing
            }
            "br" | "cr" => {
                self.line_break();
                Close::Nothing
            }
            "noBreakHyphen" => {
                self.text("-");
                Close::Nothing
            }
            "sym" => {
                let code = tag.attribute("char").unwrap_or_default();
                let sign = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                self.text(&sign.map(String::from).unwrap_or_default());
                Close::Nothing
            }
            "fldChar" => {
                self.field(&tag.attribute("fldCharType").unwrap_or_default());
                Close::Nothing
            }
            "footnoteReference" | "endnoteReference" => {
                let notes = if name == "footnoteReference" {
                    FOOTNOTES
                } else {
                    ENDNOTES
                };
                if self.is_read() && !self.run.hidden.unwrap_or_default() {
                    self.references.push((notes, id()));
                }
                Close::Nothing
            }
            "footnote" | "endnote" => {
                let notes = if name == "footnote" {
                    FOOTNOTES
                } else {
                    ENDNOTES
                };
                self.note = (notes, id());
                self.wait();
                Close::Note
            }
            "txbxContent" if self.waiting.len() < MAX_NESTED => {
                self.wait();
                Close::Box
            }
            "tbl" if self.tables.len() < MAX_NESTED => {
                self.start_table();
                Close::Table
            }
            "tblPr" => {
                self.table_properties(xml)?;
                return Ok(None);
            }
            "tr" => {
                self.start_row();
                Close::Row
            }
            "trPr" => {
                if self.row_properties(xml)? {
                    // The rest of the row is left out with it.
                    self.dropped += 1;
                    if let Some(last) = self.closes.last_mut() {
                        *last = Close::Dropped;
                    }
                }
                return Ok(None);
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell = Some(1);
                }
                Close::Cell
            }
            "tcPr" => {
                self.cell_properties(xml)?;
                return Ok(None);
            }
            "instrText" | "sectPr" | "sdtPr" | "comment" | "numPicBullet" => {
                xml.skip()?;
                return Ok(None);
            }
            _ => Close::Nothing,
        };
        Ok(Some(close))
    }

    fn end(&mut self, close: Close) {
        match close {
            Close::Nothing => {}
            Close::Paragraph => {
                let runs_on = self
                    .paragraph
                    .as_ref()
                    .is_some_and(|paragraph| paragraph.runs_on);
                if !runs_on {
                    self.end_paragraph(false);
                }
            }
            Close::Run => self.run = Run::default(),
            Close::Text => self.texts = self.texts.saturating_sub(1),
            Close::Dropped => self.dropped = self.dropped.saturating_sub(1),
            Close::Box => {
                let content = self.go_on();
                if let Some(paragraph) = &mut self.paragraph {
                    paragraph.boxes.push(content);
                } else {
                    self.script.append(content);
                }
            }
            Close::Note => {
                let content = self.go_on();
                let note = std::mem::take(&mut self.note);
                if !content.is_empty() {
                    self.notes.insert(note, content);
                }
            }
            Close::Table => {
                self.end_row();
                self.tables.pop();
                self.script.mark(Mark::EndTable);
            }
            Close::Row => self.end_row(),
            Close::Cell => {
                self.end_paragraph(true);
                self.start_cell();
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

    /// Sets aside what is open, to read something that stands apart from it.
    fn wait(&mut self) {
        self.waiting.push(Waiting {
            script: std::mem::take(&mut self.script),
            paragraph: self.paragraph.take(),
            run: std::mem::take(&mut self.run),
            tables: std::mem::take(&mut self.tables),
            fields: std::mem::take(&mut self.fields),
        });
    }

    /// Takes up again what was set aside, and gives back what was read in between.
    fn go_on(&mut self) -> Script {
        self.end_paragraph(true);
        let waiting = self.waiting.pop().unwrap_or_default();
        self.paragraph = waiting.paragraph;
        self.run = waiting.run;
        self.tables = waiting.tables;
        self.fields = waiting.fields;
        std::mem::replace(&mut self.script, waiting.script)
    }

    fn start_paragraph(&mut self) {
        self.start_cell();
        match &mut self.paragraph {
            // The last one runs on into this one, and is what this one is.
            Some(open) if open.runs_on => {
                open.runs_on = false;
                if !open.begun {
                    let boxes = std::mem::take(&mut open.boxes);
                    *open = Paragraph {
                        boxes,
                        ..Paragraph::default()
                    };
                }
            }
            _ => self.paragraph = Some(Paragraph::default()),
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
        if let Some(open) = &mut self.paragraph {
            open.runs_on = found.runs_on;
            if !open.begun {
                found.boxes = std::mem::take(&mut open.boxes);
                *open = found;
            }
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

    /// Writes text of a run.
    fn text(&mut self, text: &str) {
        if !self.is_read() || text.is_empty() || self.run.struck || !self.begin() {
            return;
        }
        let run = self.run;
        if let Some(table) = self.tables.last_mut()
            && !text.trim().is_empty()
        {
            let bold = self.paragraph.as_ref().is_some_and(|open| open.bold);
            table.text = true;
            table.plain |= !bold;
        }
        if run.raised {
            self.script.mark(Mark::Raised(true));
        }
        self.script.text(text);
        if run.raised {
            self.script.mark(Mark::Raised(false));
        }
    }

    fn line_break(&mut self) {
        let begun = self.paragraph.as_ref().is_some_and(|open| open.begun);
        if begun && self.is_read() && !self.run.struck && self.begin() {
            self.script.line_break();
        }
    }

    /// Begins the paragraph where that was not done yet, and follows the run into and out of bold. Gives back whether text
    /// is written here.
    fn begin(&mut self) -> bool {
        let Some(paragraph) = &self.paragraph else {
            return false;
        };
        let style = self.styles.or_default(paragraph.style.as_deref());
        let hidden = self.run.hidden.or_else(|| self.styles.hidden(style));
        if hidden.unwrap_or_default() || paragraph.contents {
            return false;
        }
        let bold = self
            .run
            .bold
            .or_else(|| self.styles.bold(style))
            .unwrap_or_default();
        if !paragraph.begun && !self.begin_paragraph() {
            return false;
        }
        if let Some(paragraph) = &mut self.paragraph
            && paragraph.bold != bold
        {
            paragraph.bold = bold;
            self.script.mark(Mark::Bold(bold));
        }
        true
    }

    /// Writes what stands at the start of a paragraph; gives back whether it is read.
    fn begin_paragraph(&mut self) -> bool {
        let Some(paragraph) = &mut self.paragraph else {
            return false;
        };
        paragraph.begun = true;
        let style = self.styles.or_default(paragraph.style.as_deref());
        let outline = paragraph.outline.filter(|&outline| outline < 9);
        let sort = match outline {
            Some(outline) => Sort::Heading(outline + 1),
            None => self.styles.sort(style),
        };
        if sort == Sort::Contents {
            paragraph.contents = true;
            return false;
        }
        let label = self.label();
        let level = match sort {
            Sort::Title => Some(1),
            Sort::Heading(level) => Some(level + u8::from(self.titled)),
            _ => None,
        };
        self.titled |= sort == Sort::Title;
        let text = label.as_ref().map(|label| {
            let gap = if level.is_some() { " " } else { label.gap };
            format!("{}{gap}", label.text)
        });
        let text = text.unwrap_or_default();
        let role = match (level, sort, &label) {
            (Some(level), ..) => Role::Heading { level },
            (None, _, Some(label)) => Role::Item {
                depth: label.depth,
                label: text.len(),
            },
            (None, Sort::Quotation, None) => Role::Quotation,
            (None, Sort::Caption, None) => Role::Caption,
            _ => Role::Paragraph,
        };
        self.script.mark(Mark::Begin(role));
        self.script.text(&text);
        true
    }

    /// Counts the paragraph where it is numbered; `None` where nothing stands in front of it.
    fn label(&mut self) -> Option<numbering::Label> {
        let paragraph = self.paragraph.as_ref()?;
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

    /// Ends the paragraph that is open; `last` tells that none follows that it could run on into.
    fn end_paragraph(&mut self, last: bool) {
        let Some(paragraph) = &self.paragraph else {
            return;
        };
        let (begun, hidden, dropped) = (paragraph.begun, paragraph.hidden, self.dropped > 0);
        if !begun && !hidden && !dropped && !last {
            // Word numbers empty paragraphs too.
            self.label();
        }
        let Some(paragraph) = self.paragraph.take() else {
            return;
        };
        if begun && !paragraph.contents {
            if paragraph.bold {
                self.script.mark(Mark::Bold(false));
            }
            self.script.mark(Mark::End);
        }
        self.script.end_line();
        for content in paragraph.boxes {
            self.script.append(content);
        }
    }

    fn start_table(&mut self) {
        self.start_cell();
        self.tables.push(Table::default());
        self.script.mark(Mark::Table);
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
        if let Some(table) = self.tables.last_mut() {
            table.bold_head = first_row && bold;
        }
        Ok(())
    }

    fn start_row(&mut self) {
        self.end_paragraph(true);
        self.end_row();
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        table.head = table.bold_head && table.rows == 0;
        table.text = false;
        table.plain = false;
        table.row = Some(self.script.mark(Mark::Row { head: false }));
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
                    if let Some(table) = self.tables.last_mut() {
                        table.head = toggle(&tag);
                    }
                }
                (Space::Word, "gridBefore") => {
                    let columns = tag.number("val").unwrap_or(0);
                    if columns > 0 {
                        self.script.mark(Mark::Cell { columns, rows: 1 });
                    }
                }
                _ => {}
            }
        }
        Ok(left_out)
    }

    fn cell_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        let mut columns = 1;
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
                _ => {}
            }
        }
        if let Some(table) = self.tables.last_mut()
            && table.cell.is_some()
        {
            table.cell = Some(columns);
        }
        Ok(())
    }

    /// Writes the mark of a cell that was begun.
    fn start_cell(&mut self) {
        let dropped = self.dropped > 0;
        let Some(columns) = self.tables.last_mut().and_then(|table| table.cell.take()) else {
            return;
        };
        if !dropped {
            self.script.mark(Mark::Cell { columns, rows: 1 });
        }
    }

    fn end_row(&mut self) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let Some(row) = table.row.take() else { return };
        let bold = table.rows == 0 && table.text && !table.plain;
        table.rows += 1;
        if table.head || bold {
            self.script.set_head(row);
        }
        self.script.mark(Mark::EndRow);
    }
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

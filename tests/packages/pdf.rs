//! PDFs, made of words put at places.

#![allow(clippy::cast_precision_loss, reason = "a few lines on a page")]

use std::fmt::Write;

/// A page that is being drawn, 595 by 842 points; places count from the left upper corner.
#[derive(Clone, Default)]
pub(crate) struct Page {
    content: String,
}

impl Page {
    /// Puts words at a place: their left end, and the line that they stand on.
    pub(crate) fn text(
        &mut self,
        left: f32,
        base: f32,
        size: f32,
        bold: bool,
        words: &str,
    ) -> &mut Self {
        let font = if bold { "F2" } else { "F1" };
        let y = 842.0 - base;
        let _ = writeln!(
            self.content,
            "BT /{font} {size} Tf 1 0 0 1 {left} {y} Tm ({}) Tj ET",
            encoded(words)
        );
        self
    }

    /// Draws a rule.
    pub(crate) fn rule(&mut self, left: f32, top: f32, right: f32, bottom: f32) -> &mut Self {
        let (from, to) = (842.0 - top, 842.0 - bottom);
        let _ = writeln!(self.content, "0.5 w {left} {from} m {right} {to} l S");
        self
    }

    /// Adds drawing operators as they are.
    pub(crate) fn raw(&mut self, operators: &str) -> &mut Self {
        self.content.push_str(operators);
        self.content.push('\n');
        self
    }
}

/// Text in the encoding of Windows, with `ﬁ` as the ligature that fonts have for it.
fn encoded(text: &str) -> String {
    let mut bytes = String::new();
    for c in text.chars() {
        let code = match c {
            '(' | ')' | '\\' => {
                bytes.push('\\');
                bytes.push(c);
                continue;
            }
            ' '..='~' => {
                bytes.push(c);
                continue;
            }
            'ﬁ' => 1,
            '‘' => 0o221,
            '’' => 0o222,
            '“' => 0o223,
            '”' => 0o224,
            '•' => 0o225,
            '–' => 0o226,
            '—' => 0o227,
            c => u32::from(c).min(0o377),
        };
        let _ = write!(bytes, "\\{code:03o}");
    }
    bytes
}

/// How wide words are drawn, about.
pub(crate) fn width(words: &str, size: f32, bold: bool) -> f32 {
    let letters: f32 = words
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | '.' | ',' | '\'' | '’' | ' ' | 't' | 'f' | 'I' | ':' => 0.28,
            'm' | 'w' | 'M' | 'W' | '%' => 0.85,
            'A'..='Z' => 0.7,
            _ => 0.556,
        })
        .sum();
    letters * size * if bold { 1.08 } else { 1.0 }
}

/// A file of these pages.
pub(crate) fn pdf(pages: &[Page]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len())
        .map(|at| format!("{} 0 R", 5 + 2 * at))
        .collect();
    let font = |name: &str| {
        format!(
            "<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi] >> >>"
        )
    };
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} >>",
            kids.join(" "),
            pages.len()
        ),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ];
    for (at, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {} 0 R >>",
            6 + 2 * at
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{}\nendstream",
            page.content.len(),
            page.content
        ));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(file.len());
        let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    let table = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(
        file,
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

/// Writes text from the top of pages down.
pub(crate) struct Typesetter {
    pages: Vec<Page>,
    base: f32,
    /// The edges of the column that is written.
    pub(crate) left: f32,
    pub(crate) right: f32,
}

impl Typesetter {
    pub(crate) fn new() -> Self {
        Self {
            pages: vec![Page::default()],
            base: 90.0,
            left: 72.0,
            right: 523.0,
        }
    }

    /// The page that is written.
    pub(crate) fn page(&mut self) -> &mut Page {
        self.pages.last_mut().expect("a page")
    }

    /// Where the next line stands.
    pub(crate) fn base(&mut self) -> &mut f32 {
        &mut self.base
    }

    fn line(&mut self, indent: f32, size: f32, bold: bool, words: &str) {
        if self.base > 740.0 {
            self.pages.push(Page::default());
            self.base = 90.0;
        }
        let (left, base) = (self.left + indent, self.base);
        self.page().text(left, base, size, bold, words);
        self.base += size * 1.2;
    }

    /// Writes a paragraph, its lines broken.
    pub(crate) fn paragraph(
        &mut self,
        indent: f32,
        size: f32,
        bold: bool,
        text: &str,
    ) -> &mut Self {
        for line in broken(text, self.right - self.left - indent, size, bold) {
            self.line(indent, size, bold, &line);
        }
        self.base += size * 0.7;
        self
    }

    /// Writes an item with its marker before it.
    pub(crate) fn item(&mut self, marker: &str, text: &str) -> &mut Self {
        let lines = broken(text, self.right - self.left - 20.0, 10.0, false);
        for (at, line) in lines.iter().enumerate() {
            if at == 0 && self.base <= 740.0 {
                let (left, base) = (self.left, self.base);
                self.page().text(left, base, 10.0, false, marker);
            }
            self.line(20.0, 10.0, false, line);
        }
        self.base += 5.0;
        self
    }

    /// Draws a table with rules, the first row bold.
    pub(crate) fn table(&mut self, rows: &[Vec<String>]) -> &mut Self {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
        let wide = (self.right - self.left) / columns as f32;
        let left = self.left;
        let (top, mut base) = (self.base - 12.0, self.base);
        self.page()
            .rule(left, top, left + wide * columns as f32, top);
        for (at, row) in rows.iter().enumerate() {
            let cells: Vec<Vec<String>> = row
                .iter()
                .map(|cell| broken(cell, wide - 10.0, 10.0, at == 0))
                .collect();
            let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
            for (column, cell) in cells.iter().enumerate() {
                for (line, words) in cell.iter().enumerate() {
                    let x = left + wide * column as f32 + 4.0;
                    self.page()
                        .text(x, base + 12.0 * line as f32, 10.0, at == 0, words);
                }
            }
            base += 12.0 * lines as f32 + 6.0;
            self.page()
                .rule(left, base - 12.0, left + wide * columns as f32, base - 12.0);
        }
        for column in 0..=columns {
            let x = left + wide * column as f32;
            self.page().rule(x, top, x, base - 12.0);
        }
        self.base = base + 14.0;
        self
    }

    /// The file, with this head and a page number on each page.
    pub(crate) fn finish(mut self, head: &str) -> Vec<u8> {
        for (page, number) in self.pages.iter_mut().zip(1..) {
            if !head.is_empty() {
                page.text(72.0, 40.0, 8.0, false, head);
            }
            page.text(290.0, 810.0, 8.0, false, &number.to_string());
        }
        pdf(&self.pages)
    }
}

/// The lines of a text in so much room.
fn broken(text: &str, room: f32, size: f32, bold: bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, bold) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

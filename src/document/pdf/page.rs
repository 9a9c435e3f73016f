//! What is drawn on a page: words with their places, and the rules that part the cells of tables.

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt,
    font::{Glyph, GlyphIdentifier, GlyphRun, OutlineGlyph},
    hayro_cmap::BfString,
    hayro_syntax::{object::Dict, page::Page},
    interpret_page,
    kurbo::{Affine, BezPath, PathSeg, Point, Rect, Shape},
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::layout::Bounds;

/// Words in a row on one line, with no wide gap between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    /// The words, a space between each.
    pub(super) words: Vec<Word>,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The line that the letters stand on, from the top of the page.
    pub(super) base: f32,
    /// Size of the letters.
    pub(super) size: f32,
    /// From the page as it was read to the page as it is shown.
    pub(super) turned: Affine,
}

/// A word.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) bold: bool,
    /// Raised characters at its end: the mark of a note.
    pub(super) raised: String,
    /// Whether no space stands before it.
    pub(super) glued: bool,
}

/// A straight line that was drawn along an edge of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

/// A page as drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// 1 for the first.
    pub(super) number: usize,
    pub(super) height: f32,
    pub(super) pieces: Vec<Piece>,
    pub(super) rules: Vec<Rule>,
    /// Characters that the fonts do not name.
    pub(super) unknown: usize,
    pub(super) characters: usize,
    /// Characters on lines that are turned, by [`Turn`].
    turned: [usize; 3],
}

impl Drawn {
    /// Whether nearly all that can be read is turned in this way: a stamp or a label beside it is not enough.
    fn is_turned(&self, turn: Turn) -> bool {
        let turned = self.turned[turn as usize];
        turned >= TURNED && turned > self.characters * 3
    }

    /// Whether there is text that is not read, for it is turned.
    pub(super) fn has_turned(&self) -> bool {
        self.turned.iter().any(|turned| *turned > 0)
    }
}

impl Piece {
    /// The words as text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for word in &self.words {
            if !text.is_empty() && !word.glued {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    /// Characters of the words.
    pub(super) fn width(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.text.chars().count() + 1)
            .sum()
    }

    /// Whether all words are bold.
    pub(super) fn is_bold(&self) -> bool {
        self.words.iter().all(|word| word.bold)
    }

    /// The rectangle around words from `left` to `right`.
    pub(super) fn bounds(&self, left: f32, right: f32) -> Bounds {
        let top = self.base - self.size * 0.8;
        let bottom = self.base + self.size * 0.25;
        let [left, top, right, bottom] = [left, top, right, bottom].map(f64::from);
        let read = Rect::new(left, top, right, bottom);
        let shown = self.turned.transform_rect_bbox(read);
        Bounds {
            left: float(shown.x0),
            top: float(shown.y0),
            right: float(shown.x1),
            bottom: float(shown.y1),
        }
    }

    /// Takes in the words of a piece to the right.
    pub(super) fn join(&mut self, other: Self) {
        self.right = self.right.max(other.right);
        self.size = self.size.max(other.size);
        self.words.extend(other.words);
    }
}

/// What is drawn on a page; one whose text is turned is turned as somebody turns it who reads it.
pub(super) fn read<'a>(page: &Page<'a>, number: usize, cache: &InterpreterCache<'a>) -> Drawn {
    let upright = read_turned(page, number, cache, None);
    let most = Turn::ALL
        .into_iter()
        .max_by_key(|turn| upright.turned[*turn as usize]);
    match most {
        Some(turn) if upright.is_turned(turn) => read_turned(page, number, cache, Some(turn)),
        _ => upright,
    }
}

/// Which way the lines of a page run, where that is not from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Down,
    Up,
    Back,
}

impl Turn {
    const ALL: [Self; 3] = [Self::Down, Self::Up, Self::Back];

    /// The way of a line from one point to another, which runs along an edge of the page.
    fn of(from: Point, to: Point) -> Option<Self> {
        let (right, down) = (to.x - from.x, to.y - from.y);
        if down.abs() <= right.abs() * 0.2 {
            return (right < 0.0).then_some(Self::Back);
        }
        let is_straight = right.abs() <= down.abs() * 0.2;
        is_straight.then_some(if down > 0.0 { Self::Down } else { Self::Up })
    }

    /// What makes such lines run from left to right on a page of this size, and the size of the page then.
    fn undone(self, width: f64, height: f64) -> (Affine, (f64, f64)) {
        match self {
            Self::Down => (
                Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, width]),
                (height, width),
            ),
            Self::Up => (
                Affine::new([0.0, 1.0, -1.0, 0.0, height, 0.0]),
                (height, width),
            ),
            Self::Back => (
                Affine::new([-1.0, 0.0, 0.0, -1.0, width, height]),
                (width, height),
            ),
        }
    }
}

/// What is drawn on a page, which may be turned before.
fn read_turned<'a>(
    page: &Page<'a>,
    number: usize,
    cache: &InterpreterCache<'a>,
    turn: Option<Turn>,
) -> Drawn {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let undone = turn.map(|turn| turn.undone(width, height));
    let (undo, (width, height)) = undone.unwrap_or((Affine::IDENTITY, (width, height)));
    let transform = undo * page.initial_transform(true).to_kurbo();
    let area = Rect::new(0.0, 0.0, width, height);
    let settings = InterpreterSettings::default();
    let mut context = Context::new(transform, area, cache, page.xref(), settings);
    let mut collector = Collector {
        area,
        drawn: Drawn {
            number,
            height: float(height),
            ..Drawn::default()
        },
        open: None,
        spaced: false,
        seen: FxHashSet::default(),
        strokes: FxHashMap::default(),
        marked: Vec::new(),
    };
    interpret_page(page, &mut context, &mut collector);
    collector.close();
    let mut drawn = collector.drawn;
    for piece in &mut drawn.pieces {
        piece.turned = undo.inverse();
    }
    drawn
}

/// A character as drawn.
struct Letter {
    text: String,
    left: f32,
    right: f32,
    base: f32,
    size: f32,
    bold: bool,
}

/// Collects what is drawn.
struct Collector {
    area: Rect,
    drawn: Drawn,
    open: Option<Piece>,
    /// Whether a space was drawn since the last letter.
    spaced: bool,
    /// Letters with their places, to tell those that are drawn twice.
    seen: FxHashSet<(String, i32, i32)>,
    /// Area and length of the outlines that were measured.
    strokes: FxHashMap<GlyphIdentifier, (f64, f64)>,
    /// Marked parts that are open: whether each is page furniture.
    marked: Vec<bool>,
}

/// Letters that a page has at least, all of whose lines are turned; stamps have fewer.
const TURNED: usize = 40;
/// Letters of a run that are measured.
const MEASURED: usize = 8;
/// Width of the strokes of bold letters at least, in thousandths of their size: 70 in common upright faces, 90 to 120 in bold.
const BOLD: f64 = 86.0;
/// Rules are not thicker, in points.
const RULE: f64 = 3.0;
/// Letters that a page may have; more are no text that anybody reads.
const MAX_LETTERS: usize = 200_000;
/// Rules that a page may have.
const MAX_RULES: usize = 4000;

impl Piece {
    /// A piece that begins with a letter.
    fn of(letter: Letter) -> Self {
        Self {
            left: letter.left,
            right: letter.right,
            base: letter.base,
            size: letter.size,
            turned: Affine::IDENTITY,
            words: vec![Word {
                left: letter.left,
                right: letter.right,
                bold: letter.bold,
                text: letter.text,
                ..Word::default()
            }],
        }
    }

    /// Adds a letter that follows, to its last word, above it, or as a word of its own.
    fn add(&mut self, letter: Letter, spaced: bool) {
        let gap = letter.left - self.right;
        let raised = letter.size < self.size * 0.8 && letter.base < self.base - self.size * 0.15;
        self.right = self.right.max(letter.right);
        if letter.size > self.size * 1.25 && self.words.len() == 1 && self.width() <= 4 {
            // What stands before it was raised.
            self.size = letter.size;
            self.base = letter.base;
            if let Some(mark) = self.words.first_mut() {
                mark.raised = std::mem::take(&mut mark.text);
            }
        }
        let near = !spaced && gap <= letter.size * 0.15;
        match self.words.last_mut() {
            Some(word) if raised => {
                word.raised.push_str(&letter.text);
                word.right = letter.right;
            }
            Some(word) if near && word.raised.is_empty() => {
                word.text.push_str(&letter.text);
                word.right = letter.right;
                word.bold &= letter.bold;
            }
            _ => self.words.push(Word {
                left: letter.left,
                right: letter.right,
                bold: letter.bold,
                text: letter.text,
                raised: String::new(),
                glued: near,
            }),
        }
    }
}

impl Collector {
    fn letter(&mut self, letter: Letter) {
        if letter.text.trim().is_empty() {
            self.spaced = true;
            return;
        }
        if self.drawn.characters >= MAX_LETTERS || !self.is_new(&letter) {
            return;
        }
        self.drawn.characters += 1;
        self.drawn.unknown += usize::from(letter.text == "\u{fffd}");
        let spaced = std::mem::take(&mut self.spaced);
        let open = self.open.as_mut();
        if let Some(open) = open.filter(|open| follows(open, &letter, spaced)) {
            open.add(letter, spaced);
        } else {
            self.close();
            self.open = Some(Piece::of(letter));
        }
    }

    /// Whether a letter was not drawn at this place before: letters are drawn twice to make them bold, or to outline them.
    fn is_new(&mut self, letter: &Letter) -> bool {
        let place = |value: f32| {
            #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
            let place = (value * 2.0).round() as i32;
            place
        };
        let (x, y) = (place(letter.left), place(letter.base));
        let near = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
        let seen = near
            .into_iter()
            .any(|(x, y)| self.seen.contains(&(letter.text.clone(), x, y)));
        self.seen.insert((letter.text.clone(), x, y));
        !seen
    }

    /// Whether letters are bold. Fonts of an old sort do not say so; then the width of their strokes does, which is twice the
    /// area of a letter over the length of its outline.
    fn is_bold(&mut self, run: &GlyphRun<'_, '_>) -> bool {
        let mut outlines = run.glyphs().iter().filter_map(|glyph| match &**glyph {
            Glyph::Outline(outline) => Some(outline),
            Glyph::Type3(_) => None,
        });
        let Some(first) = outlines.next() else {
            return false;
        };
        if let Some(bold) = says_bold(first) {
            return bold;
        }
        let mut sum = (0.0, 0.0);
        for outline in std::iter::once(first).chain(outlines).take(MEASURED) {
            let (area, length) = *self.strokes.entry(outline.identifier()).or_insert_with(|| {
                let path = outline.outline();
                (path.area().abs(), path.perimeter(1.0))
            });
            sum = (sum.0 + area, sum.1 + length);
        }
        sum.0 * 2.0 > sum.1 * BOLD
    }

    fn close(&mut self) {
        self.drawn.pieces.extend(self.open.take());
    }

    fn rule(&mut self, from: Point, to: Point) {
        let area = Rect::from_points(from, to);
        if (area.width() > RULE && area.height() > RULE) || self.drawn.rules.len() >= MAX_RULES {
            return;
        }
        let rule = Rule {
            left: float(area.x0),
            top: float(area.y0),
            right: float(area.x1),
            bottom: float(area.y1),
        };
        if rule.right - rule.left > 8.0 || rule.bottom - rule.top > 8.0 {
            self.drawn.rules.push(rule);
        }
    }
}

/// Whether a letter goes on with a piece: it stands on its line, and not far from its end.
fn follows(open: &Piece, letter: &Letter, spaced: bool) -> bool {
    let size = open.size.max(letter.size);
    let gap = letter.left - open.right;
    let room = if spaced { 1.6 } else { 1.0 };
    (letter.base - open.base).abs() <= size * 0.4 && gap > -size * 0.5 && gap <= size * room
}

#[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
fn float(value: f64) -> f32 {
    value as f32
}

impl<'a> Device<'a> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        if self.marked.contains(&true) {
            return;
        }
        let bold = self.is_bold(run);
        for glyph in run.glyphs() {
            let transform: Affine = props.transform * glyph.transform();
            let origin = transform * Point::ZERO;
            let size = transform.determinant().abs().sqrt() * 1000.0;
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let end = transform * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
            // Text that is turned is a stamp or a label of a chart.
            let turned =
                (end.y - origin.y).abs() > (end.x - origin.x).abs() * 0.2 || end.x < origin.x;
            if !self.area.contains(origin) || !size.is_finite() {
                continue;
            }
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text,
                None => "\u{fffd}".to_owned(),
            };
            if turned {
                if let Some(turn) = Turn::of(origin, end).filter(|_| !text.trim().is_empty()) {
                    self.drawn.turned[turn as usize] += 1;
                }
                continue;
            }
            self.letter(Letter {
                text,
                left: float(origin.x),
                right: float(end.x),
                base: float(origin.y),
                size: float(size),
                bold,
            });
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        let path = props.transform * path.clone();
        let outline = path.bounding_box();
        if outline.width() <= RULE || outline.height() <= RULE {
            self.rule(
                Point::new(outline.x0, outline.y0),
                Point::new(outline.x1, outline.y1),
            );
        } else if matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)) {
            for segment in path.segments().take(MAX_RULES) {
                if let PathSeg::Line(line) = segment {
                    self.rule(line.p0, line.p1);
                }
            }
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<&Dict<'_>>) {
        self.marked.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// Whether a font is bold by what it says of itself; `None` where it says nothing.
fn says_bold(outline: &OutlineGlyph) -> Option<bool> {
    let font = outline.font_data()?;
    let named = font.postscript_name.map(|name| {
        let name = name.to_lowercase();
        ["bold", "black", "heavy"]
            .iter()
            .any(|word| name.contains(word))
    });
    match (named, font.weight) {
        (None, None) => None,
        (named, weight) => {
            Some(named.unwrap_or_default() || weight.is_some_and(|weight| weight >= 600))
        }
    }
}

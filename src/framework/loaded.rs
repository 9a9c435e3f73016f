//! The frameworks and lexicons of a run, and which of them a document is read with.
//!
//! Of the files that the binary carries only what tells the frameworks apart is read at first: a command that reads no document
//! needs no more, and a document needs one framework.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::{
    FrameworkConfig, LexiconConfig, Vocabulary,
    recognise::{self, Document, Likelihood},
};
use crate::{
    diagnostic::Diagnostic,
    packs::{self, PackFile, Shipped},
    source::{SourceFile, Sources},
    span::SourceId,
    yaml,
};

/// Keys of a framework by which it is known and recognised.
const HEAD: &[&str] = &[
    "id", "title", "names", "marks", "titles", "signs", "applies",
];

/// Every framework and lexicon that was loaded, and the vocabularies made of them.
#[derive(Debug, Default)]
pub struct Frameworks {
    known: Vec<Framework>,
    shipped_lexicons: Vec<(SourceId, Shipped)>,
    read_lexicons: OnceLock<Vec<LexiconConfig>>,
    lexicons: Vec<LexiconConfig>,
    /// The words of all lexicons, to which each framework is joined.
    words: OnceLock<Vocabulary>,
}

/// One framework.
#[derive(Debug)]
struct Framework {
    /// What it is recognised by; the whole of one that was added.
    head: Arc<FrameworkConfig>,
    /// The file of a shipped one.
    shipped: Option<(SourceId, Shipped)>,
    whole: OnceLock<Arc<FrameworkConfig>>,
    vocabulary: OnceLock<Arc<Vocabulary>>,
}

impl Framework {
    fn new(head: FrameworkConfig, shipped: Option<(SourceId, Shipped)>) -> Self {
        Self {
            head: Arc::new(head),
            shipped,
            whole: OnceLock::new(),
            vocabulary: OnceLock::new(),
        }
    }

    /// All of it. A shipped file that cannot be read, which a test rules out, has its head only.
    fn whole(&self) -> Arc<FrameworkConfig> {
        let read = || {
            let whole = self.shipped.as_ref().and_then(read_whole);
            whole.map_or_else(|| Arc::clone(&self.head), Arc::new)
        };
        Arc::clone(self.whole.get_or_init(read))
    }
}

/// All of a shipped file.
fn read_whole<T: DeserializeOwned>((source, shipped): &(SourceId, Shipped)) -> Option<T> {
    yaml::read_shipped(*source, shipped, &|_| true).ok()
}

impl Frameworks {
    /// The framework that is joined to every other, and stands in where none is recognised.
    pub const GENERAL: &str = "general";

    /// Those that the binary carries.
    ///
    /// # Errors
    ///
    /// Every mistake of what the frameworks are recognised by; none in a binary that passed its tests.
    pub fn builtin(sources: &mut Sources) -> Result<Self, Vec<Diagnostic>> {
        let kind = |shipped: &Shipped| PackFile::of(shipped.file.name());
        let files = packs::shipped().filter(|shipped| kind(shipped) != PackFile::Rule);
        let (lexicons, known): (Vec<_>, Vec<_>) = files
            .map(|shipped| (sources.add(shipped.file.clone()), shipped))
            .partition(|(_, shipped)| kind(shipped) == PackFile::Lexicon);
        let read: Vec<Result<Framework, Box<Diagnostic>>> = known
            .into_par_iter()
            .map(|(source, shipped)| {
                let head = yaml::read_shipped(source, &shipped, &|key| HEAD.contains(&key))?;
                Ok(Framework::new(head, Some((source, shipped))))
            })
            .collect();
        let mut frameworks = Self {
            shipped_lexicons: lexicons,
            ..Self::default()
        };
        let mut problems = Vec::new();
        for framework in read {
            match framework {
                Ok(framework) => frameworks.known.push(framework),
                Err(problem) => problems.push(*problem),
            }
        }
        if problems.is_empty() {
            Ok(frameworks)
        } else {
            Err(problems)
        }
    }

    /// Adds a framework or lexicon file. A framework of a known id takes the place of the earlier one.
    ///
    /// # Errors
    ///
    /// A diagnostic at the first place of the file that does not fit.
    pub fn add(&mut self, source: SourceId, file: &SourceFile) -> Result<(), Box<Diagnostic>> {
        if PackFile::of(file.name()) == PackFile::Lexicon {
            self.lexicons.push(yaml::read(source, file)?);
        } else {
            let framework: FrameworkConfig = yaml::read(source, file)?;
            self.known.retain(|known| known.head.id != framework.id);
            self.known.push(Framework::new(framework, None));
        }
        self.words = OnceLock::new();
        for framework in &mut self.known {
            framework.vocabulary = OnceLock::new();
        }
        Ok(())
    }

    /// Reads what every document is read with, so that the first does not wait for it.
    pub fn read_ahead(&self) {
        self.words();
        self.named(Self::GENERAL).map(Framework::whole);
    }

    /// The vocabulary of the framework with this id.
    pub fn vocabulary(&self, id: &str) -> Option<Arc<Vocabulary>> {
        let framework = self.named(id)?;
        let make = || {
            let general = self.named(Self::GENERAL).filter(|_| id != Self::GENERAL);
            let joined = std::iter::once(framework).chain(general);
            let joined: Vec<_> = joined.map(Framework::whole).collect();
            Arc::new(self.words().joined(&joined))
        };
        Some(Arc::clone(framework.vocabulary.get_or_init(make)))
    }

    fn named(&self, id: &str) -> Option<&Framework> {
        self.known.iter().find(|known| known.head.id == id)
    }

    /// The words of all lexicons.
    fn words(&self) -> &Vocabulary {
        self.words.get_or_init(|| {
            let lexicons = self.shipped_lexicons().iter().chain(&self.lexicons);
            Vocabulary::of_lexicons(lexicons)
        })
    }

    /// The lexicons that the binary carries; one that cannot be read, which a test rules out, is missing.
    fn shipped_lexicons(&self) -> &[LexiconConfig] {
        self.read_lexicons.get_or_init(|| {
            let files = self.shipped_lexicons.iter();
            files.filter_map(read_whole).collect()
        })
    }

    /// The framework that `text` was made under: of those whose words and days it fits, the likeliest. The general one where
    /// there is none.
    pub fn recognise(&self, text: &str) -> Option<Arc<Vocabulary>> {
        let document = Document::new(text);
        let mut best: Option<(Likelihood, &str)> = None;
        for Framework { head, .. } in &self.known {
            if let Some(likelihood) = recognise::likelihood(head, &document)
                && best.is_none_or(|(known, _)| known < likelihood)
            {
                best = Some((likelihood, &head.id));
            }
        }
        let named = best.map(|(_, id)| id);
        let id = named.or_else(|| self.by_signs(&document));
        self.vocabulary(id.unwrap_or(Self::GENERAL))
    }

    /// The framework most of whose own phrases stand in a document that names no inspectorate.
    fn by_signs(&self, document: &Document<'_>) -> Option<&str> {
        let found = |head: &FrameworkConfig| recognise::likelihood_by_signs(head, document);
        let known = self
            .known
            .iter()
            .filter(|known| !known.head.signs.is_empty());
        known
            .filter_map(|Framework { head, .. }| Some((found(head)?, &*head.id)))
            .max()
            .map(|(_, id)| id)
    }

    /// The id of every framework.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|known| known.head.id.as_str())
    }
}

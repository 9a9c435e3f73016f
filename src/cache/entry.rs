//! Entries as they are written down, and what they are taken from.

use std::time::Duration;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::Diagnostic,
    document::Format,
    facts::about::About,
    lint::{DocumentReport, Outcome, Ran, Together},
    rules::engine::Statistics,
    source::{Remains, SourceFile},
    span::{SourceId, Span},
    value::{Days, Label},
};

/// What one document gave. It names no file: the document may have another id in the next run.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DocumentEntry {
    format: Format,
    framework: String,
    about: AboutEntry,
    facts: usize,
    ran: RanEntry,
    remains: Remains,
    shown: Vec<Span>,
}

/// What the documents of a group gave.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct GroupEntry {
    ran: RanEntry,
    /// By the number of the document in the group.
    remains: Vec<(usize, Remains)>,
}

/// What rules found. The sources of labels are numbers of documents.
#[derive(Debug, Serialize, Deserialize)]
struct RanEntry {
    diagnostics: Vec<Diagnostic>,
    looked: Vec<(usize, Statistics)>,
}

#[derive(Debug, Serialize, Deserialize)]
struct AboutEntry {
    subject: Option<String>,
    title: Option<String>,
    role: Option<String>,
    published: Option<(Date, Date)>,
    anchor: Option<Date>,
}

impl DocumentEntry {
    /// `None` where something points into another file, as into that of a rule.
    pub(super) fn of(outcome: &Outcome) -> Option<Self> {
        let Outcome {
            document,
            ran,
            file,
            shown,
        } = outcome;
        Some(Self {
            format: document.format,
            framework: document.framework.clone(),
            about: AboutEntry::of(&document.about),
            facts: document.facts,
            ran: RanEntry::of(ran, &[document.source])?,
            remains: file.remains()?,
            shown: shown.clone(),
        })
    }

    pub(super) fn outcome(self, source: SourceId, name: &str) -> Option<Outcome> {
        Some(Outcome {
            document: DocumentReport {
                source,
                format: self.format,
                framework: self.framework,
                about: self.about.about()?,
                facts: self.facts,
                read: None,
            },
            ran: self.ran.ran(&[source])?,
            file: SourceFile::from_remains(name, self.remains),
            shown: self.shown,
        })
    }
}

impl GroupEntry {
    /// `None` where something points into a file that is not of the group.
    pub(super) fn of(documents: &[SourceId], together: &Together) -> Option<Self> {
        let remains = together.files.iter().map(|(source, file)| {
            let number = documents.iter().position(|known| known == source)?;
            Some((number, file.remains()?))
        });
        Some(Self {
            ran: RanEntry::of(&together.ran, documents)?,
            remains: remains.collect::<Option<_>>()?,
        })
    }

    pub(super) fn together(self, documents: &[(SourceId, &str)]) -> Option<Together> {
        let sources: Vec<_> = documents.iter().map(|(source, _)| *source).collect();
        let files = self.remains.into_iter().map(|(number, remains)| {
            let (source, name) = documents.get(number)?;
            Some((*source, SourceFile::from_remains(name, remains)))
        });
        Some(Together {
            ran: self.ran.ran(&sources)?,
            files: files.collect::<Option<_>>()?,
        })
    }
}

impl RanEntry {
    fn of(ran: &Ran, documents: &[SourceId]) -> Option<Self> {
        let number = |source: SourceId| {
            let number = documents.iter().position(|known| *known == source)?;
            Some(SourceId(u32::try_from(number).ok()?))
        };
        Some(Self {
            diagnostics: placed(ran.diagnostics.clone(), number)?,
            looked: ran
                .looked
                .iter()
                .map(|(rule, statistics, _)| (*rule, *statistics))
                .collect(),
        })
    }

    fn ran(self, documents: &[SourceId]) -> Option<Ran> {
        let source = |number: SourceId| documents.get(number.0 as usize).copied();
        let looked = self.looked.into_iter();
        Some(Ran {
            diagnostics: placed(self.diagnostics, source)?,
            looked: looked
                .map(|(rule, statistics)| (rule, statistics, Duration::ZERO))
                .collect(),
        })
    }
}

/// Diagnostics with other sources; `None` where a label or fix has none.
fn placed(
    mut diagnostics: Vec<Diagnostic>,
    source: impl Fn(SourceId) -> Option<SourceId>,
) -> Option<Vec<Diagnostic>> {
    for diagnostic in &mut diagnostics {
        for label in &mut diagnostic.labels {
            label.source = source(label.source)?;
        }
        if let Some(fix) = &mut diagnostic.fix {
            fix.source = source(fix.source)?;
        }
    }
    Some(diagnostics)
}

impl AboutEntry {
    fn of(about: &About) -> Self {
        let About {
            subject,
            title,
            role,
            published,
            anchor,
        } = about;
        Self {
            subject: subject.as_ref().map(|subject| subject.text().to_owned()),
            title: title.clone(),
            role: role.clone(),
            published: published.map(|days| (days.from(), days.to())),
            anchor: *anchor,
        }
    }

    fn about(self) -> Option<About> {
        let published = match self.published {
            Some((from, to)) => Some(Days::new(from, to)?),
            None => None,
        };
        Some(About {
            subject: self.subject.as_deref().map(Label::new),
            title: self.title,
            role: self.role,
            published,
            anchor: self.anchor,
        })
    }
}

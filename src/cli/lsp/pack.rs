//! What an editor asks about a rule file: what may be written at a place, and what a word there means.

use lsp_types::{CompletionItem, CompletionItemKind};
use schemars::schema_for;

use crate::{
    expr::functions::{FUNCTIONS, function},
    facts::{
        phrases::Kinds,
        schema::{COMMON_FIELDS, KINDS},
    },
    rules::config::RuleConfig,
    source::SourceFile,
    span::Span,
};

/// A word that may stand in a rule file.
struct Word {
    name: String,
    kind: CompletionItemKind,
    /// What it is in a few words: a signature, a type.
    detail: String,
    help: String,
}

/// What may be written at a byte: fields behind a full stop, keys at the start of a line, else functions and collections.
pub(super) fn completions(file: &SourceFile, kinds: &Kinds, offset: usize) -> Vec<CompletionItem> {
    let start = word_at(file.text(), offset).start;
    let before = file.text_of(Span::new(0, start));
    let line = before.rsplit('\n').next().unwrap_or_default();
    let words = if before.ends_with('.') {
        let mut words = fields(kinds);
        words.extend(functions());
        words
    } else if line.is_empty() {
        keys()
    } else {
        let mut words = functions();
        words.extend(collections(kinds));
        words
    };
    words.into_iter().map(Word::completion).collect()
}

/// What the word at a byte means, as Markdown, and its bytes.
pub(super) fn hover(file: &SourceFile, kinds: &Kinds, offset: usize) -> Option<(Span, String)> {
    let span = word_at(file.text(), offset);
    let name = file.text_of(span);
    let before = file.text_of(Span::new(0, span.start));
    let is_field = before.ends_with('.');
    let starts_line = before.is_empty() || before.ends_with('\n');
    let mut found: Vec<Word> = if is_field {
        fields(kinds)
    } else if starts_line {
        keys()
    } else {
        let mut words = functions();
        words.extend(collections(kinds));
        words
    };
    found.retain(|word| word.name == name);
    if found.is_empty() && is_field {
        found.extend(functions().into_iter().filter(|word| word.name == name));
    }
    let texts: Vec<_> = found.iter().map(Word::markdown).collect();
    (!texts.is_empty()).then(|| (span, texts.join("\n\n")))
}

impl Word {
    fn completion(self) -> CompletionItem {
        CompletionItem {
            label: self.name,
            kind: Some(self.kind),
            detail: Some(self.detail),
            documentation: Some(lsp_types::Documentation::String(self.help)),
            ..CompletionItem::default()
        }
    }

    fn markdown(&self) -> String {
        let mut text = format!("**{}** {}\n\n{}", self.name, self.detail, self.help);
        if let Some(function) = function(&self.name).filter(|_| self.is_function()) {
            text.extend(["\n\n`", function.example, "`"]);
        }
        text
    }

    fn is_function(&self) -> bool {
        self.kind == CompletionItemKind::FUNCTION
    }
}

fn functions() -> Vec<Word> {
    let word = |function: &crate::expr::functions::Function| Word {
        name: function.name.to_owned(),
        kind: CompletionItemKind::FUNCTION,
        detail: format!("`{function}`: {}", function.result),
        help: function.help.to_owned(),
    };
    FUNCTIONS.iter().map(word).collect()
}

/// The collections of every kind of fact.
fn collections(kinds: &Kinds) -> Vec<Word> {
    let word = |id| {
        let known = KINDS.iter().find(|kind| kind.name == kinds.name(id));
        let added = kinds.added().find(|(added, _)| *added == id);
        let help = known.map(|kind| kind.help.trim());
        let help = help.or_else(|| added.map(|(_, kind)| kind.help.as_str()));
        Word {
            name: kinds.plural(id).to_owned(),
            kind: CompletionItemKind::VARIABLE,
            detail: format!("all facts of the kind `{}`", kinds.name(id)),
            help: help.unwrap_or_default().to_owned(),
        }
    };
    kinds.ids().map(word).collect()
}

/// The fields of every kind, each name once.
fn fields(kinds: &Kinds) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut add =
        |name: &str, of: &str, help: &str| match words.iter_mut().find(|word| word.name == name) {
            Some(word) => word.detail.extend([", ", of]),
            None => words.push(Word {
                name: name.to_owned(),
                kind: CompletionItemKind::FIELD,
                detail: format!("of {of}"),
                help: help.to_owned(),
            }),
        };
    for field in COMMON_FIELDS {
        add(field.name, "every fact", field.help);
    }
    for kind in KINDS {
        for field in kind.fields {
            add(field.name, kind.name, field.help);
        }
    }
    for (_, kind) in kinds.added() {
        for hole in &kind.fields {
            add(&hole.name, &kind.name, "");
        }
    }
    words
}

/// The keys of a rule file.
fn keys() -> Vec<Word> {
    let schema = schema_for!(RuleConfig);
    let properties = schema.get("properties").and_then(|keys| keys.as_object());
    let word = |(name, about): (&String, &serde_json::Value)| Word {
        name: name.clone(),
        kind: CompletionItemKind::PROPERTY,
        detail: "key of a rule file".to_owned(),
        help: about
            .get("description")
            .and_then(|help| help.as_str())
            .unwrap_or_default()
            .to_owned(),
    };
    properties.into_iter().flatten().map(word).collect()
}

/// The bytes of the name that a byte stands in or behind.
fn word_at(text: &str, offset: usize) -> Span {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (before, after) = (text.get(..offset), text.get(offset..));
    let before = before.unwrap_or_default();
    let start = before.trim_end_matches(is_part).len();
    let rest = after.unwrap_or_default();
    let end = offset + rest.len() - rest.trim_start_matches(is_part).len();
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with the place as `|`: the names offered there, of which `wanted` must be some and `unwanted` none.
    #[track_caller]
    fn check(text: &str, wanted: &[&str], unwanted: &[&str]) {
        let offset = text.find('|').expect("a place");
        let file = SourceFile::new("rule.yaml", &text.replacen('|', "", 1));
        let items = completions(&file, &Kinds::default(), offset);
        let has = |name: &str| items.iter().any(|item| item.label == name);
        for name in wanted {
            assert!(has(name), "{name} in {text:?}");
        }
        for name in unwanted {
            assert!(!has(name), "{name} in {text:?}");
        }
    }

    #[test]
    fn what_may_stand_at_a_place_is_offered() {
        check("id: a\nwhe|", &["where", "assert"], &["criterion", "size"]);
        check(
            "assert: a.cri|",
            &["criterion", "size"],
            &["where", "ratings"],
        );
        check("assert: si|", &["size", "ratings"], &["where", "criterion"]);
    }

    #[test]
    fn words_are_explained() {
        let file = SourceFile::new(
            "rule.yaml",
            "assert: size(ratings) == a.criterion\nfor: {}\n",
        );
        let about = |word: &str| {
            let offset = file.text().find(word).expect("the word") + 1;
            hover(&file, &Kinds::default(), offset).map(|(span, text)| {
                assert_eq!(file.text_of(span), word);
                text
            })
        };
        assert!(about("size").is_some_and(|text| text.contains("size(list)")));
        assert!(about("criterion").is_some_and(|text| text.contains("of rating")));
        assert!(about("for").is_some_and(|text| text.contains("key of a rule file")));
        assert_eq!(about("=="), None);
    }
}

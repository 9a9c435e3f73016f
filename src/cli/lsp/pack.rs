//! What an editor asks about a file of a pack or a configuration: what may be written at a place, and what a word there means.

use lsp_types::{CompletionItem, CompletionItemKind};

use super::schema::{Known, Place};
use crate::{
    cli::{args::SchemaOf, schema},
    expr::functions::{FUNCTIONS, function},
    facts::{
        phrases::Kinds,
        schema::{COMMON_FIELDS, KINDS},
    },
    packs::PackFile,
    rules::RuleSet,
    source::SourceFile,
    span::Span,
    yaml,
};

/// A word that may stand in a file.
struct Word {
    name: String,
    kind: CompletionItemKind,
    /// What it is in a few words: a signature, a type.
    detail: String,
    help: String,
}

/// Keys of rule files behind which expressions stand, or templates with expressions in them.
const EXPRESSIONS: [&str; 12] = [
    "where", "where+", "let", "assert", "message", "labels", "working", "help", "once", "graver",
    "pairs", "fix",
];

/// What kind of file it is, as the schemas go.
pub(super) fn schema_of(file: &SourceFile, is_config: bool) -> SchemaOf {
    if is_config {
        return SchemaOf::Config;
    }
    match PackFile::of(file.name()) {
        PackFile::Framework => SchemaOf::Framework,
        PackFile::Lexicon => SchemaOf::Lexicon,
        PackFile::Rule if yaml::entries(file.text()).any(|entry| entry.key == "fact") => {
            SchemaOf::Fact
        }
        PackFile::Rule => SchemaOf::Rule,
    }
}

/// What may be written at a byte.
pub(super) fn completions(
    file: &SourceFile,
    of: SchemaOf,
    rules: &RuleSet,
    offset: usize,
) -> Vec<CompletionItem> {
    let start = word_at(file, of, offset).start;
    let words = words(file, of, rules, start);
    words.into_iter().map(Word::completion).collect()
}

/// What the word at a byte means, as Markdown, and its bytes.
pub(super) fn hover(
    file: &SourceFile,
    of: SchemaOf,
    rules: &RuleSet,
    offset: usize,
) -> Option<(Span, String)> {
    let span = word_at(file, of, offset);
    let found = words(file, of, rules, span.start).into_iter();
    let found = found.filter(|word| word.name == file.text_of(span));
    let texts: Vec<_> = found.map(|word| word.markdown()).collect();
    (!texts.is_empty()).then(|| (span, texts.join("\n\n")))
}

/// What may stand where a word starts: what the schema says, and in expressions fields behind a full stop, else functions and
/// collections.
fn words(file: &SourceFile, of: SchemaOf, rules: &RuleSet, start: usize) -> Vec<Word> {
    let place = Place::at(file.text(), start);
    let before = file.text_of(Span::new(0, start));
    if holds_expressions(&place, of) {
        let mut words = if before.ends_with('.') {
            fields(&rules.kinds)
        } else {
            collections(&rules.kinds)
        };
        words.extend(functions());
        return words;
    }
    let kind = if place.is_value {
        CompletionItemKind::ENUM_MEMBER
    } else {
        CompletionItemKind::PROPERTY
    };
    let above = place
        .key()
        .map(|key| format!(" of `{key}`"))
        .unwrap_or_default();
    let word = |Known { name, help }| Word {
        name,
        kind,
        detail: match (place.is_value, above.is_empty()) {
            (true, _) => format!("value{above}"),
            (false, true) => format!("key of {}", called(of)),
            (false, false) => format!("key{above}"),
        },
        help,
    };
    let known = place.known(&schema::value(of)).into_iter();
    let mut words: Vec<Word> = known.map(word).collect();
    if of == SchemaOf::Config && !place.is_value && place.key() == Some("rules") {
        words.extend(rules.iter().map(|rule| Word {
            name: rule.info.id.clone(),
            kind: CompletionItemKind::VALUE,
            detail: "rule".to_owned(),
            help: rule.info.title.clone(),
        }));
    }
    words
}

fn holds_expressions(place: &Place<'_>, of: SchemaOf) -> bool {
    let top = place.path.first().copied().unwrap_or_default();
    of == SchemaOf::Rule && EXPRESSIONS.contains(&top)
}

const fn called(of: SchemaOf) -> &'static str {
    match of {
        SchemaOf::Config => "assize.yaml",
        SchemaOf::Framework => "a framework",
        SchemaOf::Lexicon => "a lexicon",
        SchemaOf::Fact => "a kind of fact",
        _ => "a rule file",
    }
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

/// The bytes of the name that a byte stands in or behind. Other than in expressions, names of rules and keys have hyphens.
fn word_at(file: &SourceFile, of: SchemaOf, offset: usize) -> Span {
    let text = file.text();
    let in_expression = holds_expressions(&Place::at(text, offset), of);
    let is_part = |c: char| {
        c.is_ascii_alphanumeric() || c == '_' || !in_expression && ['-', '+'].contains(&c)
    };
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
    use crate::{framework::Frameworks, rules::builtin, source::Sources};

    fn rules() -> RuleSet {
        let mut sources = Sources::new();
        let frameworks = Frameworks::builtin(&mut sources).expect("sound packs");
        builtin::load(&mut sources, &frameworks).rules
    }

    /// `text` with the place as `|`: the names offered there, of which `wanted` must be some and `unwanted` none.
    #[track_caller]
    fn check(rules: &RuleSet, name: &str, text: &str, wanted: &[&str], unwanted: &[&str]) {
        let offset = text.find('|').expect("a place");
        let file = SourceFile::new(name, &text.replacen('|', "", 1));
        let of = schema_of(&file, name == "assize.yaml");
        let items = completions(&file, of, rules, offset);
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
        let rules = &rules();
        for (name, text, wanted, unwanted) in [
            (
                "a.yaml",
                "id: a\nwhe|",
                &["where", "assert"][..],
                &["criterion", "size"][..],
            ),
            (
                "a.yaml",
                "assert: a.cri|",
                &["criterion", "size"],
                &["where", "ratings"],
            ),
            (
                "a.yaml",
                "assert: si|",
                &["size", "ratings"],
                &["where", "criterion"],
            ),
            ("a.yaml", "where:\n  - a.valu|", &["value"], &["where"]),
            (
                "a.yaml",
                "severity: |",
                &["error", "off"],
                &["where", "size"],
            ),
            (
                "a.yaml",
                "examples:\n  inv|",
                &["invalid", "valid"],
                &["where", "size"],
            ),
            (
                "a.yaml",
                "examples:\n  valid:\n    - te|",
                &["text", "marks"],
                &["valid"],
            ),
            ("a.yaml", "fact: target\nphr|", &["phrase"], &["where"]),
            (
                "framework.yaml",
                "id: x\nsc|",
                &["scales", "criteria"],
                &["assert"],
            ),
            ("assize.yaml", "ru|", &["rules", "packs"], &["assert"]),
            (
                "assize.yaml",
                "rules:\n  |",
                &["rating-two-values"],
                &["packs"],
            ),
            (
                "assize.yaml",
                "rules:\n  rating-two-values: |",
                &["error", "off"],
                &["packs"],
            ),
            (
                "assize.yaml",
                "overrides:\n  - ro|",
                &["role", "paths"],
                &["extends"],
            ),
        ] {
            check(rules, name, text, wanted, unwanted);
        }
    }

    #[test]
    fn words_are_explained() {
        let rules = rules();
        let about = |name: &str, text: &str, word: &str| {
            let file = SourceFile::new(name, text);
            let offset = file.text().find(word).expect("the word") + 1;
            let of = schema_of(&file, name == "assize.yaml");
            hover(&file, of, &rules, offset).map(|(span, text)| {
                assert_eq!(file.text_of(span), word);
                text
            })
        };
        let says = |name, text, word, wanted: &str| {
            let said = about(name, text, word);
            assert!(
                said.as_ref().is_some_and(|said| said.contains(wanted)),
                "{word}: {said:?}"
            );
        };
        let rule = "assert: size(ratings) == a.criterion\nfor: {}\nseverity: warning\n";
        says("a.yaml", rule, "size", "size(list)");
        says("a.yaml", rule, "criterion", "of rating");
        says("a.yaml", rule, "for", "key of a rule file");
        says("a.yaml", rule, "warning", "value of `severity`");
        says("assize.yaml", "packs: house\n", "packs", "Folders or files");
        says(
            "framework.yaml",
            "id: a\nscales: []\n",
            "scales",
            "key of a framework",
        );
        assert_eq!(about("a.yaml", rule, "=="), None);
    }
}

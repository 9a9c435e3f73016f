//! Rule files with a mistake: what is said, at which line and column.

use std::sync::OnceLock;

use assize::{
    framework::Frameworks,
    rules::{Loaded, Loader},
    source::{SourceFile, Sources},
};
use proptest::prelude::*;

fn frameworks() -> &'static Frameworks {
    static FRAMEWORKS: OnceLock<Frameworks> = OnceLock::new();
    FRAMEWORKS.get_or_init(|| Frameworks::builtin(&mut Sources::new()).expect("sound packs"))
}

fn load(files: &[&str]) -> (Loaded, Sources) {
    let mut sources = Sources::new();
    let mut loader = Loader::new(frameworks());
    for (text, at) in files.iter().zip(1..) {
        let file = SourceFile::new(&format!("rules/{at}.yaml"), text);
        loader.add(sources.add(file.clone()), file);
    }
    (loader.finish(), sources)
}

/// Every problem of the files, as `file:line:column: message`.
fn problems(files: &[&str]) -> Vec<String> {
    let (loaded, sources) = load(files);
    let show = |problem: &assize::diagnostic::Diagnostic| {
        let label = problem.primary().expect("a place");
        let file = sources.get(label.source).expect("a file");
        let at = file.line_column(label.span.start);
        let name = file
            .name()
            .trim_start_matches("rules/")
            .trim_end_matches(".yaml");
        let under = file.text_of(label.span);
        format!(
            "{name}:{}:{}: {} [{under}]",
            at.line, at.column, problem.message
        )
    };
    loaded.problems.iter().map(show).collect()
}

const SOUND: &str = "\
id: rating-two-values
title: One criterion has two ratings
severity: error
for: { a: rating, b: rating }
where:
  - a.criterion == b.criterion
assert: a.value == b.value
message: '{a.criterion} is rated {a.value} here and {b.value} there'
";

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(problems(&[text]), expected, "{text}");
}

/// Checks the sound rule with one line changed.
#[track_caller]
fn changed(line: &str, to: &str, expected: &[&str]) {
    assert!(SOUND.contains(line), "{line}");
    check(&SOUND.replace(line, to), expected);
}

#[test]
fn a_sound_rule_has_no_mistake() {
    check(SOUND, &[]);
    let (loaded, _) = load(&[SOUND]);
    assert_eq!(loaded.rules.len(), 1);
}

#[test]
fn keys_and_values() {
    changed(
        "title:",
        "titel:",
        &["1:2:1: unknown key `titel`, did you mean `title`? [titel]"],
    );
    changed(
        "severity: error",
        "severity: eror",
        &["1:3:11: unknown value `eror`, did you mean `error`? [eror]"],
    );
    changed(
        "severity: error",
        "severity: error\nseverity: note",
        &["1:4:1: the key `severity` stands here twice [severity]"],
    );
    changed(
        "severity: error\n",
        "",
        &["1:1:1: the key `severity` is missing [id]"],
    );
    changed(
        "{ a: rating, b: rating }",
        "rating",
        &["1:4:6: expected a mapping (`key: value`) [rating]"],
    );
    changed(
        "id: rating-two-values",
        "id: Two Values",
        &["1:1:5: `Two Values` is no name of a rule [Two Values]"],
    );
    changed(
        "message: '{a.criterion} is",
        "message: {a.criterion} is",
        &["1:8:24: this is not YAML: while parsing a block mapping, did not find expected key [i]"],
    );
}

#[test]
fn syntax() {
    changed(
        "  - a.criterion == b.criterion",
        "  - a.form == b.form\n - a.criterion == b.criterion",
        &["1:7:2: this is not YAML: while parsing a block mapping, did not find expected key [-]"],
    );
    changed(
        "assert: a.value == b.value",
        "assert: !a.value",
        &["1:7:9: a value that starts with `!` is taken for a YAML tag [!a.value]"],
    );
    changed(
        "severity: error",
        "\tseverity: error",
        &["1:2:8: this is not YAML: while scanning a plain scalar, found a tab [O]"],
    );
    check(
        "just words\n",
        &["1:1:1: expected a mapping (`key: value`) [just words]"],
    );
    check(
        "- a\n- b\n",
        &["1:1:1: expected a mapping (`key: value`) [-]"],
    );
    check("# nothing\n", &["1:1:1: rules/1.yaml is empty []"]);
    check("", &["1:1:1: rules/1.yaml is empty []"]);
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n";
    check(
        bomb,
        &["1:1:7: YAML anchors (`&`) and aliases (`*`) are not allowed here [[]"],
    );
    check(
        &format!("where: {}\n", "[".repeat(30_000)),
        &["1:1:263: this is not YAML: recursion limit exceeded [[]"],
    );
    check(
        "assert: \"a == b\nmessage: x\n",
        &["1:1:9: this is not YAML: unclosed quote [\"]"],
    );
}

#[test]
fn expressions() {
    changed(
        "a.value == b.value",
        "a.valeu == b.value",
        &["1:7:11: a rating has no field `valeu`, did you mean `value`? [valeu]"],
    );
    changed(
        "a.value == b.value",
        "rnak(a.value) == 2",
        &["1:7:9: there is no function `rnak`, did you mean `rank`? [rnak]"],
    );
    changed(
        "a.value == b.value",
        "a.value",
        &["1:7:9: this must be a condition: something that holds or fails [a.value]"],
    );
    changed(
        "a.value == b.value",
        "a.value == 2",
        &["1:7:9: a grade cannot be compared with a number [a.value == 2]"],
    );
    changed(
        "a.value == b.value",
        "|\n  size(ratings) > 0 &&\n    c.value == b.value",
        &["1:9:5: there is no `c` here [c]"],
    );
    changed(
        "b: rating }",
        "b: ratings }",
        &["1:4:22: there is no kind of fact `ratings`, did you mean `rating`? [ratings]"],
    );
    changed(
        "'{a.criterion} is rated",
        "'é {a.criterien} is rated",
        &["1:8:16: a rating has no field `criterien`, did you mean `criterion`? [criterien]"],
    );
    changed(
        "here and {b.value} there'",
        "here and {b.value there'",
        &["1:8:53: this brace is not closed [{]"],
    );
}

#[test]
fn classes_of_words() {
    changed(
        "a.value == b.value",
        "a.mentions(\"hegde\")",
        &["1:7:20: there is no class of words `hegde`, did you mean `hedge`? [\"hegde\"]"],
    );
    changed(
        "  - a.criterion == b.criterion",
        "  - stated(a.value) ? true : false",
        &["1:6:5: expected a text [s]"],
    );
}

#[test]
fn several_mistakes_are_reported_at_once() {
    let text = SOUND
        .replace("title:", "titel:")
        .replace("severity: error", "severity: bad")
        .replace("a.value == b.value", "a.valeu == b.value")
        .replace("{b.value}", "{b.vlue}");
    check(
        &text,
        &[
            "1:2:1: unknown key `titel`, did you mean `title`? [titel]",
            "1:3:11: unknown value `bad` [bad]",
            "1:7:11: a rating has no field `valeu`, did you mean `value`? [valeu]",
            "1:8:56: a rating has no field `vlue`, did you mean `value`? [vlue]",
        ],
    );
}

#[test]
fn other_rules() {
    let extend = "id: mine\nextend: rating-two-value\n";
    assert_eq!(
        problems(&[SOUND, extend]),
        [
            "2:2:9: there is no rule `rating-two-value` to extend, did you mean `rating-two-values`? [rating-two-value]"
        ]
    );
    assert_eq!(
        problems(&["id: a\nextend: b\n", "id: b\nextend: a\n"]),
        [
            "1:2:9: `b` extends itself through other rules [b]",
            "2:2:9: `a` extends itself through other rules [a]"
        ]
    );
    let framework = format!("{SOUND}framework: [hmcpsi-app]\n");
    check(
        &framework,
        &["1:9:13: there is no framework `hmcpsi-app`, did you mean `hmcpsi-aap`? [hmcpsi-app]"],
    );
    check(
        &format!("{SOUND}once: c\n"),
        &["1:9:7: `c` is neither `document` nor a binding [c]"],
    );
    check(
        &format!("{SOUND}labels: {{ a: x, cc: y }}\n"),
        &["1:9:17: `cc` is no fact of this rule [cc]"],
    );
    check(
        &format!("{SOUND}fix: {{ a: x, cc: y }}\n"),
        &["1:9:14: `cc` is no fact of this rule [cc]"],
    );
    check(
        &format!("{SOUND}let: {{ a: size(ratings), Big: '1', n: size(ratngs) }}\n"),
        &[
            "1:9:8: the name `a` means something else already [a]",
            "1:9:26: `Big` is no name: use small letters, digits and `_` [Big]",
            "1:9:44: there is no `ratngs` here, did you mean `ratings`? [ratngs]",
        ],
    );
    check(
        &format!("{SOUND}examples: {{ valid: [{{ txt: a }}] }}\n"),
        &["1:9:23: unknown key `txt`, did you mean `text`? [txt]"],
    );
}

#[test]
fn kinds_of_fact() {
    check(
        "fact: target\nphrase: 'a target of {value:percnt}'\n",
        &[
            "1:2:23: unknown type of hole `percnt`, did you mean `percent`?; there are words, number, percent, points, money, duration, quantity, fraction, ordinal, date, grade, criterion [value:percnt]",
        ],
    );
    check(
        "fact: rating\nphrase: 'a target of {value:percent}'\n",
        &["1:1:7: `rating` and `ratings` are a kind of fact and its collection already [rating]"],
    );
    check(
        "fact: target\n",
        &["1:1:7: the key `phrase` is missing [target]"],
    );
    check(
        "fact: target\nphrase:\n  - 'a target of {line:percent}'\n",
        &[
            "1:3:5: the hole `line` has two types, or the name of a field that every fact has ['a target of {line:percent}']",
        ],
    );
    let kind = "fact: target\nphrase: 'a target of {value:percent}'\n";
    let rule = "id: target-high\ntitle: T\nseverity: note\nfor: { t: target }\nassert: t.value <= 100 && size(targets) < 9\nmessage: '{t.value} and {t.valu}'\n";
    assert_eq!(
        problems(&[kind, rule]),
        ["2:6:28: a target has no field `valu`, did you mean `value`? [valu]"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is done to a rule file, loading it ends, and every problem has a place in it.
    #[test]
    fn no_file_brings_loading_down(
        edits in prop::collection::vec((any::<prop::sample::Index>(), "[a-z{}\\[\\]|&*!:\"' \n\t#é.,<>-]{0,4}", 0..6_usize), 1..5)
    ) {
        let mut text: Vec<char> = SOUND.chars().collect();
        for (at, with, drop) in edits {
            let at = at.index(text.len() + 1);
            let end = (at + drop).min(text.len());
            text.splice(at..end, with.chars());
        }
        let text: String = text.into_iter().collect();
        let (loaded, sources) = load(&[&text]);
        for problem in &loaded.problems {
            let label = problem.primary().expect("a place");
            let file = sources.get(label.source).expect("a file");
            prop_assert!(file.text().get(label.span.range()).is_some(), "{text:?}: {problem:?}");
        }
        prop_assert!(loaded.rules.len() + loaded.problems.len() > 0);
    }
}

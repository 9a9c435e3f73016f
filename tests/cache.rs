//! What is kept from one run to the next changes nothing but the time that it takes.
#![expect(clippy::disallowed_methods, reason = "a test may read what it checks")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use assize::output::Format;
use proptest::prelude::*;

const REPORT: &str = "# Inspection of Eastmere Council\n\nPublished 3 May 2024\n\nEastmere Council answered 38% of letters, up \
    from 30%, 11 percentage points more.\n\nLeadership was rated fair and prevention was rated fair.\n";
const RELEASE: &str = "# Press release: Eastmere Council\n\nPublished 3 May 2024\n\nEastmere Council was seen. The council was rated \
    good for leadership, and good for prevention.\n";
const OTHER: &str = "Inspectors came on 31 April 2024. <!-- assize-ignore date-impossible: as printed -->\n\nThey left on 31 \
    April 2024.\n";
const RULE: &str = "id: house-share\ntitle: A share is too high\nseverity: warning\nfor: { f: figure }\nwhere: f.unit == \
    \"percent\"\nassert: f.value <= 37\nmessage: \"{f.value} is too high\"\n";
const CONFIG: &str = "packs: house\nrules:\n  house-share: error\n  weekday-date: off\n";

/// A folder with documents, a rule and a configuration.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    fs::create_dir(folder.path().join("house")).expect("a folder");
    put("house/house-share.yaml", RULE);
    put("assize.yaml", CONFIG);
    put("a-report.md", REPORT);
    put("b-release.md", RELEASE);
    put("c.md", OTHER);
    folder
}

fn assize(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(args)
        .current_dir(folder)
        .env_remove("ASSIZE_CACHE_DIR")
        .output()
        .expect("the binary can be run")
}

fn check(folder: &Path, format: &str, cache: &str) -> Output {
    assize(
        folder,
        &["check", "--statistics", "--format", format, cache],
    )
}

/// The entries of the cache, and when they were written.
fn entries(folder: &Path) -> Vec<(std::path::PathBuf, std::time::SystemTime)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder.join(".assize_cache")).expect("a cache") {
        let path = entry.expect("an entry").path();
        for entry in fs::read_dir(&path).into_iter().flatten() {
            let entry = entry.expect("an entry");
            let written = entry.metadata().and_then(|metadata| metadata.modified());
            found.push((entry.path(), written.expect("a time")));
        }
    }
    found.sort();
    found
}

#[test]
fn every_format_is_the_same_cold_and_warm() {
    for format in Format::ALL {
        let folder = project();
        let none = check(folder.path(), format.name(), "--no-cache");
        assert_eq!(none.status.code(), Some(1), "{none:?}");
        assert!(!folder.path().join(".assize_cache").exists());
        for run in ["cold", "warm"] {
            let cached = check(folder.path(), format.name(), "--cache");
            assert_eq!(cached, none, "{} {run}", format.name());
        }
    }
}

#[test]
fn the_configuration_turns_it_on_and_a_flag_off() {
    let folder = project();
    let folder = folder.path();
    let made = || folder.join(".assize_cache").exists();
    let check = |args: &[&str]| assize(folder, &[&["check", "."], args].concat());
    fs::write(folder.join("assize.yaml"), "cache: true\n").expect("a file");
    check(&["--no-cache"]);
    assert!(!made());
    check(&["--no-config"]);
    assert!(!made());
    check(&[]);
    assert!(made());
    fs::write(folder.join("assize.yaml"), "cache: yes\n").expect("a file");
    let wrong = check(&[]);
    assert_eq!(wrong.status.code(), Some(2), "{wrong:?}");
}

#[test]
fn a_warm_run_writes_nothing_and_a_change_only_what_it_concerns() {
    let folder = project();
    check(folder.path(), "concise", "--cache");
    let cold = entries(folder.path());
    // Two documents and their set; what has an excuse is read anew.
    assert_eq!(cold.len(), 3);
    check(folder.path(), "concise", "--cache");
    assert_eq!(entries(folder.path()), cold);

    fs::write(
        folder.path().join("b-release.md"),
        RELEASE.replace("good", "fair"),
    )
    .expect("written");
    let changed = check(folder.path(), "concise", "--cache");
    assert_eq!(changed, check(folder.path(), "concise", "--no-cache"));
    let now = entries(folder.path());
    let same = now.iter().filter(|entry| cold.contains(entry));
    assert_eq!((now.len(), same.count()), (3, 1));
}

/// Three reports on one body: the second says of the first, and the third of the second, what they do not say. Their problems
/// stand far apart.
fn put_series(folder: &Path) {
    let filler = "Inspectors met members of staff.\n\n".repeat(60);
    for (name, year, last, before) in [
        ("s-2018.md", 2018, "fair", None),
        ("s-2021.md", 2021, "good", Some("poor")),
        ("s-2024.md", 2024, "good", Some("fair")),
    ] {
        let before = before.map(|grade| {
            format!("{filler}At the last inspection it was rated {grade} for leadership.\n")
        });
        let text = format!(
            "# Inspection report on Port Ansel Police\n\nPublished 3 May {year}\n\n{filler}Leadership is rated {last}.\n\n{}",
            before.unwrap_or_default()
        );
        fs::write(folder.join(name), text).expect("written");
    }
}

#[test]
fn successive_reports_are_kept_and_never_stale() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    put_series(folder);
    let agree = |code: Option<i32>| {
        let none = check(folder, "json", "--no-cache");
        assert_eq!(none.status.code(), code, "{none:?}");
        for run in ["cold", "warm"] {
            assert_eq!(check(folder, "json", "--cache"), none, "{run}");
        }
        let results: serde_json::Value = serde_json::from_slice(&none.stdout).expect("JSON");
        let found = results["diagnostics"].as_array().expect("a list");
        let of_series = found
            .iter()
            .filter(|one| one["rule"] == "series-previous-rating");
        of_series.count()
    };
    assert_eq!(agree(Some(0)), 2);
    // Three documents, and two pairs of them.
    let cold = entries(folder);
    assert_eq!(cold.len(), 5);
    check(folder, "json", "--cache");
    assert_eq!(entries(folder), cold);
    for format in Format::ALL {
        let none = check(folder, format.name(), "--no-cache");
        assert_eq!(
            check(folder, format.name(), "--cache"),
            none,
            "{}",
            format.name()
        );
    }

    // The one in the middle changes, and with it what is said of either pair.
    let middle = folder.join("s-2021.md");
    let whole = fs::read_to_string(&middle).expect("a report");
    fs::write(&middle, whole.replace("rated good", "rated fair")).expect("written");
    assert_eq!(agree(Some(0)), 1);
    fs::remove_file(&middle).expect("removed");
    assert_eq!(agree(Some(0)), 0);
    fs::write(&middle, &whole).expect("written");
    assert_eq!(agree(Some(0)), 2);
    // What is in force for one of them changes.
    fs::write(
        folder.join("assize.yaml"),
        "overrides:\n  - paths: [s-2021.md]\n    rules: { series-previous-rating: error }\n",
    )
    .expect("written");
    assert_eq!(agree(Some(1)), 2);
}

#[test]
fn excuses_count_from_the_day_on_which_they_are_written_to_their_last() {
    let folder = project();
    let path = folder.path().join("a-report.md.assize-ignore.yaml");
    let agree = |expected: bool| {
        let on = |day, cache| {
            let day = ["check", "--format", "concise", "--today", day, cache];
            assize(folder.path(), &day).stdout
        };
        for day in ["2027-01-31", "2027-02-01"] {
            assert_eq!(on(day, "--cache"), on(day, "--no-cache"));
        }
        let told = on("2027-02-01", "--cache") != on("2027-01-31", "--cache");
        assert_eq!(told, expected);
    };
    agree(false);
    let excuse = "ignore:\n  - rule: house-share\n    reason: as printed\n    until: 2027-01-31\n";
    fs::write(&path, excuse).expect("written");
    agree(true);
    fs::remove_file(&path).expect("removed");
    agree(false);
}

#[test]
fn entries_that_are_broken_or_in_the_way_do_no_harm() {
    let folder = project();
    let none = check(folder.path(), "json", "--no-cache");
    check(folder.path(), "json", "--cache");
    for (at, (entry, _)) in entries(folder.path()).iter().enumerate() {
        let bytes = fs::read(entry).expect("an entry");
        let broken = match at {
            0 => Vec::new(),
            1 => bytes[..bytes.len() / 2].to_vec(),
            _ => bytes.iter().map(|byte| byte ^ 1).collect(),
        };
        fs::write(entry, broken).expect("written");
    }
    assert_eq!(check(folder.path(), "json", "--cache"), none);
    let (entry, _) = entries(folder.path()).remove(0);
    fs::remove_file(&entry).expect("removed");
    fs::create_dir(&entry).expect("a folder in its place");
    let told = check(folder.path(), "json", "--cache");
    assert_eq!((told.status, &told.stdout), (none.status, &none.stdout));
    let warning = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(
        warning.contains("is not kept for the next run"),
        "{warning}"
    );
}

#[test]
fn runs_at_the_same_time_agree() {
    let folder = project();
    let none = check(folder.path(), "json", "--no-cache");
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| check(folder.path(), "json", "--cache")))
            .collect();
        for run in runs {
            assert_eq!(run.join().expect("a run"), none);
        }
    });
}

#[test]
fn the_folder_is_made_for_it_and_removed() {
    let folder = project();
    check(folder.path(), "concise", "--cache");
    let cache = folder.path().join(".assize_cache");
    let tag = fs::read_to_string(cache.join("CACHEDIR.TAG")).expect("a tag");
    assert!(tag.starts_with("Signature: 8a477f597d28d172789f06886806bc55\n"));
    assert_eq!(
        fs::read_to_string(cache.join(".gitignore")).expect("a file"),
        "*\n"
    );
    let cleaned = assize(folder.path(), &["clean"]);
    assert_eq!(cleaned.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&cleaned.stdout), ".assize_cache\n");
    assert!(!cache.exists());
    assert_eq!(assize(folder.path(), &["clean"]).status.code(), Some(0));

    let named = |name: &str| {
        Command::new(env!("CARGO_BIN_EXE_assize"))
            .args(["check", "c.md"])
            .current_dir(folder.path())
            .env("ASSIZE_CACHE_DIR", name)
            .output()
            .expect("the binary can be run")
    };
    assert_eq!(named("elsewhere").status.code(), Some(1));
    assert!(folder.path().join("elsewhere/CACHEDIR.TAG").exists());
    let refused = named("house");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("this is no cache of Assize"));
}

/// A file of the project, a place in it and what is written there.
fn change() -> impl Strategy<Value = (usize, prop::sample::Index, u8)> {
    (
        0..8usize,
        any::<prop::sample::Index>(),
        prop::sample::select(b"0123456789 aeg.:\n".to_vec()),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_is_stale(changes in prop::collection::vec(change(), 3..6)) {
        const FILES: [&str; 8] = [
            "a-report.md", "b-release.md", "c.md", "s-2018.md", "s-2021.md", "s-2024.md", "house/house-share.yaml",
            "assize.yaml",
        ];
        let folder = project();
        put_series(folder.path());
        check(folder.path(), "json", "--cache");
        for (file, at, byte) in changes {
            let path = folder.path().join(FILES[file]);
            let whole = fs::read(&path).expect("a file");
            let mut changed = whole.clone();
            let at = at.index(changed.len());
            // Characters of several bytes stay whole.
            if changed[at].is_ascii() {
                changed[at] = byte;
            }
            fs::write(&path, changed).expect("written");
            let cached = check(folder.path(), "json", "--cache");
            let none = check(folder.path(), "json", "--no-cache");
            prop_assert_eq!(&cached, &none);
            // What breaks a rule or the configuration would hide all that comes after it.
            if none.status.code() == Some(2) {
                fs::write(&path, whole).expect("written");
            }
        }
    }
}

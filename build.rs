//! Lists the files of the shipped rule packs, parsed, so that adding a rule is adding one YAML file; and gives the binary a name
//! that no other has.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use granit_parser::{Event, Parser, ScalarStyle};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let mut files = Vec::new();
    collect(&root.join("rules"), &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let name = file
            .strip_prefix(&root)
            .unwrap_or(&file)
            .to_string_lossy()
            .replace('\\', "/");
        let _ = writeln!(
            list,
            "    ({name:?}, include_str!({:?}), {}),",
            file.to_string_lossy(),
            tree(&file)?
        );
    }
    list.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("packs.rs"), list)?;
    println!("cargo::rustc-env=ASSIZE_BUILD={:032x}", build(&root)?);
    Ok(())
}

/// A YAML file written down as `src/tree.rs` says. One that is no YAML, or has anchors or tags, of which whoever reads the file
/// tells, has no nodes.
#[expect(clippy::disallowed_methods, reason = "there is no other door yet")]
fn tree(file: &Path) -> io::Result<String> {
    let text = fs::read_to_string(file)?;
    let (nodes, texts) = nodes(&text).unwrap_or_default();
    Ok(format!("Tree {{ nodes: &{nodes:?}, texts: {texts:?} }}"))
}

/// The nodes of a YAML text, and the texts of its scalars.
fn nodes(text: &str) -> Option<(Vec<u32>, String)> {
    let number = |number: usize| u32::try_from(number).ok();
    let (mut nodes, mut texts) = (Vec::new(), String::new());
    // Where the lists and mappings start that are open, and how many nodes stand in each.
    let mut open: Vec<(usize, u32)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, place) = event.ok()?;
        if event.is_alias()
            || event.anchor_id().is_some_and(|id| id > 0)
            || place.tag_span().is_some()
        {
            return None;
        }
        let range = place.byte_range().unwrap_or_default();
        let (kind, first, second) = match &event {
            Event::Scalar(scalar, style, ..) => {
                let start = number(texts.len())?;
                texts.push_str(scalar);
                (
                    u32::from(*style != ScalarStyle::Plain),
                    start,
                    number(scalar.len())?,
                )
            }
            Event::SequenceStart(..) => (2, 0, 0),
            Event::MappingStart(..) => (3, 0, 0),
            Event::SequenceEnd | Event::MappingEnd => {
                let (at, count) = open.pop()?;
                let inside = number(nodes.len() - at)?;
                let is_mapping = matches!(event, Event::MappingEnd);
                let counts = nodes.get_mut(at - 2..at)?;
                counts.copy_from_slice(&[if is_mapping { count / 2 } else { count }, inside]);
                continue;
            }
            _ => continue,
        };
        if let Some((_, count)) = open.last_mut() {
            *count += 1;
        }
        nodes.extend([
            kind,
            number(range.start)?,
            number(range.len())?,
            first,
            second,
        ]);
        if kind >= 2 {
            open.push((nodes.len(), 0));
        }
    }
    Some((nodes, texts))
}

/// A hash of everything that a binary is made from: two that may find other things have another one. What an earlier binary kept
/// is not used by a later one.
#[expect(clippy::disallowed_methods, reason = "there is no other door yet")]
fn build(root: &Path) -> io::Result<u128> {
    let mut files = Vec::new();
    for folder in ["src", "rules"] {
        println!("cargo::rerun-if-changed={folder}");
        all(&root.join(folder), &mut files)?;
    }
    for file in ["Cargo.toml", "Cargo.lock", "build.rs"] {
        println!("cargo::rerun-if-changed={file}");
        files.push(root.join(file));
    }
    files.sort();
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let chosen = |(name, _): &(String, String)| {
        let named = [
            "TARGET",
            "PROFILE",
            "OPT_LEVEL",
            "DEBUG",
            "CARGO_ENCODED_RUSTFLAGS",
        ];
        named.contains(&name.as_str()) || name.starts_with("CARGO_FEATURE_")
    };
    let mut variables: Vec<_> = env::vars().filter(chosen).collect();
    variables.sort();
    for (name, value) in variables {
        hash = add(add(hash, name.as_bytes()), value.as_bytes());
    }
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(compiler).arg("-vV").output()?;
    hash = add(hash, &version.stdout);
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file);
        hash = add(hash, name.to_string_lossy().as_bytes());
        // A package may come without its lock file.
        hash = add(hash, &fs::read(&file).unwrap_or_default());
    }
    Ok(hash)
}

/// FNV-1a with 128 bits (RFC 9923), of words that end.
fn add(hash: u128, word: &[u8]) -> u128 {
    let length = (word.len() as u64).to_le_bytes();
    word.iter().chain(&length).fold(hash, |hash, byte| {
        (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

fn all(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            all(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            files.push(path);
        }
    }
    Ok(())
}

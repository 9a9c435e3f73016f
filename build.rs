//! Lists the files of the shipped rule packs, so that adding a rule is adding one YAML file; and gives the binary a name that no
//! other has.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

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
            "    ({name:?}, include_str!({:?})),",
            file.to_string_lossy()
        );
    }
    list.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("packs.rs"), list)?;
    println!("cargo::rustc-env=ASSIZE_BUILD={:032x}", build(&root)?);
    Ok(())
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

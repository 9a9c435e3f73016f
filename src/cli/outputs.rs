//! Where the results of a check go: one format to standard output, any number to files.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::args::{CheckArgs, OutputArg};
use crate::{
    diagnostic::Diagnostic,
    output::{Format, Results, Screen},
    source,
};

/// Files have no screen: text is as wide as where there is no terminal to ask, and has no colour.
const PAGE: Screen = Screen {
    colour: false,
    width: 100,
};

/// What is written, and where.
#[derive(Debug)]
pub(super) struct Outputs {
    /// The format of standard output.
    pub stdout: Format,
    files: Vec<(Format, PathBuf)>,
}

impl Outputs {
    /// What the arguments ask for.
    ///
    /// # Errors
    ///
    /// A diagnostic when more than one format is to go to standard output, or to one file.
    pub(super) fn of(args: &CheckArgs) -> Result<Self, Diagnostic> {
        let mut stdout: Vec<Format> = args.format.into_iter().collect();
        let mut files: Vec<(Format, PathBuf)> = Vec::new();
        for OutputArg { format, file } in &args.output {
            match file {
                None => stdout.push(*format),
                Some(file) if files.iter().any(|(_, known)| known == file) => {
                    let name = source::display_name(file);
                    return Err(twice(&name, "give each format a file of its own"));
                }
                Some(file) => files.push((*format, file.clone())),
            }
        }
        match stdout.as_slice() {
            [] => Ok(Self {
                stdout: Format::PRETTY,
                files,
            }),
            [stdout] => Ok(Self {
                stdout: *stdout,
                files,
            }),
            [.., last] => {
                let help = format!("write one to a file: --output {}=FILE", last.name());
                Err(twice("standard output", &help))
            }
        }
    }

    /// Whether a format among them shows documents whole.
    pub(super) fn show_documents(&self) -> bool {
        let files = self.files.iter().map(|(format, _)| *format);
        files.chain([self.stdout]).any(Format::shows_documents)
    }

    /// Writes the files; gives back what is wrong with those that cannot be written.
    pub(super) fn write(&self, results: &Results<'_>) -> Vec<Diagnostic> {
        let written = self
            .files
            .iter()
            .map(|(format, path)| write(path, |out| format.render(results, PAGE, out)));
        written.filter_map(Result::err).collect()
    }
}

/// Makes a file, or empties it, and writes what `render` writes.
///
/// # Errors
///
/// A diagnostic that names the file, when it cannot be written.
pub(super) fn write(
    path: &Path,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Diagnostic> {
    let work = || {
        let mut out = BufWriter::new(fs::File::create(path)?);
        render(&mut out)?;
        out.flush()
    };
    work().map_err(|error: io::Error| {
        let name = source::display_name(path);
        Diagnostic::error("unwritable-output", format!("{name}: {error}"))
            .help("check that the folder is there, and who may write to it")
    })
}

fn twice(name: &str, help: &str) -> Diagnostic {
    let message = format!("two formats are to be written to {name}");
    Diagnostic::error("bad-argument", message).help(help)
}

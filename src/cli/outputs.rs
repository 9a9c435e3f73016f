//! Where the results of a check go: one format to standard output, any number to files.

use std::{
    ffi::OsStr,
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::args::CheckArgs;
use crate::{
    config::{At, Output},
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
    /// The format of standard output, where anything goes there.
    pub stdout: Option<Format>,
    files: Vec<(Format, PathBuf)>,
}

impl Outputs {
    /// What the arguments ask for; where they say nothing, what the configuration does. `--format` and `--output-file` take the place
    /// of what that writes to standard output, `--output` of all.
    ///
    /// # Errors
    ///
    /// A diagnostic when more than one format is to go to standard output, or to one file.
    pub(super) fn of(
        args: &CheckArgs,
        configured: Option<&At<Vec<Output>>>,
    ) -> Result<Self, Diagnostic> {
        let mut asked: Vec<Output> = args.output.clone();
        if asked.is_empty()
            && let Some(configured) = configured
        {
            let files = configured.value.iter();
            let named = args.format.is_some() || args.output_file.is_some();
            let wanted = files.filter(|output| output.file.is_some() || !named);
            asked = wanted.cloned().collect();
        }
        let file = args.output_file.as_deref();
        let format = args.format.or_else(|| file.map(told_by_name));
        let format = format.map(|format| Output {
            format,
            file: file.map(Path::to_path_buf),
        });
        let stated = configured.filter(|_| args.output.is_empty());
        let mut sorted =
            Self::sorted(format.into_iter().chain(asked)).map_err(|problem| match stated {
                Some(stated) => problem.at(stated.source, stated.span, ""),
                None => problem,
            })?;
        if file.is_none() {
            sorted.stdout.get_or_insert(Format::PRETTY);
        }
        Ok(sorted)
    }

    /// What goes to standard output, and what to files.
    fn sorted(outputs: impl Iterator<Item = Output>) -> Result<Self, Diagnostic> {
        let mut stdout: Vec<Format> = Vec::new();
        let mut files: Vec<(Format, PathBuf)> = Vec::new();
        for Output { format, file } in outputs {
            match file {
                None => stdout.push(format),
                Some(file) if files.iter().any(|(_, known)| *known == file) => {
                    let name = source::display_name(&file);
                    return Err(twice(&name, "give each format a file of its own"));
                }
                Some(file) => files.push((format, file)),
            }
        }
        match stdout.as_slice() {
            [] | [_] => Ok(Self {
                stdout: stdout.first().copied(),
                files,
            }),
            [.., last] => {
                let help = format!("write one to a file: --output {}=FILE", last.name());
                Err(twice("standard output", &help))
            }
        }
    }

    /// The files that are written.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(_, path)| path.as_path())
    }

    /// Whether a format among them shows documents whole.
    pub(super) fn show_documents(&self) -> bool {
        let files = self.files.iter().map(|(format, _)| *format);
        files.chain(self.stdout).any(Format::shows_documents)
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

/// The format that the ending of a file's name tells; what is printed for people where it tells none.
fn told_by_name(file: &Path) -> Format {
    let ending = file.extension().and_then(OsStr::to_str);
    let name = match ending.unwrap_or_default() {
        "htm" => "html",
        "md" => "markdown",
        "xml" => "junit",
        name => name,
    };
    Format::named(name).unwrap_or(Format::PRETTY)
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
    work().map_err(|error: io::Error| source::unwritable(path, &error))
}

fn twice(name: &str, help: &str) -> Diagnostic {
    let message = format!("two formats are to be written to {name}");
    Diagnostic::error("bad-argument", message).help(help)
}

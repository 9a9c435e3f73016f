//! Files to start from that are more than one, or made from a framework.

mod pack;
mod report;

use std::path::{Path, PathBuf};

pub(super) use pack::pack;
pub(super) use report::report;

use crate::{diagnostic::Diagnostic, source};

/// Files that are to be written, all of them or none.
#[derive(Debug, Default)]
pub(super) struct Files(Vec<(PathBuf, String)>);

impl Files {
    fn add(&mut self, path: PathBuf, text: String) {
        self.0.push((path, text));
    }

    /// Writes the files, and gives back their names.
    ///
    /// # Errors
    ///
    /// A diagnostic when one of them is there already, and then none is written; or when one cannot be written.
    pub(super) fn write(
        &self,
        write: impl Fn(&Path, &str) -> Result<(), Diagnostic>,
    ) -> Result<Vec<String>, Diagnostic> {
        if let Some((path, _)) = self.0.iter().find(|(path, _)| path.exists()) {
            let name = source::display_name(path);
            let message = format!("{name}: there is such a file already");
            return Err(Diagnostic::error("unwritable-file", message)
                .help("nothing was written; choose another name or folder"));
        }
        let written = self.0.iter().map(|(path, text)| {
            write(path, text)?;
            Ok(source::display_name(path))
        });
        written.collect()
    }
}

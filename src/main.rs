//! The `assize` binary: hands the command line to `assize::cli` and its outcome to the system.

fn main() -> std::process::ExitCode {
    assize::cli::run()
}

//! The `assize` binary: hands the command line to `assize::cli` and its outcome to the system.

/// Reading a document makes and drops many small lists and texts.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    assize::cli::run()
}

//! The program: see the library for everything it does.

fn main() -> std::process::ExitCode {
    keypose::app::cli::main()
}

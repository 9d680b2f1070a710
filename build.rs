//! Turns `locales/*/*.ftl` into typed Rust functions, so that a missing message or a wrong argument fails the build.

use std::{env, path::PathBuf, process::ExitCode};

use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel, build_from_locales_folder};

fn main() -> ExitCode {
    let Some(out) = env::var_os("OUT_DIR").map(PathBuf::from) else {
        eprintln!("cargo sets OUT_DIR for build scripts");
        return ExitCode::FAILURE;
    };
    let file = |name: &str| out.join(name).to_string_lossy().into_owned();
    build_from_locales_folder(
        BuildOptions::default()
            .with_output_file_path(&file("messages.rs"))
            .with_ftl_output(FtlOutputOptions::single_file(&file("messages.ftl")))
            .with_prefix("")
            .with_lint_level(LintLevel::Strict)
            .without_bidi_isolation()
            .without_format(),
    )
}

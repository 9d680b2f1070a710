//! The binary as an operator meets it: what it prints, where, and the status it ends with.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

/// Runs `relais` in a folder, with nothing of this process's environment.
fn relais(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_relais"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn a_configuration_that_holds() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("relais.toml"),
        include_str!("../../deploy/relais.toml"),
    )
    .unwrap();
    let (status, told, warned) = relais(folder.path(), &["config", "check"]);
    assert_eq!(
        (status, told.as_str()),
        (Some(0), "relais.toml: no mistake found\n")
    );
    assert!(
        warned.starts_with("warning: `organisation.first_admin` names nobody"),
        "{warned}"
    );
}

#[test]
fn a_configuration_with_mistakes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("other.toml"), "[log]\nformt = 'json'\n").unwrap();
    let (status, told, warned) = relais(folder.path(), &["config", "check", "--config", "other.toml"]);
    assert_eq!((status, told.as_str()), (Some(2), ""));
    assert_eq!(
        warned,
        "relais: the configuration has a mistake:\n  \
         other.toml:2: unknown key `log.formt`: did you mean `format`?\n"
    );
}

#[test]
fn a_configuration_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let (status, _, warned) = relais(folder.path(), &["config", "check", "--config", "none.toml"]);
    assert_eq!(status, Some(1));
    assert!(
        warned.starts_with("relais: the configuration none.toml cannot be read\n  because "),
        "{warned}"
    );
}

#[test]
fn what_is_not_understood_and_what_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (status, told, warned) = relais(folder.path(), &["confg", "check"]);
    assert_eq!((status, told.as_str()), (Some(2), ""));
    assert!(warned.contains("config"), "{warned}");
    let (status, told, warned) = relais(folder.path(), &["--help"]);
    assert_eq!((status, warned.as_str()), (Some(0), ""));
    assert!(told.contains("Exit status: 0 done"), "{told}");
    for (given, wanted) in [
        (["--crowd", "1000000"], "1000000 is not in 0..=10000"),
        (["--crowd", "many"], "invalid digit"),
        (["--at", "0001-01-01T00:00"], "wanted a year from 2000 to 2198"),
        (["--at", "9999-12-31T23:59"], "wanted a year from 2000 to 2198"),
        (["--at", "2026-11-31T09:00"], "parsed date is not valid"),
    ] {
        let (status, told, warned) = relais(folder.path(), &["demo", given[0], given[1]]);
        assert_eq!((status, told.as_str()), (Some(2), ""), "{given:?}");
        assert!(warned.contains(wanted), "{given:?}: {warned}");
    }
}

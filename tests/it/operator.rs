//! What an operator types, on the real binary: import, report, doctor, backup and restore.

use std::{
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

/// A folder with a configuration, where the binary is run.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = "[organisation]\nname = \"Comité\"\nfirst_admin = { platform = \"embedded\", account = \"nadia\" }\n\
                      [log]\nfilter = \"warn\"\n";
        std::fs::write(folder.path().join("relais.toml"), config).unwrap();
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn types(&self, arguments: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_relais"))
            .args(arguments.split_whitespace())
            .current_dir(self.path())
            .env_remove("RELAIS_CONFIG")
            .output()
            .unwrap()
    }

    /// What a command that succeeds prints.
    fn reads(&self, arguments: &str) -> String {
        let output = self.types(arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command that fails says on both streams, with its status.
    fn is_refused(&self, arguments: &str) -> (Option<i32>, String) {
        let output = self.types(arguments);
        assert!(!output.status.success(), "{arguments}");
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    }
}

/// A calendar that needs nothing else: its asks go to every room.
const CALENDAR: &str = "ref,campaign,kind,date,time,groups,networks,wording_fr,wording_en,script_fr,script_en,link,hashtags,image,\
alt_fr,alt_en,target,closes\n\
a-1,logement,share,2031-01-06,09:00,,mastodon,Partagez.,Share.,,,https://example.org/,,,,,,2031-01-07 20:00\n\
a-2,logement,sign,2031-01-07,09:00,,,Signez.,Sign.,,,https://example.org/,,,,,,2031-01-08 20:00\n";

#[test]
fn a_calendar_is_imported_once_and_a_mistake_imports_nothing() {
    let desk = Desk::new();
    std::fs::write(desk.path().join("calendar.csv"), CALENDAR).unwrap();
    let told = desk.reads("import calendar calendar.csv");
    assert!(told.contains("2 nouvelles actions"), "{told}");
    let told = desk.reads("import calendar calendar.csv --language en");
    assert!(told.contains("2 asks unchanged"), "{told}");

    let wrong = CALENDAR
        .replace("2031-01-08 20:00", "2031-11-31 20:00")
        .replace("a-1", "a-3");
    std::fs::write(desk.path().join("wrong.csv"), wrong).unwrap();
    let (status, told) = desk.is_refused("import calendar wrong.csv");
    assert_eq!(status, Some(1));
    assert!(told.contains("Ligne 3") && told.contains("31 novembre"), "{told}");
    assert!(told.starts_with(
        "Rien n’a été importé. Corrigez le fichier, puis importez-le de nouveau, avec ses images.\n"
    ));
    assert_eq!(told.matches("Rien n’a été importé").count(), 1, "{told}");
    let told = desk.reads("import calendar calendar.csv --language en");
    assert!(
        told.contains("2 asks unchanged") && !told.contains("new ask"),
        "{told}"
    );
}

#[test]
fn a_backup_that_was_restored_is_what_was_backed_up() {
    let desk = Desk::new();
    std::fs::write(desk.path().join("calendar.csv"), CALENDAR).unwrap();
    desk.reads("import calendar calendar.csv");
    desk.reads("backup copy.db");
    let (_, told) = desk.is_refused("backup copy.db");
    assert!(told.contains("there already"), "{told}");
    // What came after the backup is gone with the restoration, and kept beside it.
    std::fs::write(
        desk.path().join("more.csv"),
        CALENDAR.replace("a-1", "a-9").replace("a-2", "a-8"),
    )
    .unwrap();
    desk.reads("import calendar more.csv");
    let told = desk.reads("restore copy.db");
    assert!(told.contains("before-restore"), "{told}");
    let told = desk.reads("import calendar more.csv --language en");
    assert!(told.contains("2 new asks"), "{told}");
    assert!(desk.reads("doctor").contains("All is well"));
}

#[test]
fn a_week_is_reported_in_each_form_with_the_same_numbers() {
    let desk = Desk::new();
    desk.reads("doctor");
    let text = desk.reads("report weekly --week 2026-W48 --language en");
    assert!(text.contains("November 23 to 29"), "{text}");
    let json: serde_json::Value =
        serde_json::from_str(&desk.reads("report weekly --week 2026-W48 --format json")).unwrap();
    assert_eq!(json["week"], "2026-W48");
    assert!(
        desk.reads("report weekly --week 2026-W48 --format csv")
            .starts_with("week,section,")
    );
    desk.reads("report weekly --week 2026-W48 --format png --output week.png");
    assert!(
        std::fs::read(desk.path().join("week.png"))
            .unwrap()
            .starts_with(b"\x89PNG")
    );
}

#[test]
fn a_wrong_configuration_is_refused_by_the_name_of_its_key() {
    let desk = Desk::new();
    std::fs::write(
        desk.path().join("relais.toml"),
        "[organisation]\ntime_zon = \"Europe/Paris\"\n",
    )
    .unwrap();
    let (status, told) = desk.is_refused("run");
    assert_eq!(status, Some(2));
    assert!(
        told.contains("time_zon") && told.contains("did you mean `time_zone`"),
        "{told}"
    );
}

#[test]
fn a_newer_database_is_refused_with_what_to_do() {
    let desk = Desk::new();
    desk.reads("doctor");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        use sqlx::{Connection, Executor};
        sqlx::any::install_default_drivers();
        let url = format!("sqlite://{}", desk.path().join("relais.db").display());
        let mut connection = sqlx::AnyConnection::connect(&url).await.unwrap();
        let step = "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
                    VALUES (99990101000000, 'later', CURRENT_TIMESTAMP, 1, x'00', 0)";
        connection.execute(step).await.unwrap();
        connection.close().await.unwrap();
    });
    let (_, told) = desk.is_refused("doctor");
    assert!(
        told.contains("newer version of relais") && told.contains("install that version"),
        "{told}"
    );
}

#[test]
fn a_damaged_database_is_named_at_once() {
    let desk = Desk::new();
    desk.reads("doctor");
    let file = desk.path().join("relais.db");
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..3000]).unwrap();
    let (_, told) = desk.is_refused("doctor");
    assert!(
        told.contains("cannot open the database") && told.contains("malformed"),
        "{told}"
    );
    assert!(!told.contains("timed out"), "{told}");
}

#[test]
fn a_file_that_is_no_database_is_refused_by_its_name_and_stays() {
    let desk = Desk::new();
    std::fs::write(desk.path().join("relais.db"), CALENDAR).unwrap();
    let (status, told) = desk.is_refused("doctor");
    assert_eq!(status, Some(1));
    assert!(told.contains("relais.db is no SQLite database"), "{told}");
    // It is not tried over and over.
    assert_eq!(told.lines().count(), 1, "{told}");
    assert_eq!(
        std::fs::read_to_string(desk.path().join("relais.db")).unwrap(),
        CALENDAR
    );
}

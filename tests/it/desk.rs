//! What coordinators write: forms filled in, and small calendars.

use jiff::tz::TimeZone;
use relais::{
    calendar,
    chat::{Answer, Form},
    import::{self, Importer},
    store::Store,
};

use crate::world::{World, words};

/// The columns of a calendar.
const COLUMNS: [&str; 18] = [
    "ref",
    "campaign",
    "kind",
    "date",
    "time",
    "groups",
    "networks",
    "wording_fr",
    "wording_en",
    "script_fr",
    "script_en",
    "link",
    "hashtags",
    "image",
    "alt_fr",
    "alt_en",
    "target",
    "closes",
];

/// A calendar with these rows, each some of its cells by column.
pub fn calendar(rows: &[&[(&str, &str)]]) -> Vec<u8> {
    let row = |cells: &&[(&str, &str)]| {
        let cell = |column: &&str| {
            let given = cells.iter().find(|(name, _)| name == column);
            given.map_or_else(String::new, |(_, text)| {
                format!("\"{}\"", text.replace('"', "\"\""))
            })
        };
        for (name, _) in *cells {
            assert!(COLUMNS.contains(name), "{name}");
        }
        COLUMNS.iter().map(cell).collect::<Vec<_>>().join(",")
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    format!("{}\n{}\n", COLUMNS.join(","), rows.join("\n")).into_bytes()
}

/// The form of an answer.
pub fn form_of(answer: Answer) -> Form {
    match answer {
        Answer::Form(form) => form,
        other => panic!("no form: {other:#?}"),
    }
}

/// What a form holds in a field.
pub fn value<'a>(form: &'a Form, field: &str) -> &'a str {
    let found = form.fields.iter().find(|known| known.id == field);
    &found.unwrap_or_else(|| panic!("no field {field}")).value
}

impl World {
    /// What somebody is answered who sends a form back as it is, but for these fields.
    pub async fn submits(&self, who: &str, form: &Form, changed: &[(&str, &str)]) -> Answer {
        for (field, _) in changed {
            let _ = value(form, field);
        }
        let values = form.fields.iter().map(|field| {
            let new = changed.iter().find(|(id, _)| *id == field.id);
            (
                field.id.clone(),
                new.map_or(field.value.clone(), |(_, value)| (*value).to_owned()),
            )
        });
        let visit = self.chat.visit(who, "coordination").unwrap();
        let answer = visit.submit(&form.id, values.collect()).await;
        answer.unwrap().unwrap()
    }

    /// Somebody writes a new ask in the form. Returns what they are answered.
    pub async fn writes(&self, who: &str, fields: &[(&str, &str)]) -> String {
        let form = form_of(self.answered(who, "coordination", "ask new").await);
        words(&self.submits(who, &form, fields).await)
    }

    /// Somebody changes an ask in its form. Returns what they are answered.
    pub async fn edits(&self, who: &str, ask: &str, fields: &[(&str, &str)]) -> String {
        let form = form_of(
            self.answered(who, "coordination", &format!("ask edit {ask}"))
                .await,
        );
        words(&self.submits(who, &form, fields).await)
    }
}

/// The operator imports a calendar, which has no author.
pub async fn operator_imports(store: &Store, rows: &[&[(&str, &str)]], now: &str) {
    let sheet = calendar::read(&calendar(rows)).unwrap();
    let zone = TimeZone::get("America/Montreal").unwrap();
    let importer = Importer {
        author: None,
        authority: None,
    };
    let mut writer = store.write().await.unwrap();
    let pictures = std::collections::BTreeMap::new();
    let now = now.parse().unwrap();
    let imported = import::import(&mut writer, (&sheet, &pictures), (&zone, importer), now).await;
    imported.unwrap().unwrap();
    writer.commit().await.unwrap();
}

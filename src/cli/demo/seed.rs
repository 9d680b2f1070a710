//! The imaginary organisation, set up through the embedded chat's own door: its people type what an organisation's people type.

use anyhow::{Context, bail};

use crate::chat::{
    Attachment,
    embedded::{Cast, Embedded, Person, Room},
};

/// The organisation's name.
pub(super) const ORGANISATION: &str = "Comité logement Rive-Claire";
/// Its time zone.
pub(super) const TIME_ZONE: &str = "America/Montreal";
/// Who is an admin from the start.
pub(super) const ADMIN: &str = "nadia";

/// Makes the rooms and people, unless they are there already, and has them set the organisation up.
pub(super) async fn seed(chat: &Embedded, _crowd: u32) -> anyhow::Result<()> {
    if !chat.rooms().is_empty() {
        return Ok(());
    }
    let room = |id: &str, name: &str| Room {
        id: id.to_owned(),
        name: name.to_owned(),
        topic: String::new(),
        labels: Vec::new(),
    };
    chat.add_rooms([
        room("quartier", "quartier"),
        room("downtown", "downtown"),
        room("laval", "laval"),
        room("coordination", "coordination"),
        room("direction", "direction"),
    ])
    .await?;
    let person = |id: &str, name: &str, locale: &str| Person {
        id: id.to_owned(),
        name: name.to_owned(),
        locale: locale.to_owned(),
        about: String::new(),
        cast: Cast::Lead,
    };
    chat.add_people([
        person("nadia", "Nadia", "fr-CA"),
        person("marc", "Marc", "fr-CA"),
        person("claire", "Claire", "en-CA"),
        person("lou", "Lou", "fr-CA"),
        person("sam", "Sam", "en-CA"),
        person("ines", "Inès", "fr-CA"),
    ])
    .await?;
    for (who, text) in [
        ("nadia", "/group add montreal"),
        ("nadia", "/group add laval"),
        ("nadia", "/group add partenaires"),
    ] {
        say(chat, who, "coordination", text).await?;
    }
    for (room, text) in [
        ("quartier", "/salon ajouter bénévoles fr montreal"),
        ("downtown", "/salon ajouter volunteers en montreal"),
        ("laval", "/salon ajouter volunteers both laval"),
        ("coordination", "/salon ajouter coordination both"),
        ("direction", "/salon ajouter direction both"),
    ] {
        say(chat, "nadia", room, text).await?;
    }
    for (who, role) in [("marc", "coordination"), ("claire", "coordinator")] {
        say(chat, who, "coordination", "/me").await?;
        say(
            chat,
            "nadia",
            "coordination",
            &format!("/role grant {who} {role}"),
        )
        .await?;
    }
    Ok(())
}

async fn say(chat: &Embedded, who: &str, room: &str, text: &str) -> anyhow::Result<()> {
    let visit = chat
        .visit(who, room)
        .map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let answer = visit.say(text).await;
    if answer.is_err() {
        bail!("{who} was not answered");
    }
    let _ = (answer, Attachment::MAX_BYTES);
    Ok::<(), anyhow::Error>(()).context("saying")
}

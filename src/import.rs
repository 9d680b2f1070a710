//! A calendar → asks: every row or none, updated by reference and never doubled. What it makes waits for approval.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    calendar::{RowMistake, Sheet, check_all},
    domain::{
        ask::{Ask, AskContent, AskState},
        draft::{Checked, Known},
        id::{AskId, CampaignId, GroupId, PersonId, PictureId},
        role::Authority,
        seal,
    },
    release::settle,
    store::{self, Session, Writer},
};

/// The largest picture that is taken, in bytes: what Bluesky, the strictest of the networks, takes is 1 MB; phones give more.
const PICTURE_MAX_BYTES: usize = 8 * 1024 * 1024;

/// What the organisation has, by name.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub groups: Vec<(String, GroupId)>,
    pub campaigns: Vec<(String, CampaignId)>,
    pub pictures: Vec<(String, PictureId)>,
}

impl Names {
    pub async fn load(session: &mut Session) -> store::Result<Self> {
        let groups = session
            .list_groups()
            .await?
            .into_iter()
            .map(|(id, name)| (name, id))
            .collect();
        let campaigns = session
            .list_campaigns()
            .await?
            .into_iter()
            .map(|one| (one.slug, one.id))
            .collect();
        let pictures = session
            .list_pictures()
            .await?
            .into_iter()
            .map(|one| (one.name, one.id))
            .collect();
        Ok(Self {
            groups,
            campaigns,
            pictures,
        })
    }

    pub fn known<'a>(&'a self, zone: &'a TimeZone) -> Known<'a> {
        Known {
            groups: &self.groups,
            campaigns: &self.campaigns,
            pictures: &self.pictures,
            zone,
        }
    }
}

/// Who imports.
#[derive(Debug, Clone, Copy)]
pub struct Importer<'a> {
    /// Who answers for it; nobody where the operator imports.
    pub author: Option<PersonId>,
    /// What they may do; everything where the operator imports.
    pub authority: Option<&'a Authority>,
}

impl Importer<'_> {
    /// Whether they may ask in all of these groups.
    fn may(&self, groups: &[GroupId]) -> bool {
        self.authority
            .is_none_or(|authority| authority.coordinates(groups))
    }
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Asks that are new.
    pub added: i64,
    /// Asks that were changed.
    pub updated: i64,
    /// Asks that stand as the calendar has them.
    pub unchanged: i64,
    /// Asks that the calendar has otherwise, but that were posted already.
    pub left_alone: i64,
    /// Asks that the calendar has at other times than coordinators gave them since; theirs stay.
    pub kept_times: i64,
    /// The short names of campaigns that are new.
    pub new_campaigns: Vec<String>,
}

impl Imported {
    /// How many asks wait for approval because of it.
    pub const fn waiting(&self) -> i64 {
        self.added + self.updated
    }
}

/// Why nothing was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejected {
    /// These rows have mistakes.
    Rows(Vec<RowMistake>),
    /// It asks in groups that the person does not coordinate.
    OtherGroups,
    /// A picture is none, or is too large.
    BadPicture {
        /// Its name.
        name: String,
    },
    /// Another picture of that name stands in a room, or goes with an ask that the person may not change.
    PictureInUse {
        /// Its name.
        name: String,
    },
}

/// The type of a picture, by its first bytes. Only what every platform shows.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// Imports a calendar with the pictures that came with it. Nothing is committed here, and on a rejection nothing may be.
pub async fn import(
    writer: &mut Writer,
    (sheet, pictures): (&Sheet, &BTreeMap<String, Vec<u8>>),
    (zone, importer): (&TimeZone, Importer<'_>),
    now: Timestamp,
) -> anyhow::Result<Result<Imported, Rejected>> {
    let mut pictured = Vec::new();
    for name in sheet.pictures() {
        let Some(bytes) = pictures.get(&name) else {
            continue;
        };
        let Some(media_type) = media_type(bytes).filter(|_| bytes.len() <= PICTURE_MAX_BYTES) else {
            return Ok(Err(Rejected::BadPicture { name }));
        };
        let digest = seal::digest(bytes);
        let Some(shown_with) = replaceable(writer, (&name, &digest), importer).await? else {
            return Ok(Err(Rejected::PictureInUse { name }));
        };
        writer.put_picture(&name, media_type, &digest, bytes).await?;
        for ask in shown_with {
            // What expired waits for nothing.
            if ask.state != AskState::Expired {
                pictured.push(ask.id);
            }
            change_picture(writer, ask, importer).await?;
        }
    }
    let names = Names::load(writer).await?;
    let checked = match check_all(sheet, &names.known(zone)) {
        Ok(checked) => checked,
        Err(mistakes) => return Ok(Err(Rejected::Rows(mistakes))),
    };
    for (_, checked) in &checked {
        // An ask that a row changes may be another group's until then.
        let before = match &checked.reference {
            Some(reference) => writer.find_ask_by_reference(reference).await?,
            None => None,
        };
        let groups = before.map(|ask| ask.content.groups);
        if !importer.may(&checked.content.groups) || groups.is_some_and(|groups| !importer.may(&groups)) {
            return Ok(Err(Rejected::OtherGroups));
        }
    }
    let mut imported = Imported {
        updated: i64::try_from(pictured.len()).unwrap_or(i64::MAX),
        ..Imported::default()
    };
    for (_, checked) in checked {
        take(writer, (checked, importer, &pictured), now, &mut imported).await?;
    }
    Ok(Ok(imported))
}

/// The asks that get another picture with a picture of this name; none where it may not take the place of the one of its name:
/// those that stand in rooms stay as they were approved.
async fn replaceable(
    writer: &mut Writer,
    (name, digest): (&str, &str),
    importer: Importer<'_>,
) -> store::Result<Option<Vec<Ask>>> {
    let known = writer.list_pictures().await?;
    let Some(other) = known
        .iter()
        .find(|known| known.name == name && known.digest != digest)
    else {
        return Ok(Some(Vec::new()));
    };
    let shown_with = writer.list_asks_with_picture(other.id).await?;
    let is_theirs = shown_with
        .iter()
        .all(|ask| !ask.state.is_posted() && importer.may(&ask.content.groups));
    Ok(is_theirs.then_some(shown_with))
}

/// Another picture is another ask: whoever brought it answers for it, and what was approved or sent back waits again.
async fn change_picture(writer: &mut Writer, mut ask: Ask, importer: Importer<'_>) -> store::Result<()> {
    writer.set_author(ask.id, importer.author).await?;
    if ask.state != AskState::Expired {
        ask.state = AskState::Draft;
        writer.set_ask_state(ask.id, ask.state).await?;
        settle(writer, &ask).await?;
    }
    Ok(())
}

async fn take(
    writer: &mut Writer,
    (checked, importer, pictured): (Checked, Importer<'_>, &[AskId]),
    now: Timestamp,
    imported: &mut Imported,
) -> anyhow::Result<()> {
    let mut content = checked.content;
    if let (None, Some(slug)) = (content.campaign, &checked.campaign) {
        content.campaign = make_campaign(writer, slug, now, imported).await?;
    }
    let reference = checked.reference.as_deref();
    let existing = match reference {
        Some(reference) => writer.find_ask_by_reference(reference).await?,
        None => None,
    };
    let times = (content.slot, content.closes_at);
    if let Some(ask) = &existing {
        keep_times(writer, ask, &mut content).await?;
        let is_kept = times != (content.slot, content.closes_at);
        imported.kept_times += i64::from(is_kept && !ask.state.is_posted());
        writer.set_calendar_times(ask.id, times).await?;
    }
    let id = match existing {
        None => {
            imported.added += 1;
            let id = writer.add_ask(reference, importer.author, &content, now).await?;
            writer.set_calendar_times(id, times).await?;
            id
        }
        Some(Ask {
            content: same,
            id,
            state,
            ..
        }) if same == content => {
            // One that got another picture is counted already.
            imported.unchanged += i64::from(!pictured.contains(&id));
            // What was sent back or is over stays so.
            if !matches!(state, AskState::Draft | AskState::Approved) {
                return Ok(());
            }
            id
        }
        Some(ask) if ask.state.is_posted() => {
            imported.left_alone += 1;
            return Ok(());
        }
        Some(Ask { id, .. }) => {
            imported.updated += i64::from(!pictured.contains(&id));
            writer.set_ask_content(id, &content, now).await?;
            writer.set_author(id, importer.author).await?;
            writer.set_ask_state(id, AskState::Draft).await?;
            id
        }
    };
    if let Some(ask) = writer.find_ask(id).await? {
        settle(writer, &ask).await?;
    }
    Ok(())
}

/// Makes the campaign of a row, unless an earlier row made it.
async fn make_campaign(
    writer: &mut Writer,
    slug: &str,
    now: Timestamp,
    imported: &mut Imported,
) -> store::Result<Option<CampaignId>> {
    if let Some(id) = writer.add_campaign(slug, slug, slug, now).await? {
        imported.new_campaigns.push(slug.to_owned());
        return Ok(Some(id));
    }
    let known = writer.list_campaigns().await?;
    Ok(known.into_iter().find(|one| one.slug == slug).map(|one| one.id))
}

/// Gives the calendar's content of an ask the times that coordinators gave it, where the calendar has not changed its own since.
async fn keep_times(writer: &mut Writer, ask: &Ask, content: &mut AskContent) -> store::Result<()> {
    let (slot, closes_at) = writer.load_calendar_times(ask.id).await?;
    if content.slot == slot {
        content.slot = ask.content.slot;
    }
    if content.closes_at == closes_at {
        content.closes_at = ask.content.closes_at;
    }
    Ok(())
}

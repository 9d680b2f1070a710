//! Campaigns, their goals, and the pictures that asks carry.

use jiff::Timestamp;
use sqlx::{Row, any::AnyRow, query};

use super::{Session, Writer, millis, row::Columns};
use crate::domain::{
    ask::AskKind,
    day::Day,
    id::{CampaignId, GoalId, PictureId},
    language::Language,
};

/// Asks that serve one end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// Its short name, as commands, files and links carry it.
    pub slug: String,
    /// What people call it, in French.
    title_fr: String,
    /// What people call it, in English.
    title_en: String,
}

impl Campaign {
    /// What people call it in a language.
    pub fn title(&self, language: Language) -> &str {
        match language {
            Language::French => &self.title_fr,
            Language::English => &self.title_en,
        }
    }
}

/// A number to reach within a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Its id.
    pub id: GoalId,
    /// The campaign.
    pub campaign: CampaignId,
    /// Which confirmations count; none for all.
    pub kind: Option<AskKind>,
    /// How many.
    pub target: i64,
    /// The last day.
    pub due: Day,
}

/// A picture, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPicture {
    /// Its id.
    pub id: PictureId,
    /// Its name as a file.
    pub name: String,
    /// Its type.
    pub media_type: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
}

fn campaign(row: &AnyRow) -> sqlx::Result<Campaign> {
    Ok(Campaign {
        id: CampaignId(row.integer("id")?),
        slug: row.text("slug")?,
        title_fr: row.text("title_fr")?,
        title_en: row.text("title_en")?,
    })
}

impl Session {
    /// Every campaign, by its short name.
    pub async fn list_campaigns(&mut self) -> sqlx::Result<Vec<Campaign>> {
        let rows = query("SELECT id, slug, title_fr, title_en FROM campaign ORDER BY slug")
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(campaign).collect()
    }

    /// A campaign.
    pub async fn find_campaign(&mut self, id: CampaignId) -> sqlx::Result<Option<Campaign>> {
        let row = query("SELECT id, slug, title_fr, title_en FROM campaign WHERE id = $1")
            .bind(id.0)
            .fetch_optional(self.connection())
            .await?;
        row.as_ref().map(campaign).transpose()
    }

    /// Every goal, the nearest due first.
    pub async fn list_goals(&mut self) -> sqlx::Result<Vec<Goal>> {
        let rows = query("SELECT id, campaign_id, kind, target, due_day FROM goal ORDER BY due_day, id")
            .fetch_all(self.connection())
            .await?;
        let goal = |row: &AnyRow| {
            Ok(Goal {
                id: GoalId(row.integer("id")?),
                campaign: CampaignId(row.integer("campaign_id")?),
                kind: row.optional_code("kind")?,
                target: row.integer("target")?,
                due: row.day("due_day")?,
            })
        };
        rows.iter().map(goal).collect()
    }

    /// Every picture, without its bytes.
    pub async fn list_pictures(&mut self) -> sqlx::Result<Vec<StoredPicture>> {
        let rows = query("SELECT id, name, media_type, digest FROM picture ORDER BY id")
            .fetch_all(self.connection())
            .await?;
        let picture = |row: &AnyRow| {
            Ok(StoredPicture {
                id: PictureId(row.integer("id")?),
                name: row.text("name")?,
                media_type: row.text("media_type")?,
                digest: row.text("digest")?,
            })
        };
        rows.iter().map(picture).collect()
    }

    /// The bytes of a picture.
    pub async fn load_picture_bytes(&mut self, id: PictureId) -> sqlx::Result<Vec<u8>> {
        query("SELECT bytes FROM picture WHERE id = $1")
            .bind(id.0)
            .fetch_one(self.connection())
            .await?
            .try_get("bytes")
    }
}

impl Writer {
    /// Makes a campaign; none where there is one of that short name already.
    pub async fn add_campaign(
        &mut self,
        slug: &str,
        title_fr: &str,
        title_en: &str,
        now: Timestamp,
    ) -> sqlx::Result<Option<CampaignId>> {
        let row = query(
            "INSERT INTO campaign (slug, title_fr, title_en, created_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (slug) DO NOTHING RETURNING id",
        )
        .bind(slug.to_owned())
        .bind(title_fr.to_owned())
        .bind(title_en.to_owned())
        .bind(millis(now))
        .fetch_optional(self.connection())
        .await?;
        row.map(|row| row.integer("id").map(CampaignId)).transpose()
    }

    /// Sets the goal of a campaign for one kind, or for all of them, in place of the one before.
    pub async fn set_goal(
        &mut self,
        campaign: CampaignId,
        kind: Option<AskKind>,
        target: i64,
        due: Day,
    ) -> sqlx::Result<()> {
        let kind = kind.map(AskKind::code);
        query("DELETE FROM goal WHERE campaign_id = $1 AND coalesce(kind, '') = coalesce($2, '')")
            .bind(campaign.0)
            .bind(kind)
            .execute(self.connection())
            .await?;
        query("INSERT INTO goal (campaign_id, kind, target, due_day) VALUES ($1, $2, $3, $4)")
            .bind(campaign.0)
            .bind(kind)
            .bind(target)
            .bind(due.number())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Keeps a picture, in place of the one of the same name.
    pub async fn put_picture(
        &mut self,
        name: &str,
        media_type: &str,
        digest: &str,
        bytes: &[u8],
    ) -> sqlx::Result<PictureId> {
        let row = query(
            "INSERT INTO picture (name, media_type, digest, bytes) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (name) DO UPDATE SET media_type = excluded.media_type, digest = excluded.digest, \
             bytes = excluded.bytes RETURNING id",
        )
        .bind(name.to_owned())
        .bind(media_type.to_owned())
        .bind(digest.to_owned())
        .bind(bytes.to_vec())
        .fetch_one(self.connection())
        .await?;
        Ok(PictureId(row.integer("id")?))
    }
}

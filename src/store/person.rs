//! People, their accounts and their roles.

use jiff::Timestamp;
use sqlx::{any::AnyRow, query};

use super::{Session, Writer, millis, row::Columns};
use crate::domain::{
    id::{AccountId, GroupId, PersonId},
    language::Language,
    role::{Authority, Grant, Role},
};

/// Somebody on one platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Whose it is.
    pub person: PersonId,
    /// The platform.
    pub platform: String,
    /// The platform's own id for it.
    pub external: String,
    /// The name that the platform last showed.
    pub name: String,
}

/// One human.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their language, where it is known.
    pub language: Option<Language>,
    /// Whether they chose it, rather than that their client told of it or the room where they were met.
    pub has_chosen_language: bool,
    /// Until when they asked to be left alone.
    pub paused_until: Option<Timestamp>,
    /// When they were first seen.
    pub met_at: Timestamp,
}

fn account(row: &AnyRow) -> sqlx::Result<Account> {
    Ok(Account {
        id: AccountId(row.integer("id")?),
        person: PersonId(row.integer("person_id")?),
        platform: row.text("platform")?,
        external: row.text("external_id")?,
        name: row.text("name")?,
    })
}

impl Session {
    /// The account of a platform's id.
    pub async fn find_account(&mut self, platform: &str, external: &str) -> sqlx::Result<Option<Account>> {
        let row = query(
            "SELECT id, person_id, platform, external_id, name FROM account WHERE platform = $1 AND external_id = $2",
        )
        .bind(platform.to_owned())
        .bind(external.to_owned())
        .fetch_optional(self.connection())
        .await?;
        row.as_ref().map(account).transpose()
    }

    /// The accounts of a person.
    pub async fn list_accounts(&mut self, person: PersonId) -> sqlx::Result<Vec<Account>> {
        let rows = query(
            "SELECT id, person_id, platform, external_id, name FROM account WHERE person_id = $1 ORDER BY id",
        )
        .bind(person.0)
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(account).collect()
    }

    /// Every account of a platform whose name is known, for finding somebody by what people call them.
    pub async fn list_named_accounts(&mut self, platform: &str) -> sqlx::Result<Vec<Account>> {
        let rows = query(
            "SELECT id, person_id, platform, external_id, name FROM account WHERE platform = $1 ORDER BY id LIMIT 5000",
        )
        .bind(platform.to_owned())
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(account).collect()
    }

    /// Who was granted what, by the name of their first account.
    pub async fn list_grants(&mut self) -> sqlx::Result<Vec<(String, Grant)>> {
        let rows = query(
            "SELECT a.name, g.role, g.group_id FROM role_grant g JOIN account a ON a.person_id = g.person_id \
             WHERE a.id = (SELECT min(first.id) FROM account first WHERE first.person_id = g.person_id) \
             ORDER BY a.name, a.id, g.role, g.group_id",
        )
        .fetch_all(self.connection())
        .await?;
        rows.iter()
            .map(|row| {
                let group = Some(row.integer("group_id")?).filter(|group| *group != 0);
                let grant = Grant {
                    role: row.code("role")?,
                    group: group.map(GroupId),
                };
                Ok((row.text("name")?, grant))
            })
            .collect()
    }

    /// The accounts on a platform of those who hold a role everywhere.
    pub async fn list_holders(&mut self, role: Role, platform: &str) -> sqlx::Result<Vec<Account>> {
        let rows = query(
            "SELECT a.id, a.person_id, a.platform, a.external_id, a.name FROM account a JOIN role_grant g ON g.person_id = a.person_id \
             WHERE g.role = $1 AND g.group_id = 0 AND a.platform = $2 ORDER BY a.id",
        )
        .bind(role.code())
        .bind(platform.to_owned())
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(account).collect()
    }

    /// A person.
    pub async fn find_person(&mut self, id: PersonId) -> sqlx::Result<Option<Person>> {
        let row =
            query("SELECT id, language, language_chosen, paused_until, created_at FROM person WHERE id = $1")
                .bind(id.0)
                .fetch_optional(self.connection())
                .await?;
        row.map(|row| {
            Ok(Person {
                id,
                language: row.optional_code("language")?,
                has_chosen_language: row.integer("language_chosen")? != 0,
                paused_until: row.optional_instant("paused_until")?,
                met_at: row.instant("created_at")?,
            })
        })
        .transpose()
    }

    /// A person who is there.
    pub async fn load_person(&mut self, id: PersonId) -> sqlx::Result<Person> {
        self.find_person(id).await?.ok_or(sqlx::Error::RowNotFound)
    }

    /// What a person may do.
    pub async fn load_authority(&mut self, person: PersonId) -> sqlx::Result<Authority> {
        let rows =
            query("SELECT role, group_id FROM role_grant WHERE person_id = $1 ORDER BY role, group_id")
                .bind(person.0)
                .fetch_all(self.connection())
                .await?;
        let grants = rows.iter().map(|row| {
            let group = Some(row.integer("group_id")?).filter(|group| *group != 0);
            Ok(Grant {
                role: row.code("role")?,
                group: group.map(GroupId),
            })
        });
        grants.collect::<sqlx::Result<_>>().map(Authority)
    }

    /// The name of a person: that of their first account.
    pub async fn find_name(&mut self, person: PersonId) -> sqlx::Result<Option<String>> {
        Ok(self
            .list_accounts(person)
            .await?
            .into_iter()
            .next()
            .map(|account| account.name))
    }
}

impl Writer {
    /// The account of somebody who just did something: made, with a new person, at first sight. The language is taken unless they
    /// chose one.
    pub async fn meet(
        &mut self,
        (platform, external): (&str, &str),
        name: &str,
        language: Option<Language>,
        now: Timestamp,
    ) -> sqlx::Result<Account> {
        if let Some(mut account) = self.find_account(platform, external).await? {
            if account.name != name && !name.is_empty() {
                name.clone_into(&mut account.name);
                query("UPDATE account SET name = $1 WHERE id = $2")
                    .bind(name.to_owned())
                    .bind(account.id.0)
                    .execute(self.connection())
                    .await?;
            }
            if let Some(language) = language {
                query("UPDATE person SET language = $1 WHERE id = $2 AND language_chosen = 0")
                    .bind(language.code())
                    .bind(account.person.0)
                    .execute(self.connection())
                    .await?;
            }
            return Ok(account);
        }
        let person = query("INSERT INTO person (language, created_at) VALUES ($1, $2) RETURNING id")
            .bind(language.map(Language::code))
            .bind(millis(now))
            .fetch_one(self.connection())
            .await?
            .integer("id")?;
        let id = query(
            "INSERT INTO account (person_id, platform, external_id, name) VALUES ($1, $2, $3, $4) RETURNING id",
        )
        .bind(person)
        .bind(platform.to_owned())
        .bind(external.to_owned())
        .bind(name.to_owned())
        .fetch_one(self.connection())
        .await?
        .integer("id")?;
        Ok(Account {
            id: AccountId(id),
            person: PersonId(person),
            platform: platform.to_owned(),
            external: external.to_owned(),
            name: name.to_owned(),
        })
    }

    /// Sets the language of a person's private answers, which they chose.
    pub async fn set_language(&mut self, person: PersonId, language: Language) -> sqlx::Result<()> {
        query("UPDATE person SET language = $1, language_chosen = 1 WHERE id = $2")
            .bind(language.code())
            .bind(person.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Leaves a person alone until an instant, or no longer.
    pub async fn set_pause(&mut self, person: PersonId, until: Option<Timestamp>) -> sqlx::Result<()> {
        query("UPDATE person SET paused_until = $1 WHERE id = $2")
            .bind(until.map(millis))
            .bind(person.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Gives a person a role; giving it again changes nothing.
    pub async fn grant_role(&mut self, person: PersonId, grant: Grant, now: Timestamp) -> sqlx::Result<()> {
        query(
            "INSERT INTO role_grant (person_id, role, group_id, granted_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (person_id, role, group_id) DO NOTHING",
        )
        .bind(person.0)
        .bind(grant.role.code())
        .bind(grant.group.map_or(0, |group| group.0))
        .bind(millis(now))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Takes a role back. Returns whether the person had it.
    pub async fn revoke_role(&mut self, person: PersonId, grant: Grant) -> sqlx::Result<bool> {
        let done = query("DELETE FROM role_grant WHERE person_id = $1 AND role = $2 AND group_id = $3")
            .bind(person.0)
            .bind(grant.role.code())
            .bind(grant.group.map_or(0, |group| group.0))
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// How many people hold a role everywhere.
    pub async fn count_holders(&mut self, role: Role) -> sqlx::Result<i64> {
        query("SELECT count(*) AS holders FROM role_grant WHERE role = $1 AND group_id = 0")
            .bind(role.code())
            .fetch_one(self.connection())
            .await?
            .integer("holders")
    }
}

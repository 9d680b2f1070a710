//! The application: its bot, its token, its commands.

use serde_json::{Value, json};

use super::{snowflake::Id, state::State};

/// What the developer portal holds.
pub struct Application {
    pub id: Id,
    pub bot: Id,
    pub owner: Id,
    pub token: String,
    /// The privileged intents that are switched on.
    pub privileged: u64,
    pub commands: Vec<Value>,
}

impl Application {
    pub fn new(id: Id, bot: Id, owner: Id) -> Self {
        Self {
            id,
            bot,
            owner,
            token: format!("MTA{id}.Gmodel.{bot}-token-of-the-model"),
            privileged: 0,
            commands: Vec::new(),
        }
    }
}

impl State {
    /// The bot's user.
    pub fn bot(&self) -> &Value {
        &self.users[&self.application.bot]
    }

    /// What `/applications/@me` says.
    pub fn application(&self) -> Value {
        json!({
            "id": self.application.id,
            "name": "Relais",
            "icon": null,
            "description": "",
            "type": null,
            "bot": self.bot(),
            "bot_public": true,
            "bot_require_code_grant": false,
            "verify_key": "0".repeat(64),
            "flags": 0,
            "flags_new": "0",
            "redirect_uris": [],
            "interactions_endpoint_url": null,
            "role_connections_verification_url": null,
            "owner": self.users[&self.application.owner],
            "approximate_guild_count": self.guilds.len(),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": null,
            "eligible_oauth2_scopes": [],
        })
    }
}

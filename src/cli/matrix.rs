//! `relais matrix`: the account on a homeserver.

use anyhow::Context;
use clap::{Args, Subcommand};
use tokio::sync::mpsc;

use super::start;
use crate::{
    chat::{
        Event,
        matrix::{self, Account, Connection, Matrix, Secret},
    },
    config::{Config, Sources},
};

/// How `relais matrix` is used, beneath its help.
pub const AFTER_HELP: &str = "\
The account is the one that the section [matrix] of the configuration names.

Examples:
  relais matrix login";

/// Look after the Matrix account.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub what: What,
}

/// What to do.
#[derive(Debug, Clone, Subcommand)]
pub enum What {
    /// Log in once, with the password that `matrix.password_file` names; `relais run` goes on with that session ever after.
    Login,
}

impl Arguments {
    /// Does it.
    pub async fn execute(self, sources: &Sources) -> anyhow::Result<()> {
        let config = start(sources)?;
        let What::Login = self.what;
        let account = account(&config)?.context("the configuration names no account: matrix.account")?;
        let (events, _happened) = mpsc::channel(1);
        matrix::connect(&account, secret(&config).as_ref(), events).await?;
        println!(
            "{} is logged in; the session is in {}",
            account.user,
            account.folder.display()
        );
        Ok(())
    }
}

/// Connects to the homeserver of the configured account; none where none is configured.
pub async fn connect(
    config: &Config,
    events: mpsc::Sender<Event>,
) -> anyhow::Result<Option<(Matrix, Connection)>> {
    let Some(account) = account(config)? else {
        return Ok(None);
    };
    let connected = matrix::connect(&account, secret(config).as_ref(), events).await;
    Ok(Some(connected.context("connecting to Matrix")?))
}

fn secret(config: &Config) -> Option<Secret> {
    config.matrix.password().cloned().map(Secret::Password)
}

fn account(config: &Config) -> anyhow::Result<Option<Account>> {
    let Some(id) = &config.matrix.account else {
        return Ok(None);
    };
    let user = id.as_str().try_into().context("matrix.account")?;
    let homeserver = config.matrix.homeserver.clone();
    let admins = config.organisation.first_admin.iter();
    let admins = admins.filter(|admin| admin.platform == matrix::NAME);
    let admins = admins.map(|admin| admin.account.clone());
    Ok(Some(Account {
        homeserver: homeserver.unwrap_or_else(|| id.server().to_owned()),
        user,
        folder: config.matrix.folder.clone(),
        invited_by: config.matrix.invited_by.iter().cloned().chain(admins).collect(),
    }))
}

//! `relais matrix`: the account on a homeserver.

mod terminal;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use matrix::{Account, Begins, Connection, Emoji, Matrix, Recovery, RecoveryFailure, Secret, Session};
use secrecy::ExposeSecret;
use tokio::sync::mpsc;

use super::start;
use crate::{
    chat::{Event, matrix},
    config::{Config, Sources},
};

/// How `relais matrix` is used, beneath its help.
pub const AFTER_HELP: &str = "\
The account is the one that the section [matrix] of the configuration names. Stop the service first: one process at a time can use the \
account's keys.

Examples:
  relais matrix login
  relais matrix verify @marie:example.org
  relais matrix recovery-key";

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
    /// Log in once; `relais run` goes on with that session ever after.
    ///
    /// The password or the access token comes from the file that the configuration names; else the password is asked for. The first login
    /// makes the account's recovery key and shows it once; on a new machine, or where the keys were lost, it takes that key.
    Login,
    /// Compare emoji with somebody, whose client then trusts the account.
    Verify(Verify),
    /// Make a new recovery key, after which the old one is worth nothing.
    RecoveryKey(RecoveryKey),
    /// End the session on the server, and remove it and its keys from this machine.
    Logout,
}

/// Compare emoji with somebody, whose client then trusts the account.
#[derive(Debug, Clone, Args)]
pub struct Verify {
    /// With whom; else with the first admin on Matrix that the configuration names.
    pub account: Option<String>,
    /// Begin here, rather than wait for them to begin in their client.
    #[arg(long)]
    pub begin: bool,
}

/// Make a new recovery key.
#[derive(Debug, Clone, Args)]
pub struct RecoveryKey {
    /// Give the account a new identity too, where the recovery key is lost. Whoever had verified the account must do so again, and what was written
    /// before stays unreadable.
    #[arg(long)]
    pub new_identity: bool,
}

impl Arguments {
    /// Does it.
    pub async fn execute(self, sources: &Sources) -> anyhow::Result<()> {
        let config = start(sources)?;
        let account = account(&config)?.context("the configuration names no account: matrix.account")?;
        match self.what {
            What::Login => log_in(&config, &account).await,
            What::Verify(arguments) => arguments.execute(&config, &account).await,
            What::RecoveryKey(arguments) => arguments.execute(&config, &account).await,
            What::Logout => log_out(&account).await,
        }
    }
}

async fn log_in(config: &Config, account: &Account) -> anyhow::Result<()> {
    let secret = match secret(config) {
        None if !Session::is_kept(account)? => {
            let question = format!("Password of {}: ", account.user);
            let password = terminal::ask_secret(question).await?;
            let password = password.context(
                "there is no terminal to ask for the password on: name its file as `matrix.password_file`",
            )?;
            Some(Secret::Password(password))
        }
        secret => secret,
    };
    let session = Session::open(account, secret.as_ref()).await?;
    println!(
        "{} is logged in; the session is in {}",
        account.user,
        account.folder.display()
    );
    let recovered = session.recover(ask_key).await;
    show(&recovered.context("the session is good, but the account is not recovered")?);
    Ok(())
}

impl Verify {
    async fn execute(self, config: &Config, account: &Account) -> anyhow::Result<()> {
        let mut admins = admins(config);
        let with = self.account.or_else(|| admins.next());
        let with = with.context("the configuration names no admin on Matrix: say with whom")?;
        let user = matrix::user_id(&with).with_context(|| format!("{with:?} is no Matrix account"))?;
        let session = Session::open(account, None).await?;
        session.recover(ask_key).await?;
        let begins = if self.begin {
            println!(
                "{with} is asked to verify {}: they accept in their client.",
                account.user
            );
            Begins::We
        } else {
            println!(
                "Waiting for {with}: in their client, they open the profile of {} and verify it by emoji.",
                account.user
            );
            Begins::They
        };
        session
            .verify(&user, begins, async |emoji| compare(emoji).await)
            .await?;
        println!("{} and {with} are verified.", account.user);
        Ok(())
    }
}

/// Shows the emoji and asks whether they are the same.
async fn compare(emoji: &[Emoji; 7]) -> bool {
    println!("Both sides must show the same, in this order:");
    for Emoji { symbol, description } in emoji {
        println!("  {symbol}  {description}");
    }
    // Whoever cannot answer has not seen that they are the same.
    let answer = terminal::ask("Are they the same? (yes/no) ").await;
    answer.is_ok_and(|answer| matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

impl RecoveryKey {
    async fn execute(self, config: &Config, account: &Account) -> anyhow::Result<()> {
        let session = Session::open(account, None).await?;
        let made = if self.new_identity {
            match session.make_new_identity(config.matrix.password()).await {
                Err(RecoveryFailure::PasswordWanted) => {
                    let question = format!("Password of {}: ", account.user);
                    let password = terminal::ask_secret(question).await?;
                    session.make_new_identity(password.as_ref()).await?
                }
                made => made?,
            }
        } else {
            session.make_recovery_key(ask_key).await?
        };
        show(&made);
        Ok(())
    }
}

async fn log_out(account: &Account) -> anyhow::Result<()> {
    if !Session::log_out(account).await? {
        bail!("there is no Matrix session in {}", account.folder.display());
    }
    println!(
        "The session of {} is ended, and it and its keys are removed from {}. The account stays in its rooms, and its recovery key stays \
         good: `relais matrix login` begins anew with it.",
        account.user,
        account.folder.display()
    );
    Ok(())
}

async fn ask_key() -> Option<secrecy::SecretString> {
    terminal::ask_secret("Recovery key of the account: ".to_owned())
        .await
        .ok()
        .flatten()
}

/// Says how the account stands. A key that was made is shown here and never again.
fn show(recovery: &Recovery) {
    match recovery {
        Recovery::Ready => println!("This device is verified, and reads what the account can read."),
        Recovery::Recovered => {
            println!(
                "The recovery key is right: this device is verified, and reads what was written before it."
            );
        }
        Recovery::Written(file) => println!(
            "The recovery key of the account is in {}. Copy it to a safe place that is not on this machine: whoever loses the keys needs it, \
             and whoever has it reads the rooms.",
            file.display()
        ),
        Recovery::Made(key) => show_key(key),
        Recovery::Unkept(key, file, error) => {
            println!("{} could not be written: {error}.", file.display());
            show_key(key);
        }
    }
}

fn show_key(key: &secrecy::SecretString) {
    println!(
        "This is the recovery key of the account. It is shown once: keep it in a safe place that is not on this machine. Whoever loses \
         the keys needs it, and whoever has it reads the rooms.\n\n  {}\n",
        key.expose_secret()
    );
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
    let token = config.matrix.access_token().cloned().map(Secret::AccessToken);
    token.or_else(|| config.matrix.password().cloned().map(Secret::Password))
}

/// The admins that the configuration names on Matrix.
fn admins(config: &Config) -> impl Iterator<Item = String> {
    let admins = config.organisation.first_admin.iter();
    admins
        .filter(|admin| admin.platform == matrix::NAME)
        .map(|admin| admin.account.clone())
}

fn account(config: &Config) -> anyhow::Result<Option<Account>> {
    let Some(id) = &config.matrix.account else {
        return Ok(None);
    };
    let user = id.as_str().try_into().context("matrix.account")?;
    let homeserver = config.matrix.homeserver.clone();
    Ok(Some(Account {
        homeserver: homeserver.unwrap_or_else(|| id.server().to_owned()),
        user,
        folder: config.matrix.folder.clone(),
        recovery_key_file: config.matrix.recovery_key().map(ToOwned::to_owned),
        invited_by: config
            .matrix
            .invited_by
            .iter()
            .cloned()
            .chain(admins(config))
            .collect(),
    }))
}

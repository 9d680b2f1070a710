//! What is asked of the operator.

use std::io::{self, IsTerminal, Write};

use anyhow::Context;
use secrecy::SecretString;

/// Asks for something that must not be seen. None where there is no terminal.
pub async fn ask_secret(question: String) -> anyhow::Result<Option<SecretString>> {
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    let asked = tokio::task::spawn_blocking(move || rpassword::prompt_password(question));
    let typed = asked.await?.context("asking on the terminal")?;
    Ok(Some(typed.into()))
}

/// Asks a question, and gives the line that was typed.
pub async fn ask(question: &str) -> io::Result<String> {
    print!("{question}");
    io::stdout().flush()?;
    let asked = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        io::stdin().read_line(&mut line)?;
        Ok(line)
    });
    asked.await.map_err(io::Error::other)?
}

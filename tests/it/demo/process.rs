//! The binary as a process: started, sent signals, waited for.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
};

use tokio::{
    io::AsyncWriteExt,
    net::TcpStream,
    process::{Child, Command},
    time::timeout,
};

use super::PATIENCE;

/// Runs the binary with nothing of this process's environment, its log beside its data.
pub fn relais(data: &Path) -> Command {
    let log = File::options()
        .create(true)
        .append(true)
        .open(log_of(data))
        .unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    command
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .kill_on_drop(true);
    command
}

fn log_of(data: &Path) -> PathBuf {
    data.with_extension("log")
}

/// What the processes on this file had to say to their operator.
pub fn log(data: &Path) -> String {
    fs::read_to_string(log_of(data)).unwrap_or_default()
}

/// A demo of no crowd, not yet waited for.
pub fn launch(data: &Path, more: &[&str]) -> Child {
    let file = data.display().to_string();
    let mut command = relais(data);
    command.args(["demo", "--data", &file, "--port", "0", "--crowd", "0"]);
    command.args(more).spawn().unwrap()
}

/// The URL of the database in a file.
pub fn database(data: &Path) -> String {
    format!("sqlite://{}", data.display())
}

/// Sends a process a signal. The shell knows how to wherever there is a shell.
pub async fn signal(id: u32, name: &str) {
    let kill = format!("kill -{name} {id}");
    assert!(
        Command::new("sh")
            .args(["-c", &kill])
            .status()
            .await
            .unwrap()
            .success()
    );
}

/// Waits for the end of a process.
pub async fn ended(child: &mut Child) -> ExitStatus {
    timeout(PATIENCE, child.wait())
        .await
        .expect("the process does not end")
        .unwrap()
}

/// Begins a request and never ends it.
pub async fn begin_a_request(port: u16, beginning: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(beginning.as_bytes()).await.unwrap();
    stream
}

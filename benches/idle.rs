//! How much memory the demo holds while nothing happens: the released binary, its organisation and its crowd, and a page that is open.

mod common;

use std::{
    fs,
    io::{BufRead, BufReader, Lines, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, ExitCode, Stdio},
    time::Duration,
};

use anyhow::Context;
use common::judge;

/// The most it may hold, in MB.
const MOST: f64 = 30.0;
/// How long nothing happens before it is looked at, and how often after that.
const IDLE: Duration = Duration::from_secs(10);
const TIMES: usize = 5;

fn main() -> ExitCode {
    common::run(bench())
}

async fn bench() -> anyhow::Result<bool> {
    let folder = tempfile::tempdir().context("making a folder")?;
    let data = folder.path().join("demo.db");
    let mut held = Vec::new();
    // The first start makes the organisation, and the second one finds it.
    for start in ["the first start", "a later start"] {
        let demo = Demo::start(&data)?;
        let page = demo.open_page()?;
        let mut most: f64 = 0.0;
        for _ in 0..TIMES {
            tokio::time::sleep(IDLE / u32::try_from(TIMES)?).await;
            most = most.max(demo.resident()?);
        }
        drop(page);
        println!("     {most:.1} MB after {start}");
        held.push(most);
    }
    let most = held.into_iter().fold(0.0, f64::max);
    Ok(judge(
        "idle memory of the demo",
        most < MOST,
        &format!("{most:.1} MB"),
        &format!("under {MOST} MB"),
    ))
}

/// A demo that runs. Dropping it kills it.
struct Demo {
    child: Child,
    /// What it says; a pipe that nobody holds would stop it.
    _told: Lines<BufReader<ChildStdout>>,
    /// Where its page is: `127.0.0.1:PORT`.
    address: String,
    token: String,
}

impl Demo {
    fn start(data: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_relais"))
            .args(["demo", "--port", "0", "--at", "2026-11-23T08:00", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("starting the demo")?;
        let mut told = BufReader::new(child.stdout.take().context("its output is piped")?).lines();
        let page = told.find_map(|line| {
            let line = line.ok()?;
            let (_, url) = line.split_once("http://")?;
            let (address, token) = url.trim().split_once("/?token=")?;
            Some((address.to_owned(), token.to_owned()))
        });
        let (address, token) = page.context("the demo tells where its page is")?;
        Ok(Self {
            child,
            _told: told,
            address,
            token,
        })
    }

    /// Opens the stream of a page and leaves it open.
    fn open_page(&self) -> anyhow::Result<TcpStream> {
        let Self { address, token, .. } = self;
        let port = address.rsplit_once(':').context("an address has a port")?.1;
        let mut page = TcpStream::connect(address)?;
        write!(
            page,
            "GET /events HTTP/1.1\r\nHost: {address}\r\nCookie: relais-{port}={token}\r\n\r\n"
        )?;
        let mut heard = [0; 12];
        page.read_exact(&mut heard)?;
        anyhow::ensure!(&heard == b"HTTP/1.1 200", "the page opens");
        Ok(page)
    }

    /// The memory that is its own or shared, in MB, as the kernel counts it.
    fn resident(&self) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .context("only Linux tells the memory of a process")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB"));
        let kib: f64 = kib.context("a process has memory")?.trim().parse()?;
        Ok(kib * 1024.0 / 1e6)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

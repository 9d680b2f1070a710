//! A disk that is soon full.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use tokio::process::Command;

/// A small disk of one's own, in memory. It goes when this goes.
pub struct Disk(pub PathBuf);

impl Disk {
    /// None where this process may not have one, which is said aloud.
    pub async fn mount(folder: &Path) -> Option<Self> {
        let place = folder.join("disk");
        fs::create_dir(&place).unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
            .arg(&place)
            .output()
            .await;
        if !mount.is_ok_and(|mount| mount.status.success()) {
            eprintln!("SKIPPED on a full disk: this process may not mount a small one");
            return None;
        }
        Some(Self(place))
    }

    /// Fills it to the last byte, and returns the file to remove.
    pub fn fill(&self) -> PathBuf {
        let name = self.0.join("filler");
        let mut file = File::create(&name).unwrap();
        while file.write_all(&[0; 1024]).is_ok() {}
        name
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // What still has it open keeps it until it ends.
        let _ = std::process::Command::new("umount")
            .arg("--lazy")
            .arg(&self.0)
            .status();
    }
}

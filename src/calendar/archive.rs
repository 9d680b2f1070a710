//! How much a workbook holds, found out before it is opened.
//!
//! A workbook is a zip archive of XML, and ten megabytes of one may unpack to ten gigabytes. calamine unpacks what it needs into
//! memory, and makes room for as many texts as the file claims to have. So every entry is unpacked here first, up to a
//! limit, and thrown away.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Unreadable;

/// The most that may come out of a workbook, in bytes: several times what the longest calendar needs.
const UNPACKED_MAX: usize = 32 * 1024 * 1024;
/// The attribute by which a workbook claims how many texts it has, for which room is made at once.
const CLAIM: &[u8] = b"uniqueCount";
/// The most digits of that number: a million texts make 24 MB of room.
const CLAIM_DIGITS_MAX: usize = 6;

/// Refuses a workbook that holds more than it should, or claims to.
pub(super) fn measure(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::BrokenWorkbook)?;
    let mut left = UNPACKED_MAX;
    let mut unpacked = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| Unreadable::BrokenWorkbook)?;
        unpacked.clear();
        entry
            .take(left as u64 + 1)
            .read_to_end(&mut unpacked)
            .map_err(|_| Unreadable::BrokenWorkbook)?;
        left = left.checked_sub(unpacked.len()).ok_or(Unreadable::TooLarge)?;
        if claims_too_much(&unpacked) {
            return Err(Unreadable::TooLarge);
        }
    }
    Ok(())
}

fn claims_too_much(entry: &[u8]) -> bool {
    entry
        .windows(CLAIM.len())
        .enumerate()
        .filter(|(_, window)| *window == CLAIM)
        .any(|(at, _)| {
            let claimed = entry[at + CLAIM.len()..].iter().take_while(|byte| **byte != b'>');
            let value = claimed.skip_while(|byte| !byte.is_ascii_digit());
            value.take_while(|byte| byte.is_ascii_digit()).count() > CLAIM_DIGITS_MAX
        })
}

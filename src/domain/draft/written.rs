//! An ask's content, written as somebody would type it: what a form shows of an ask that is to be edited.

use jiff::civil::DateTime;

use super::{Checked, Draft, DraftField, Known};
use crate::domain::{ask::Target, slot::Slot};

impl Draft {
    /// The draft of which [`check`](super::check) makes this content again, as far as the names are known. A slot that is no
    /// single day and time has no place in a draft: whoever edits such an ask keeps its slot.
    pub fn of(checked: &Checked, known: &Known<'_>) -> Self {
        let content = &checked.content;
        let mut draft = Self::default();
        let lines = [
            (DraftField::Ref, checked.reference.clone()),
            (DraftField::Campaign, checked.campaign.clone()),
            (DraftField::Kind, Some(content.kind.code().to_owned())),
            (DraftField::Link, content.link.clone()),
            (DraftField::Hashtags, Some(content.hashtags.join(" "))),
            (
                DraftField::Image,
                content.picture.and_then(|id| name_of(known.pictures, id)),
            ),
            (
                DraftField::Groups,
                Some(joined(
                    content.groups.iter().filter_map(|id| name_of(known.groups, *id)),
                )),
            ),
            (
                DraftField::Networks,
                Some(joined(content.networks.iter().map(ToString::to_string))),
            ),
            (
                DraftField::Target,
                Some(joined(content.targets.iter().map(target))),
            ),
            (
                DraftField::Closes,
                content
                    .closes_at
                    .map(|at| moment(at.to_zoned(known.zone.clone()).datetime())),
            ),
        ];
        for (field, line) in lines {
            draft.set(field, line.unwrap_or_default());
        }
        for (language, wording) in &content.wordings {
            draft.set(DraftField::wording(*language), &wording.text);
            draft.set(
                DraftField::script(*language),
                wording.script.as_deref().unwrap_or_default(),
            );
            draft.set(
                DraftField::alt(*language),
                wording.alt.as_deref().unwrap_or_default(),
            );
        }
        if let Some(Slot::Once(when)) = content.slot {
            draft.set(DraftField::Date, when.date().to_string());
            draft.set(DraftField::Time, when.strftime("%H:%M").to_string());
        }
        draft
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

fn name_of<T: Copy + PartialEq>(known: &[(String, T)], id: T) -> Option<String> {
    known
        .iter()
        .find(|(_, own)| *own == id)
        .map(|(name, _)| name.clone())
}

fn moment(when: DateTime) -> String {
    when.strftime("%Y-%m-%d %H:%M").to_string()
}

fn target(target: &Target) -> String {
    match target {
        Target::Number { name, number } => format!("{name}: {}", number.replace(";ext=", " ext. ")),
        Target::Representative { jurisdiction } => jurisdiction.clone(),
    }
}

//! What was typed → what it names, or the refusal that says what may be typed instead.

use jiff::tz::TimeZone;

use super::{Context, Stop, draft_words::impossible, parser::NUMBER_MARKS};
use crate::{
    chat::Space,
    domain::{
        ask::{Ask, AskKind},
        day::Day,
        draft::{self, Problem},
        id::{AskId, GroupId},
        language::{Language, RoomLanguage},
        role::Role,
        room::{Purpose, Room},
        text::{clean_line, folded, nearest, shortened},
    },
    i18n::Voice,
    store::{Account, Campaign, Session},
};

/// What was typed, as a refusal may repeat it.
pub(super) fn given(text: &str) -> String {
    shortened(&clean_line(text), 60)
}

/// The number in `#12`, `12`, `nº 12`, `no. 12`.
pub(super) fn number_of(text: &str) -> Option<AskId> {
    let typed = folded(text.trim());
    let marked = NUMBER_MARKS.iter().find_map(|mark| typed.strip_prefix(mark));
    let digits = marked.unwrap_or(&typed).trim_start();
    let digits = digits.strip_prefix('#').unwrap_or(digits);
    digits.trim().parse().ok().filter(|number| *number > 0).map(AskId)
}

/// The number in `1000`, `1 000`, `1,000`, `1.000`; none in `1.5`.
fn whole_number(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text
        .trim()
        .split([' ', ',', '.', '\'', '’', '\u{A0}', '\u{202F}'])
        .collect();
    let are_digits = parts
        .iter()
        .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let are_thousands = parts.iter().skip(1).all(|part| part.len() == 3);
    (are_digits && are_thousands).then(|| parts.concat().parse().ok())?
}

impl Context<'_> {
    /// The ask that was named.
    pub async fn ask(&self, session: &mut Session, text: &str) -> Result<Ask, Stop> {
        let found = match number_of(text) {
            Some(id) => session.find_ask(id).await?,
            None => session.find_ask_by_reference(&folded(text)).await?,
        };
        found.ok_or_else(|| self.no_such_ask(text))
    }

    /// The refusal of an ask that is not there: it names what the person may type to see those that are.
    pub fn no_such_ask(&self, text: &str) -> Stop {
        let voice = self.voice();
        Stop::Refusal(
            if self
                .authority_so_far()
                .is_some_and(|held| held.has(Role::Coordinator))
            {
                voice.refusal_no_such_ask(given(text))
            } else {
                voice.refusal_no_such_ask_today(given(text))
            },
        )
    }

    /// Whether « on » was typed rather than « off ».
    pub fn switch(&self, text: &str) -> Result<bool, Stop> {
        let voices = self.app.voices.all();
        let is = |word: fn(&Voice) -> String| {
            voices
                .iter()
                .any(|voice| folded(&word(voice)) == folded(text.trim()))
        };
        match (is(|voice| voice.value_on()), is(|voice| voice.value_off())) {
            (true, _) => Ok(true),
            (_, true) => Ok(false),
            _ => {
                let voice = self.voice();
                let known = voice.list([voice.value_on(), voice.value_off()]);
                Err(Stop::Refusal(voice.refusal_no_such_value(given(text), known)))
            }
        }
    }

    /// The ask that was named, where the person coordinates all of its groups.
    pub async fn own_ask(&self, session: &mut Session, text: &str) -> Result<Ask, Stop> {
        let ask = self.ask(session, text).await?;
        self.require_groups(session, &ask.content.groups).await?;
        Ok(ask)
    }

    /// The campaign that was named.
    pub async fn campaign(&self, session: &mut Session, text: &str) -> Result<Campaign, Stop> {
        let refusal = |given: String| self.voice().refusal_no_such_campaign(given);
        self.campaign_or(session, text, refusal).await
    }

    /// The campaign that was named, or this refusal where none is near to it.
    pub async fn campaign_or(
        &self,
        session: &mut Session,
        text: &str,
        refusal: impl FnOnce(String) -> String,
    ) -> Result<Campaign, Stop> {
        let campaigns = session.list_campaigns().await?;
        let wanted = folded(text.trim());
        let voice = self.voice();
        let is_wanted = |campaign: &&Campaign| {
            let titles = [
                campaign.title(Language::French),
                campaign.title(Language::English),
            ];
            campaign.slug == wanted || titles.into_iter().any(|title| folded(title) == wanted)
        };
        if let Some(campaign) = campaigns.iter().find(is_wanted) {
            return Ok(campaign.clone());
        }
        let near = nearest(&wanted, campaigns.iter().map(|campaign| campaign.slug.as_str()));
        Err(Stop::Refusal(match near {
            Some(near) => voice.refusal_no_such_campaign_nearest(given(text), near),
            None => refusal(given(text)),
        }))
    }

    /// The group that was named.
    pub async fn group(&self, session: &mut Session, text: &str) -> Result<GroupId, Stop> {
        let groups = session.list_groups().await?;
        let wanted = folded(text.trim());
        if let Some((id, _)) = groups.iter().find(|(_, name)| folded(name) == wanted) {
            return Ok(*id);
        }
        let voice = self.voice();
        let names = || groups.iter().map(|(_, name)| name.as_str());
        Err(Stop::Refusal(match nearest(&wanted, names()) {
            _ if groups.is_empty() => voice.refusal_no_groups(given(text)),
            Some(near) => voice.refusal_no_such_group_nearest(given(text), near),
            None => voice.refusal_no_such_group(given(text), voice.list(names())),
        }))
    }

    /// The group that was named, where one was.
    pub async fn optional_group(
        &self,
        session: &mut Session,
        text: Option<&str>,
    ) -> Result<Option<GroupId>, Stop> {
        match text {
            Some(text) => self.group(session, text).await.map(Some),
            None => Ok(None),
        }
    }

    /// The linked room that was named, by the platform's id or by its name.
    pub async fn room_named(&self, session: &mut Session, text: &str) -> Result<Room, Stop> {
        let rooms = session.list_rooms().await?;
        if let Some(room) = rooms.iter().find(|room| room.address.room == text.trim()) {
            return Ok(room.clone());
        }
        let wanted = folded(text.trim());
        let mut found = rooms.iter().filter(|room| folded(&room.name) == wanted);
        let voice = self.voice();
        match (found.next(), found.next()) {
            (Some(room), None) => Ok(room.clone()),
            (Some(_), Some(_)) => Err(Stop::Refusal(voice.refusal_several_rooms(given(text)))),
            (None, _) => Err(Stop::Refusal(voice.refusal_no_such_room(given(text)))),
        }
    }

    /// The space that was named, by the platform's id, its alias or its name.
    pub async fn space_named(&self, text: &str) -> Result<Space, Stop> {
        let spaces = match self.app.platform(self.platform()) {
            Some(platform) => platform.spaces().await,
            None => Vec::new(),
        };
        let given_id = text.trim();
        let is_it =
            |space: &&Space| space.address.room == given_id || space.alias.as_deref() == Some(given_id);
        if let Some(space) = spaces.iter().find(is_it) {
            return Ok(space.clone());
        }
        let wanted = folded(given_id);
        let mut found = spaces.iter().filter(|space| folded(&space.name) == wanted);
        let voice = self.voice();
        match (found.next(), found.next()) {
            (Some(space), None) => Ok(space.clone()),
            (Some(_), Some(_)) => Err(Stop::Refusal(voice.refusal_several_rooms(given(text)))),
            (None, _) if spaces.is_empty() => Err(Stop::Refusal(voice.room_no_spaces(given(text)))),
            (None, _) => {
                let known = voice.list(spaces.iter().map(|space| space.name.clone()));
                Err(Stop::Refusal(voice.room_no_such_space(given(text), known)))
            }
        }
    }

    /// The account of the person who was named, on the platform where the command was typed.
    pub async fn account_named(&self, session: &mut Session, text: &str) -> Result<Account, Stop> {
        let wanted = text.trim().trim_start_matches('@');
        let platform = &self.place.address.platform;
        let mentioned = self
            .app
            .platform(platform)
            .and_then(|platform| platform.account_named(text));
        let account = mentioned.as_deref().unwrap_or_else(|| text.trim());
        if let Some(account) = session.find_account(platform, account).await? {
            return Ok(account);
        }
        let folded_name = folded(wanted);
        let named = session.list_named_accounts(platform).await?;
        let mut found = named
            .into_iter()
            .filter(|account| folded(&account.name) == folded_name || account.external == wanted);
        match (found.next(), found.next()) {
            (Some(account), None) => Ok(account),
            (None, _) => Err(Stop::Refusal(self.voice().refusal_no_such_person(given(text)))),
            (Some(_), Some(_)) => Err(Stop::Refusal(self.voice().refusal_several_people(given(text)))),
        }
    }

    /// One of the values of an enum, by its code or by what either language calls it.
    fn value<T: Copy>(
        &self,
        text: &str,
        all: &[T],
        code: fn(T) -> &'static str,
        name: fn(&Voice, T) -> String,
    ) -> Result<T, Stop> {
        let wanted = folded(text.trim());
        let voices = self.app.voices.all();
        let is_wanted = |value: &&T| {
            folded(code(**value)) == wanted
                || voices.iter().any(|voice| folded(&name(voice, **value)) == wanted)
        };
        all.iter().find(is_wanted).copied().ok_or_else(|| {
            let voice = self.voice();
            let known = voice.list(all.iter().map(|value| name(voice, *value)));
            Stop::Refusal(voice.refusal_no_such_value(given(text), known))
        })
    }

    /// A language.
    pub fn language_named(&self, text: &str) -> Result<Language, Stop> {
        self.value(text, Language::ALL, Language::code, |voice, language| {
            voice.value_language(language.code())
        })
    }

    /// What a room reads.
    pub fn room_language(&self, text: &str) -> Result<RoomLanguage, Stop> {
        self.value(text, RoomLanguage::ALL, RoomLanguage::code, |voice, value| {
            voice.value_language(value.code())
        })
    }

    /// What a room is for.
    pub fn purpose(&self, text: &str) -> Result<Purpose, Stop> {
        self.value(text, Purpose::ALL, Purpose::code, |voice, purpose| {
            voice.value_purpose(purpose.code())
        })
    }

    /// A role that can be given: everybody is a volunteer already.
    pub fn role(&self, text: &str) -> Result<Role, Stop> {
        const GIVEN: &[Role] = &[Role::Leader, Role::Coordinator, Role::Admin];
        self.value(text, GIVEN, Role::code, |voice, role| {
            voice.value_role(role.code())
        })
    }

    /// The kind of an ask.
    pub fn ask_kind(&self, text: &str) -> Result<AskKind, Stop> {
        self.value(text, AskKind::ALL, AskKind::code, |voice, kind| {
            voice.value_kind(kind.code())
        })
    }

    /// A number above zero, with or without separators between its thousands.
    pub fn count(&self, text: &str) -> Result<i64, Stop> {
        let count = whole_number(text).filter(|count| (1..=1_000_000_000).contains(count));
        count.ok_or_else(|| Stop::Refusal(self.voice().refusal_not_a_number(given(text))))
    }

    /// A day such as `2026-12-15`.
    pub fn day(&self, text: &str) -> Result<Day, Stop> {
        let refusal = || self.voice().refusal_not_a_day(given(text));
        let date = draft::day(text);
        date.map(Day::from)
            .map_err(|problem| Stop::Refusal(self.no_such_day(&problem).unwrap_or_else(refusal)))
    }

    /// The refusal of a day that no calendar has; none where what was typed is wrong otherwise.
    fn no_such_day(&self, problem: &Problem) -> Option<String> {
        let Problem::NoSuchDay { year, month, day } = problem else {
            return None;
        };
        let voice = self.voice();
        Some(voice.refusal_no_such_day(impossible(voice, *year, *month, *day)))
    }

    /// A time zone.
    pub fn zone_named(&self, text: &str) -> Result<String, Stop> {
        let zone = TimeZone::get(text.trim()).ok();
        let name = zone.as_ref().and_then(TimeZone::iana_name).map(str::to_owned);
        name.ok_or_else(|| Stop::Refusal(self.voice().refusal_no_such_zone(given(text))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ask_is_named_as_people_name_it() {
        for text in [
            "12",
            "#12",
            "nº 12",
            "no. 12",
            " No 12 ",
            "n° 12",
            "numéro 12",
            "no 12",
            "nº12",
        ] {
            assert_eq!(number_of(text), Some(AskId(12)), "{text}");
        }
        for text in ["", "#", "0", "-3", "twelve", "12b", "nombre 12"] {
            assert_eq!(number_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_has_separators_between_its_thousands_alone() {
        for text in ["1000", "1 000", "1,000", "1.000", "1\u{202F}000", " 1’000 "] {
            assert_eq!(whole_number(text), Some(1_000), "{text}");
        }
        for text in [
            "",
            "1.5",
            "1,50",
            "-3",
            "+3",
            "dix",
            "1 0000",
            "99999999999999999999",
        ] {
            assert_eq!(whole_number(text), None, "{text}");
        }
    }
}

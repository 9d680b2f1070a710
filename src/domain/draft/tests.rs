//! Tables of drafts and what is wrong with them, and what holds of any draft.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::domain::{
    ask::{AskKind, Target},
    network::Network,
    slot::Slot,
};
use DraftField::{
    AltEn, AltFr, Campaign, Closes, Date, Groups, Hashtags, Image, Kind, Link, Networks, Ref, ScriptFr, Time,
    WordingEn, WordingFr,
};

/// An organisation in Montréal, with two groups, a campaign and a picture.
struct Organisation {
    groups: Vec<(String, GroupId)>,
    campaigns: Vec<(String, CampaignId)>,
    pictures: Vec<(String, PictureId)>,
    zone: TimeZone,
}

impl Organisation {
    fn new() -> Self {
        Self {
            groups: vec![("Montréal".into(), GroupId(1)), ("laval".into(), GroupId(2))],
            campaigns: vec![("halte".into(), CampaignId(7))],
            pictures: vec![("temoignage.png".into(), PictureId(3))],
            zone: TimeZone::get("America/Montreal").unwrap(),
        }
    }

    fn known(&self) -> Known<'_> {
        Known {
            groups: &self.groups,
            campaigns: &self.campaigns,
            pictures: &self.pictures,
            zone: &self.zone,
        }
    }

    fn check(&self, draft: &Draft) -> Result<Checked, Vec<Mistake>> {
        check(draft, &self.known())
    }
}

/// A good share, with these fields typed otherwise.
fn share(changes: &[(DraftField, &str)]) -> Draft {
    let mut draft: Draft = [(Kind, "share"), (WordingFr, "Relayez."), (WordingEn, "Share.")]
        .into_iter()
        .collect();
    for (field, value) in changes {
        draft.set(*field, *value);
    }
    draft
}

#[test]
fn a_full_draft_becomes_an_ask() {
    let checked = Organisation::new()
        .check(&share(&[
            (Ref, " Rénov-01 "),
            (Campaign, "Halte"),
            (Date, "2026-11-23"),
            (Time, "9 h"),
            (Groups, "montreal, Laval ;; LAVAL"),
            (Networks, "Mastodon;X"),
            (WordingFr, "Un\r\n\u{202E}deux "),
            (Link, "https://example.org"),
            (Hashtags, "#logement;hiver été, #logement"),
            (Image, "Témoignage.PNG"),
            (AltFr, "Une citation"),
            (AltEn, "A quotation"),
            (Closes, "2026-11-24T20:00"),
        ]))
        .unwrap();
    assert_eq!(checked.reference.as_deref(), Some("renov-01"));
    assert_eq!(checked.campaign.as_deref(), Some("halte"));
    let content = checked.content;
    assert_eq!(content.kind, AskKind::Share);
    assert_eq!(content.campaign, Some(CampaignId(7)));
    assert_eq!(content.groups, [GroupId(1), GroupId(2)]);
    assert_eq!(content.networks, [Network::Mastodon, Network::X]);
    assert_eq!(content.wording(Language::French).unwrap().text, "Un\ndeux");
    assert_eq!(
        content.wording(Language::English).unwrap().alt.as_deref(),
        Some("A quotation")
    );
    assert_eq!(content.link.as_deref(), Some("https://example.org/"));
    assert_eq!(content.hashtags, ["#logement", "#hiver", "#été"]);
    assert_eq!(content.picture, Some(PictureId(3)));
    assert_eq!(content.slot, Some(Slot::Once(date(2026, 11, 23).at(9, 0, 0, 0))));
    assert_eq!(content.closes_at, Some("2026-11-25T01:00:00Z".parse().unwrap()));
}

#[test]
fn little_is_enough() {
    let draft: Draft = [(Kind, "sign"), (WordingEn, "Sign.")].into_iter().collect();
    let checked = Organisation::new().check(&draft).unwrap();
    assert_eq!(checked.reference, None);
    assert_eq!(checked.content.slot, None);
    assert!(checked.content.groups.is_empty());
}

#[test]
fn a_new_campaign_is_named_and_not_resolved() {
    let checked = Organisation::new()
        .check(&share(&[
            (Campaign, "Chauffage d'hiver"),
            (Campaign, "Chauffage hiver"),
        ]))
        .unwrap();
    assert_eq!(checked.campaign.as_deref(), Some("chauffage-hiver"));
    assert_eq!(checked.content.campaign, None);
}

#[test]
fn a_call_names_whom_to_call() {
    let draft = share(&[
        (Kind, "appeler"),
        (
            DraftField::Target,
            "Marie : 514 555-0199; ca-qc\nPaul +33 1 23 45 67 89",
        ),
    ]);
    let number = |name: &str, number: &str| Target::Number {
        name: name.into(),
        number: number.into(),
    };
    assert_eq!(
        Organisation::new().check(&draft).unwrap().content.targets,
        [
            number("Marie", "5145550199"),
            Target::Representative {
                jurisdiction: "ca-qc".into()
            },
            number("Paul", "+33123456789"),
        ]
    );
}

/// The one mistake of a good share with these fields typed otherwise.
fn mistake(changes: &[(DraftField, &str)]) -> (DraftField, Problem) {
    let mut mistakes = Organisation::new().check(&share(changes)).unwrap_err();
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    mistakes
        .pop()
        .map(|mistake| (mistake.field, mistake.problem))
        .unwrap()
}

fn given(text: &str) -> String {
    text.to_owned()
}

#[test]
fn names_that_nobody_has() {
    let near = |name: &str| Some(name.to_owned());
    assert_eq!(mistake(&[(Kind, " ")]), (Kind, Problem::Missing));
    assert_eq!(
        mistake(&[(Kind, "shrae")]),
        (
            Kind,
            Problem::UnknownKind {
                given: given("shrae"),
                nearest: near("share")
            }
        )
    );
    assert_eq!(
        mistake(&[(Groups, "lavall")]),
        (
            Groups,
            Problem::UnknownGroup {
                given: given("lavall"),
                nearest: near("laval")
            }
        )
    );
    assert_eq!(
        mistake(&[(Groups, "laval;gatineau")]),
        (
            Groups,
            Problem::UnknownGroup {
                given: given("gatineau"),
                nearest: None
            }
        )
    );
    assert_eq!(
        mistake(&[(Networks, "mastodonte")]),
        (
            Networks,
            Problem::UnknownNetwork {
                given: given("mastodonte"),
                nearest: near("mastodon")
            }
        )
    );
    assert_eq!(
        mistake(&[(Ref, "a/b")]),
        (Ref, Problem::BadReference { given: given("a/b") })
    );
    assert_eq!(
        mistake(&[(Campaign, "@")]),
        (Campaign, Problem::BadCampaign { given: given("@") })
    );
    let many = "laval;".repeat(101);
    assert_eq!(
        mistake(&[(Groups, &many)]),
        (
            Groups,
            Problem::TooMany {
                limit: 100,
                count: 101
            }
        )
    );
}

#[test]
fn words_that_are_missing_or_too_many() {
    let long = "é".repeat(WORDING_MAX + 1);
    let accents = format!("e{}", "\u{0301}".repeat(100_000));
    let too_long = |length| Problem::TooLong {
        limit: WORDING_MAX,
        length,
    };
    assert_eq!(mistake(&[(WordingFr, &long)]), (WordingFr, too_long(4_001)));
    assert_eq!(mistake(&[(WordingFr, &accents)]), (WordingFr, too_long(12_500)));
    assert_eq!(
        mistake(&[(WordingFr, ""), (WordingEn, "\u{200B}")]),
        (WordingFr, Problem::NoWording)
    );
    assert_eq!(
        mistake(&[(WordingFr, ""), (ScriptFr, "Bonjour")]),
        (
            WordingFr,
            Problem::WordingMissing {
                language: Language::French
            }
        )
    );
}

#[test]
fn days_and_times_that_do_not_do() {
    let skipped = || Problem::SkippedByTheClock {
        when: date(2027, 3, 14).at(2, 30, 0, 0),
    };
    assert_eq!(mistake(&[(Date, "2026-11-23")]), (Time, Problem::DayWithoutTime));
    assert_eq!(mistake(&[(Time, "9:00")]), (Date, Problem::TimeWithoutDay));
    assert_eq!(
        mistake(&[(Date, "23/11/2026"), (Time, "9:00")]),
        (
            Date,
            Problem::NotADay {
                given: given("23/11/2026")
            }
        )
    );
    assert_eq!(
        mistake(&[(Date, "2026-11-31"), (Time, "9:00")]),
        (
            Date,
            Problem::NoSuchDay {
                year: 2026,
                month: 11,
                day: 31
            }
        )
    );
    assert_eq!(
        mistake(&[(Date, "2026-11-23"), (Time, "25:00")]),
        (
            Time,
            Problem::NotATime {
                given: given("25:00")
            }
        )
    );
    assert_eq!(
        mistake(&[(Date, "2027-03-14"), (Time, "2:30")]),
        (Time, skipped())
    );
    assert_eq!(mistake(&[(Closes, "2027-03-14 2:30")]), (Closes, skipped()));
    assert_eq!(
        mistake(&[(Closes, "2026-11-24")]),
        (
            Closes,
            Problem::NotAMoment {
                given: given("2026-11-24")
            }
        )
    );
    assert_eq!(
        mistake(&[(Date, "2026-11-23"), (Time, "9:00"), (Closes, "2026-11-23 9:00")]),
        (
            Closes,
            Problem::ClosesBeforeStart {
                start: date(2026, 11, 23).at(9, 0, 0, 0)
            }
        )
    );
}

#[test]
fn links_and_pictures_that_do_not_do() {
    let picture = |name: &str, nearest: Option<&str>| Problem::NoSuchPicture {
        given: given(name),
        nearest: nearest.map(str::to_owned),
    };
    let described = |image| [(Image, image), (AltFr, "a"), (AltEn, "a")];
    assert_eq!(
        mistake(&[(Link, "example.org")]),
        (
            Link,
            Problem::NotALink {
                given: given("example.org")
            }
        )
    );
    assert_eq!(
        mistake(&[(Hashtags, "a-b")]),
        (Hashtags, Problem::NotAHashtag { given: given("a-b") })
    );
    assert_eq!(
        mistake(&described("temoinage.png")),
        (Image, picture("temoinage.png", Some("temoignage.png")))
    );
    assert_eq!(
        mistake(&described("../../etc/passwd")),
        (Image, picture("../../etc/passwd", None))
    );
    assert_eq!(
        mistake(&[(Image, "temoignage.png"), (AltFr, "a")]),
        (
            AltEn,
            Problem::MissingAlt {
                language: Language::English
            }
        )
    );
    assert_eq!(mistake(&[(AltFr, "a")]), (Image, Problem::AltWithoutPicture));
}

#[test]
fn people_who_cannot_be_called() {
    let target = |typed| mistake(&[(Kind, "call"), (DraftField::Target, typed)]);
    let told = |problem| (DraftField::Target, problem);
    assert_eq!(
        target("Marie"),
        told(Problem::NotATarget {
            given: given("Marie")
        })
    );
    assert_eq!(target("Marie: 1"), told(Problem::BadNumber { given: given("1") }));
    assert_eq!(
        target("A: 311; B: 311; C: 311; D: 311; E: 311; F: 311"),
        told(Problem::TooMany { limit: 5, count: 6 })
    );
    assert_eq!(
        mistake(&[(DraftField::Target, "ca-qc")]),
        told(Problem::TargetWithoutCall)
    );
}

#[test]
fn all_mistakes_come_at_once_and_in_order() {
    let draft = share(&[
        (Closes, "soon"),
        (Groups, "gatineau;sherbrooke"),
        (Kind, "dance"),
        (Date, "2026-02-30"),
    ]);
    let fields: Vec<DraftField> = Organisation::new()
        .check(&draft)
        .unwrap_err()
        .into_iter()
        .map(|mistake| mistake.field)
        .collect();
    assert_eq!(fields, [Kind, Date, Time, Groups, Groups, Closes]);
}

#[test]
fn what_is_quoted_is_short_and_inert() {
    let given = format!("\u{202E}{}", "x".repeat(100_000));
    let mistakes = Organisation::new()
        .check(&share(&[(Groups, &given)]))
        .unwrap_err();
    let Problem::UnknownGroup { given, nearest: None } = &mistakes[0].problem else {
        panic!("{mistakes:?}");
    };
    assert_eq!(given, &format!("{}…", "x".repeat(59)));
}

#[test]
fn a_closing_time_that_the_clock_shows_twice_is_the_first() {
    let checked = Organisation::new()
        .check(&share(&[(Closes, "2026-11-01 1:30")]))
        .unwrap();
    assert_eq!(
        checked.content.closes_at,
        Some("2026-11-01T05:30:00Z".parse().unwrap())
    );
}

/// Anything at all, or what is nearly right.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "\\PC*",
        1 => any::<String>(),
        1 => "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([ T][0-9]{1,2}( h |:)[0-9]{2})?",
        1 => "[0-9]{1,2}(:|h| h )[0-9]{0,2}",
        1 => "(HTTPS?|https?)://[a-zé@:.]{1,12}(/\\PC{0,9})?",
        1 => "([a-z. ]{0,6}[:+( ][0-9 .-]{2,12}( ext\\. 1)?[;\n]?){1,3}",
        2 => prop::sample::select(vec![
            "share", "appeler", "montreal; laval", "x, bluesky", "#été;a\u{0301}", "temoignage.png", "halte", "ca-qc",
            "2026-11-23", "9 h 30", "2026-11-24 20:00", "https://example.org/é", "Relayez.", "",
        ])
        .prop_map(str::to_owned),
    ]
}

fn drafts() -> impl Strategy<Value = Draft> {
    prop::collection::vec(typed(), DraftField::ALL.len())
        .prop_map(|values| DraftField::ALL.iter().copied().zip(values).collect())
}

/// A good draft with a few fields typed anyhow: most of these pass.
fn good_drafts() -> impl Strategy<Value = Draft> {
    let field = prop::sample::select(DraftField::ALL.to_vec());
    prop::collection::vec((field, typed()), 0..4).prop_map(|changes| {
        let mut draft = share(&[]);
        for (field, value) in changes {
            draft.set(field, value);
        }
        draft
    })
}

/// Every text that an ask keeps.
fn texts(checked: &Checked) -> Vec<&str> {
    let content = &checked.content;
    let mut texts: Vec<&str> = content.hashtags.iter().map(String::as_str).collect();
    texts.extend(checked.reference.as_deref());
    texts.extend(checked.campaign.as_deref());
    texts.extend(content.link.as_deref());
    for (_, wording) in &content.wordings {
        texts.push(&wording.text);
        texts.extend(wording.script.as_deref());
        texts.extend(wording.alt.as_deref());
    }
    for target in &content.targets {
        match target {
            Target::Number { name, number } => texts.extend([name.as_str(), number.as_str()]),
            Target::Representative { jurisdiction } => texts.push(jurisdiction),
        }
    }
    texts
}

proptest! {
    #[test]
    fn checking_is_total_and_says_what_is_wrong(draft in drafts()) {
        if let Err(mistakes) = Organisation::new().check(&draft) {
            prop_assert!(!mistakes.is_empty());
        }
    }

    #[test]
    fn what_is_accepted_is_clean(draft in good_drafts()) {
        if let Ok(checked) = Organisation::new().check(&draft) {
            for kept in texts(&checked) {
                prop_assert!(!kept.is_empty());
                prop_assert_eq!(text::clean(kept), kept);
            }
            prop_assert!(checked.content.targets.len() <= TARGETS_MAX);
        }
    }

    #[test]
    fn what_is_accepted_survives_being_edited(draft in good_drafts()) {
        let organisation = Organisation::new();
        if let Ok(checked) = organisation.check(&draft) {
            let shown = Draft::of(&checked, &organisation.known());
            prop_assert_eq!(organisation.check(&shown), Ok(checked));
        }
    }
}

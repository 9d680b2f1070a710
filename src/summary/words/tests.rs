//! Whole summaries as rooms read them.

use super::*;
use crate::{
    domain::language::RoomLanguage,
    summary::{
        numbers::PeopleNumbers,
        tests::sample::{group, usual},
    },
};

fn said(numbers: &WeekNumbers, language: RoomLanguage, complete_until: &str) -> String {
    let voices = Voices::load();
    let edition = Edition {
        voices: &voices,
        languages: language.languages(),
        zone: &TimeZone::get("America/Montreal").unwrap(),
        complete_until: complete_until.parse().unwrap(),
    };
    card(&edition, numbers).to_plain_text()
}

/// French as it is easier to read: no-break spaces as `_`, narrow ones as `'`.
fn french(numbers: &WeekNumbers, complete_until: &str) -> String {
    said(numbers, RoomLanguage::French, complete_until)
        .replace('\u{A0}', "_")
        .replace('\u{202F}', "'")
}

const MONDAY_AFTER: &str = "2026-11-30T14:00:00Z";

#[test]
fn a_usual_week_in_english() {
    assert_eq!(
        said(&usual(), RoomLanguage::English, MONDAY_AFTER),
        "\
Week of November 23 to 29 — complete up to Sunday 11:59 p.m.

318 actions by 84 people (+12% on the week before), 11 of them for the first time and 73 returning
📣 201 shares · 📞 97 calls, 31 conversations, 40 voicemails, 26 busy or unanswered · ✍️ 20 signatures
Asks posted: 5 to share, 3 to call and 1 to sign

The asks that did best, by how many of the people active these last 28 days in their rooms did them:

• no. 13, “Call before the vote”, in general: 41% (34 of 83)
• no. 12, “Stop renovictions”, in general: 38% (50 of 130)
• no. 15, “Sign!”, in general: 3 actions

Goal “1,000 shares by December 15” ▓▓▓▓▓▓░░░░ 612
Goal reached: “2,000 actions by January 31, 2027” ▓▓▓▓▓▓▓▓▓▓ 2,005

By group:

• Laval: 218 actions by 60 people
• Longueuil: fewer than 5 people
• Rooms without a group: not shown, so that nobody in a smaller group can be identified"
    );
}

#[test]
fn a_usual_week_in_french() {
    assert_eq!(
        french(&usual(), MONDAY_AFTER),
        "\
Semaine du 23 au 29 novembre — complet jusqu’à dimanche 23_h_59

318 gestes par 84 personnes (+12_% sur la semaine d’avant), dont 11 pour la première fois et 73 déjà actives avant
📣 201 relais · 📞 97 appels, 31 conversations, 40 répondeurs, 26 fois occupé ou sans réponse · ✍️ 20 signatures
Actions publiées_: 5 pour relayer, 3 pour appeler et 1 pour signer

Les actions les plus suivies, selon la part des personnes actives ces 28 derniers jours dans leurs salons_:

• nº_13, «_Appelez avant le vote_», salon general_: 41_% (34 sur 83)
• nº_12, «_Halte aux rénovictions_», salon general_: 38_% (50 sur 130)
• nº_15, «_Signez !_», salon general_: 3 gestes

Objectif «_1'000 relais d’ici au 15 décembre_» ▓▓▓▓▓▓░░░░ 612
Objectif atteint_: «_2'000 gestes d’ici au 31 janvier 2027_» ▓▓▓▓▓▓▓▓▓▓ 2'005

Par groupe_:

• Laval_: 218 gestes par 60 personnes
• Longueuil_: moins de 5 personnes
• Salons sans groupe_: chiffres masqués, pour qu’on ne puisse reconnaître personne dans un plus petit groupe"
    );
}

#[test]
fn both_languages_make_one_message_french_first() {
    let both = said(&usual(), RoomLanguage::Both, MONDAY_AFTER);
    let apart: Vec<String> = [RoomLanguage::French, RoomLanguage::English]
        .map(|language| said(&usual(), language, MONDAY_AFTER))
        .to_vec();
    assert_eq!(both, apart.join("\n\n———\n\n"));
}

#[test]
fn one_picture_shows_the_same_in_each_language() {
    let voices = Voices::load();
    let picture = picture(&voices, RoomLanguage::Both.languages(), &usual()).unwrap();
    assert_eq!(picture.name, "relais-2026-W48.png");
    assert!(picture.alt.starts_with("Une barre par jour") && picture.alt.contains(" / One bar a day"));
    assert!(picture.bytes.starts_with(b"\x89PNG"));
}

#[test]
fn what_is_not_known_yet_is_said_and_not_compared() {
    let lines = |complete_until: &str| -> (String, String) {
        let said = french(&usual(), complete_until);
        let mut lines = said.lines().filter(|line| !line.is_empty()).map(str::to_owned);
        (lines.next().unwrap(), lines.next().unwrap())
    };
    let (title, headline) = lines("2026-11-25T19:05:59Z");
    assert_eq!(
        title,
        "Semaine du 23 au 29 novembre — complet jusqu’à mercredi 14_h_05"
    );
    assert_eq!(
        headline,
        "318 gestes par 84 personnes (284 en tout la semaine d’avant), dont 11 pour la première fois et 73 déjà actives avant"
    );
    let (title, _) = lines("2026-11-18T01:00:00Z");
    assert_eq!(
        title,
        "Semaine du 23 au 29 novembre — des gestes faits depuis le mardi 17 novembre à 20_h peuvent encore manquer"
    );
}

#[test]
fn an_empty_week_says_so() {
    let mut empty = WeekNumbers {
        asked: Vec::new(),
        confirmations: 0,
        before: None,
        change_percent: None,
        people: PeopleNumbers::default(),
        done: Vec::new(),
        best: Vec::new(),
        goals: Vec::new(),
        groups: Vec::new(),
        ..usual()
    };
    assert_eq!(
        french(&empty, MONDAY_AFTER),
        "Semaine du 23 au 29 novembre — complet jusqu’à dimanche 23_h_59\n\n\
         Aucun geste noté (pas encore de point de comparaison)\nAucune action n’a été publiée cette semaine."
    );
    assert!(!empty.is_worth_a_picture());
    empty.before = usual().before;
    empty.change_percent = Some(-100);
    let said = said(&empty, RoomLanguage::English, MONDAY_AFTER);
    assert!(said.contains("Nothing confirmed (284 in all the week before)\nNo ask was posted this week."));
}

#[test]
fn the_headline_fits_who_came() {
    let headline = |change: fn(&mut WeekNumbers)| {
        let mut numbers = usual();
        change(&mut numbers);
        let said = said(&numbers, RoomLanguage::English, MONDAY_AFTER);
        said.lines().nth(2).unwrap().to_owned()
    };
    let first = headline(|numbers| numbers.before = None);
    assert_eq!(first, "318 actions by 84 people (nothing yet to compare with)");
    let same = headline(|numbers| numbers.change_percent = Some(0));
    assert!(same.contains("(about the same as the week before)"));
    let nothing = headline(|numbers| numbers.change_percent = None);
    assert!(nothing.contains("(nothing the week before)"));
    let nobody = headline(|numbers| numbers.people = PeopleNumbers::default());
    assert_eq!(nobody, "318 actions (+12% on the week before)");
    let one_new = headline(|numbers| {
        numbers.confirmations = 1;
        numbers.people = PeopleNumbers {
            active: 1,
            new: 1,
            returning: 0,
            recent: 9,
        };
    });
    assert_eq!(
        one_new,
        "1 action by one person (+12% on the week before), for the first time"
    );
    let all_returning = headline(|numbers| numbers.people.new = 0);
    assert_eq!(
        all_returning,
        "318 actions by 84 people (+12% on the week before), all of them returning"
    );
}

#[test]
fn one_best_ask_is_said_in_one_sentence_and_links_replace_rooms() {
    let mut numbers = usual();
    numbers.best.truncate(1);
    numbers.best[0].rooms = 3;
    let said = |numbers: &WeekNumbers| french(numbers, MONDAY_AFTER);
    assert!(
        said(&numbers).contains(
            "\nL’action la plus suivie_: nº_13, «_Appelez avant le vote_», salon general et 2 autres (41_% des personnes \
             actives ces 28 derniers jours dans ses salons)\n"
        ),
        "{}",
        said(&numbers)
    );
    numbers.best[0].places[0].link = Some("https://example.org/m1".to_owned());
    numbers.best[0].occasions = 5;
    assert!(said(&numbers).contains(
        "\nL’action la plus suivie_: nº_13, «_Appelez avant le vote_» (41_% des personnes actives ces 28 derniers jours dans \
         ses salons, en moyenne chaque fois)\n\nNº_13, salon general <https://example.org/m1>\n"
    ));
}

#[test]
fn what_does_not_fit_a_phone_is_counted() {
    let mut numbers = usual();
    let own = numbers.goals[0].clone();
    numbers.goals = vec![own; 7];
    numbers.goals[1].campaign = "climat".to_owned();
    let counted = Count::Counted {
        confirmations: 1,
        people: 5,
    };
    numbers.groups = (0..9)
        .map(|n| group(Some(&format!("Groupe {n}")), counted))
        .collect();
    let said = said(&numbers, RoomLanguage::English, MONDAY_AFTER);
    assert!(said.contains(
        "\nGoal “1,000 shares by December 15” (Stop renovictions) ▓▓▓▓▓▓░░░░ 612\nand 2 more goals\n"
    ));
    assert!(said.ends_with("• Groupe 7: 1 action by 5 people\n• and one more group"));
}

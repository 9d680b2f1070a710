//! The catalogue, as a platform's own clients are told of it.

use super::{
    catalogue::{COMMANDS, Command, Word},
    parameters::{Kind, Need, Parameter},
};
use crate::{
    chat::{CommandShape, Holds, Localised, ParameterShape},
    domain::{
        ask::AskKind,
        language::{Language, RoomLanguage},
        role::Role,
        room::Purpose,
    },
    i18n::Voices,
};

/// Every command.
pub(crate) fn shapes(voices: &Voices) -> Vec<CommandShape> {
    COMMANDS.iter().map(|command| shape(voices, command)).collect()
}

fn shape(voices: &Voices, command: &Command) -> CommandShape {
    let parameters = command.parameters.iter();
    CommandShape {
        name: in_both(voices, whole_name(voices, command)),
        help: in_both(voices, command.help),
        parameters: parameters.map(|one| parameter(voices, one)).collect(),
        is_for_everybody: command.role == Role::Volunteer,
    }
}

/// The name under which clients know a command: one that is the beginning of no other.
pub(super) fn whole_name(voices: &Voices, command: &Command) -> Word {
    let is_beginning = |name: &Word| {
        let english = voices.of(Language::English);
        let beginning = format!("{} ", name(english));
        let mut others = COMMANDS.iter();
        others.any(|other| (other.name)(english).starts_with(&beginning))
    };
    let mut names = [command.name].into_iter().chain(command.also.iter().copied());
    names.find(|name| !is_beginning(name)).unwrap_or(command.name)
}

fn parameter(voices: &Voices, parameter: &Parameter) -> ParameterShape {
    ParameterShape {
        name: in_both(voices, parameter.name),
        help: in_both(voices, parameter.help),
        holds: holds(voices, parameter.kind),
        is_required: parameter.need == Need::Required,
    }
}

fn holds(voices: &Voices, kind: Kind) -> Holds {
    let one_of = |codes: Vec<&'static str>, name: fn(&crate::i18n::Voice, &str) -> String| {
        let choice = |code: &'static str| {
            let [fr, en] = voices.all().map(|voice| name(voice, code));
            (code.to_owned(), Localised { en, fr })
        };
        Holds::OneOf(codes.into_iter().map(choice).collect())
    };
    match kind {
        Kind::Language => one_of(codes(Language::ALL, Language::code), |voice, code| {
            voice.value_language(code)
        }),
        Kind::RoomLanguage => one_of(codes(RoomLanguage::ALL, RoomLanguage::code), |voice, code| {
            voice.value_language(code)
        }),
        Kind::Purpose => one_of(codes(Purpose::ALL, Purpose::code), |voice, code| {
            voice.value_purpose(code)
        }),
        Kind::Role => one_of(codes(Role::GRANTED, Role::code), |voice, code| {
            voice.value_role(code)
        }),
        Kind::Deed => one_of(codes(AskKind::ALL, AskKind::code), |voice, code| {
            voice.value_kind(code)
        }),
        Kind::Switch => {
            let english = voices.of(Language::English);
            let switch = |name: Word| (name(english), in_both(voices, name));
            Holds::OneOf(vec![
                switch(|voice| voice.value_on()),
                switch(|voice| voice.value_off()),
            ])
        }
        Kind::Ask
        | Kind::OpenAsk
        | Kind::Campaign
        | Kind::Group
        | Kind::Room
        | Kind::Space
        | Kind::Standing
        | Kind::Command
        | Kind::Subject
        | Kind::State => Holds::Suggested,
        Kind::Free | Kind::Rest => Holds::Text,
        Kind::File => Holds::File,
        Kind::Files => Holds::Files,
    }
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().copied().map(code).collect()
}

fn in_both(voices: &Voices, word: Word) -> Localised {
    let [fr, en] = voices.all().map(word);
    Localised { en, fr }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn both(localised: &Localised) -> [&str; 2] {
        [&localised.en, &localised.fr]
    }

    #[test]
    fn what_clients_are_told_is_short_and_of_one_piece() {
        let shapes = shapes(&Voices::load());
        let mut families = BTreeMap::new();
        for shape in &shapes {
            for help in both(&shape.help) {
                assert!((1..=100).contains(&help.chars().count()), "{help}");
            }
            let names: BTreeSet<_> = shape.parameters.iter().map(|one| &one.name.en).collect();
            assert_eq!(names.len(), shape.parameters.len(), "{}", shape.name.en);
            for parameter in &shape.parameters {
                for help in both(&parameter.help) {
                    assert!((1..=100).contains(&help.chars().count()), "{help}");
                }
            }
            let [en, fr] = both(&shape.name).map(|name| name.split(' ').collect::<Vec<_>>());
            assert_eq!(en.len(), fr.len(), "{}", shape.name.en);
            let family = families.insert(en[0].to_owned(), fr[0].to_owned());
            assert!(family.is_none_or(|family| family == fr[0]), "{}", shape.name.en);
            let is_beginning = |other: &&CommandShape| {
                let mut pairs = both(&other.name).into_iter().zip(both(&shape.name));
                pairs.any(|(other, name)| other.starts_with(&format!("{name} ")))
            };
            assert_eq!(shapes.iter().find(is_beginning), None, "{}", shape.name.en);
        }
    }
}

//! Whether whoever reads of a command can type it as it stands: the term `-prefix` becomes what is typed before it there.

use super::fluent::Locale;

/// What opens a quotation, in either language.
const OPENING: [&str; 2] = ["“", "«\u{A0}"];

/// What may follow a command within its quotation.
const AFTER: [char; 3] = [' ', '\u{A0}', '”'];

/// The messages that quote a command without the term `-prefix` before it.
pub(super) fn without_prefix(locale: &Locale) -> Vec<String> {
    let is_command = |id: &str| id.starts_with("command-") && !id.ends_with("-help");
    let commands = locale.texts_of(is_command);
    locale.mistakes(|text| {
        let mut quotations = OPENING.iter().flat_map(|opening| text.split(opening).skip(1));
        let bare = quotations.any(|quotation| {
            commands.iter().any(|command| {
                let rest = quotation.strip_prefix(command.as_str());
                rest.is_some_and(|rest| rest.starts_with(AFTER))
            })
        });
        bare.then_some("a command without { -prefix }")
            .into_iter()
            .collect()
    })
}

#[test]
fn a_bare_command_is_found() {
    let text = "command-ask-list = ask list\ncommand-ask-list-help = Lists\na = Type “{ -prefix }ask list waiting”, “ask listing” or “ask”.\n\
                b = Type “ask list { $state }”.\nc = « ask list »\n";
    let text = text.replace("« ", "«\u{A0}").replace(" »", "\u{A0}»");
    let locale = Locale::read(&std::collections::BTreeMap::from([("en.ftl".to_owned(), text)]));
    assert_eq!(
        without_prefix(&locale),
        [
            "en.ftl: b: a command without { -prefix }: Type “ask list {}”.",
            "en.ftl: c: a command without { -prefix }: «\\u{a0}ask list\\u{a0}»",
        ]
    );
}

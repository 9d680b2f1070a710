//! What somebody typed in their own words: a command, a form that comes back, or a reply.
//!
//! Clients put before a reply what it replies to, people quote each other and show each other how a command is typed. None of that
//! is asked of the bot. A form is the exception: it is copied, so it comes back as it was shown, in a block of code or quoted.

use super::{
    PREFIX,
    form::{self, Submitted},
};

/// What a text asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// A command, without its prefix.
    Command(String),
    /// A form that comes back.
    Form(Submitted),
    /// Nothing of the bot: words for other people, or an answer to something.
    Words(String),
}

/// A text as a client sends it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'a> {
    /// The plain text.
    pub body: &'a str,
    /// The same with its markup, where there is one.
    pub html: Option<&'a str>,
    /// Whether it says that it replies to something.
    pub is_reply: bool,
    /// Whether nobody but the bot reads it: there all is meant for it.
    pub is_private: bool,
}

impl Typed<'_> {
    /// What it asks for; none where nothing in it is in their own words.
    pub fn asked(self) -> Option<Asked> {
        let body = if self.is_reply {
            without_fallback(self.body)
        } else {
            self.body
        };
        if let Some(form) = self.command(&unwrapped(body)).and_then(|text| form::read(&text)) {
            return Some(Asked::Form(form));
        }
        let own: Vec<&str> = body.lines().filter(|line| !is_quoted(line)).collect();
        let is_without_quotes = own.len() < body.lines().count();
        let own = own.join("\n").trim().to_owned();
        if own.is_empty() || own.starts_with('`') || self.is_marked_as_foreign(is_without_quotes) {
            return None;
        }
        Some(match self.command(&own) {
            Some(command) => Asked::Command(command),
            None => Asked::Words(own),
        })
    }

    /// The command that a text is: what follows the prefix, or all of it in a private conversation.
    fn command(self, text: &str) -> Option<String> {
        let text = text.trim();
        let word = PREFIX.trim_end();
        let typed = match text.get(..word.len()) {
            Some(start) if start.eq_ignore_ascii_case(word) => {
                let rest = &text[word.len()..];
                (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim().to_owned())
            }
            _ => None,
        };
        match typed {
            Some(command) if command.is_empty() => Some("help".to_owned()),
            Some(command) => Some(command),
            None => (self.is_private && !text.is_empty()).then(|| text.to_owned()),
        }
    }

    /// Whether its markup begins with code, or with a quotation that the plain text does not show.
    fn is_marked_as_foreign(self, is_without_quotes: bool) -> bool {
        let html = self.html.unwrap_or_default().trim_start();
        let html = html
            .strip_prefix("<mx-reply>")
            .and_then(|rest| rest.split_once("</mx-reply>"))
            .map_or(html, |(_, own)| own)
            .trim_start();
        let html = html.strip_prefix("<p>").unwrap_or(html);
        let is_quote = html.starts_with("<blockquote") && !is_without_quotes;
        is_quote || html.starts_with("<pre") || html.starts_with("<code")
    }
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

/// A reply without what some clients put before it: who is answered and their words, quoted, and an empty line.
fn without_fallback(body: &str) -> &str {
    if !body.starts_with("> <@") && !body.starts_with("> * <@") {
        return body;
    }
    let mut rest = body;
    while is_quoted(rest) {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    rest.trim_start()
}

/// A text out of its block of code, or out of its quotation where all of it is quoted.
fn unwrapped(body: &str) -> String {
    let is_fence = |line: &&str| line.trim_start().starts_with("```");
    let lines: Vec<&str> = body
        .lines()
        .filter(|line| !is_fence(line))
        .skip_while(|line| line.trim().is_empty())
        .collect();
    if !lines.iter().all(|line| line.trim().is_empty() || is_quoted(line)) {
        return lines.join("\n");
    }
    let unquoted = lines.iter().map(|line| {
        let line = line.strip_prefix('>').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line)
    });
    unquoted.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(body: &str) -> Typed<'_> {
        Typed {
            body,
            html: None,
            is_reply: false,
            is_private: false,
        }
    }

    fn command(text: &str) -> Asked {
        Asked::Command(text.to_owned())
    }

    fn words(text: &str) -> Asked {
        Asked::Words(text.to_owned())
    }

    #[test]
    fn only_what_follows_the_prefix_is_a_command() {
        for (text, in_room, in_private) in [
            ("!relais today", Some(command("today")), Some(command("today"))),
            (
                "!Relais  ask list ",
                Some(command("ask list")),
                Some(command("ask list")),
            ),
            ("!relais", Some(command("help")), Some(command("help"))),
            ("!relaisé", Some(words("!relaisé")), Some(command("!relaisé"))),
            ("today", Some(words("today")), Some(command("today"))),
            ("> !relais stop", None, None),
            (
                "> !relais stop\n\n!relais today",
                Some(command("today")),
                Some(command("today")),
            ),
            ("> words\n\nmore", Some(words("more")), Some(command("more"))),
            ("`!relais stop`", None, None),
            ("```\n!relais stop\n```", None, None),
            ("  ", None, None),
        ] {
            let typed = typed(text);
            assert_eq!(typed.asked(), in_room, "{text:?}");
            let typed = Typed {
                is_private: true,
                ..typed
            };
            assert_eq!(typed.asked(), in_private, "{text:?}");
        }
    }

    #[test]
    fn markup_tells_code_and_quotations() {
        for (html, is_command) in [
            ("<strong>!relais</strong> today", true),
            ("<pre><code>!relais today</code></pre>", false),
            ("<p><code>!relais today</code></p>", false),
            ("<blockquote>!relais today</blockquote>", false),
            (
                "<mx-reply><blockquote>a</blockquote></mx-reply>!relais today",
                true,
            ),
            (
                "<mx-reply><blockquote>a</blockquote></mx-reply><code>!relais today</code>",
                false,
            ),
        ] {
            let typed = Typed {
                html: Some(html),
                ..typed("!relais today")
            };
            assert_eq!(typed.asked().is_some(), is_command, "{html}");
        }
    }

    #[test]
    fn what_a_client_puts_before_a_reply_is_not_said() {
        let fallback = "> <@ines:example.org> !relais stop\n> more\n\nFait !";
        let reply = Typed {
            is_reply: true,
            ..typed(fallback)
        };
        assert_eq!(reply.asked(), Some(words("Fait !")));
        let alone = Typed {
            is_reply: true,
            ..typed("> <@ines:example.org> !relais stop")
        };
        assert_eq!(alone.asked(), None);
        let command_in_reply = Typed {
            is_reply: true,
            ..typed("> <@ines:example.org> words\n\n!relais today")
        };
        assert_eq!(command_in_reply.asked(), Some(command("today")));
    }

    #[test]
    fn a_form_comes_back_as_it_was_shown() {
        let form = "!relais form 1.ask-new\n▸ kind · Type: share\n▸ wording_fr · Texte: Un.\n> Deux.";
        let quoted: Vec<String> = form.lines().map(|line| format!("> {line}")).collect();
        let expected = [("kind", "share"), ("wording_fr", "Un.\n> Deux.")];
        for text in [
            form.to_owned(),
            format!("```\n{form}\n```"),
            format!("```text\n{form}\n```\n"),
            quoted.join("\n"),
            format!("> <@relais:example.org> Nouvelle action\n\n{form}"),
        ] {
            let typed = Typed {
                is_reply: text.starts_with("> <@"),
                ..typed(&text)
            };
            let Some(Asked::Form(submitted)) = typed.asked() else {
                panic!("{text}");
            };
            assert_eq!(submitted.form, "1.ask-new");
            let values = submitted.values.iter();
            let values: Vec<(&str, &str)> = values.map(|(id, value)| (id.as_str(), value.as_str())).collect();
            assert_eq!(values, expected, "{text}");
        }
    }
}

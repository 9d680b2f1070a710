//! Links and hashtags, as people type them.

use unicode_normalization::char::is_combining_mark;
use url::Url;

use super::{
    LINK_MAX,
    mistake::{Problem, quoted},
};

/// The longest hashtag, in characters without its `#`: more than any network takes.
const HASHTAG_MAX: usize = 100;

/// The address of a page, written as a browser would ask for it, so that what is approved is what is opened.
pub(super) fn link(typed: &str) -> Result<String, Problem> {
    let not_a_link = || Problem::NotALink { given: quoted(typed) };
    let (scheme, rest) = typed.split_once("://").ok_or_else(not_a_link)?;
    let is_web = ["http", "https"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web));
    // A browser would look for the site behind any number of slashes; people would not.
    if !is_web || rest.starts_with(['/', '\\']) || typed.contains(char::is_whitespace) {
        return Err(not_a_link());
    }
    let url = Url::parse(typed).map_err(|_| not_a_link())?;
    let has_credentials = !url.username().is_empty() || url.password().is_some();
    if url.host_str().is_none_or(str::is_empty) || has_credentials {
        return Err(not_a_link());
    }
    match url.as_str().len() {
        0..=LINK_MAX => Ok(url.into()),
        length => Err(Problem::TooLong {
            limit: LINK_MAX,
            length,
        }),
    }
}

/// A hashtag with its `#`: letters, digits and `_`, and at least one letter, since networks link nothing else.
pub(super) fn hashtag(typed: &str) -> Result<String, Problem> {
    let word = typed.trim_start_matches(['#', '＃']);
    let belongs = |c: char| c.is_alphanumeric() || c == '_' || is_combining_mark(c);
    let is_hashtag = word.chars().all(belongs)
        && word.chars().any(char::is_alphabetic)
        && word.chars().count() <= HASHTAG_MAX;
    is_hashtag
        .then(|| format!("#{word}"))
        .ok_or_else(|| Problem::NotAHashtag { given: quoted(typed) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_a_page() {
        for (typed, written) in [
            ("https://example.org/p?id=1&b=2", "https://example.org/p?id=1&b=2"),
            ("HTTP://Example.org", "http://example.org/"),
            ("https://example.org/été", "https://example.org/%C3%A9t%C3%A9"),
            ("https://éxample.org/", "https://xn--xample-9ua.org/"),
        ] {
            assert_eq!(link(typed), Ok(written.into()), "{typed}");
        }
        for typed in [
            "example.org",
            "https:example.org",
            "https://",
            "https:///path",
            "ftp://example.org",
            "javascript:alert(1)//://",
            "javascript://example.org/%0Aalert(1)",
            "data:text/html,x",
            "https://user@example.org/",
            "https://user:secret@example.org/",
            "https://example.org/a b",
            "https://exa<mple.org",
            "mailto:a@example.org",
        ] {
            assert!(matches!(link(typed), Err(Problem::NotALink { .. })), "{typed}");
        }
        let long = format!("https://example.org/{}", "a".repeat(LINK_MAX));
        assert!(matches!(
            link(&long),
            Err(Problem::TooLong { limit: LINK_MAX, .. })
        ));
    }

    #[test]
    fn a_hashtag_is_what_networks_link() {
        for (typed, written) in [
            ("logement", "#logement"),
            ("#Rénoviction_2026", "#Rénoviction_2026"),
            ("##x", "#x"),
            ("＃住宅", "#住宅"),
        ] {
            assert_eq!(hashtag(typed), Ok(written.into()), "{typed}");
        }
        for typed in [
            "#",
            "#2026",
            "#a-b",
            "#l’hiver",
            "#a#b",
            "@everyone",
            &"a".repeat(101),
        ] {
            assert!(
                matches!(hashtag(typed), Err(Problem::NotAHashtag { .. })),
                "{typed}"
            );
        }
    }
}

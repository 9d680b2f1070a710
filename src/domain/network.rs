//! Social networks: how each counts a text, and how a share link carries one there.

use unicode_segmentation::UnicodeSegmentation;
use url::Url;

use super::{code::coded, text};

coded! {
    /// A social network, or another way to pass a post on.
    pub enum Network {
        /// Mastodon.
        Mastodon = "mastodon",
        /// Bluesky.
        Bluesky = "bluesky",
        /// X, formerly Twitter.
        X = "x",
        /// Facebook.
        Facebook = "facebook",
        /// LinkedIn.
        LinkedIn = "linkedin",
        /// Instagram.
        Instagram = "instagram",
        /// WhatsApp.
        WhatsApp = "whatsapp",
        /// E-mail.
        Email = "email",
    }
}

/// How a network counts the length of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counting {
    /// Characters, a link being 23 whatever its length.
    Characters,
    /// What a reader sees as one character, links in full.
    Graphemes,
    /// X's weights: 1 for the ranges of its `weightedLength` configuration, 2 for the rest, 2 for an emoji, 23 for a link.
    Weighted,
}

/// What a link counts on Mastodon and X, whatever its length.
const LINK_LENGTH: usize = 23;

impl Network {
    /// The proper name, the same in both languages; none for e-mail, which each language names its own way.
    pub const fn proper_name(self) -> Option<&'static str> {
        match self {
            Self::Mastodon => Some("Mastodon"),
            Self::Bluesky => Some("Bluesky"),
            Self::X => Some("X"),
            Self::Facebook => Some("Facebook"),
            Self::LinkedIn => Some("LinkedIn"),
            Self::Instagram => Some("Instagram"),
            Self::WhatsApp => Some("WhatsApp"),
            Self::Email => None,
        }
    }

    /// The longest post, in the network's own count; none where no post is too long.
    ///
    /// Sources: Mastodon's default `max_toot_chars`, Bluesky's `app.bsky.feed.post` lexicon, X's twitter-text v3, LinkedIn's and
    /// Meta's help pages, all as of August 2026.
    pub const fn limit(self) -> Option<usize> {
        match self {
            Self::Mastodon => Some(500),
            Self::Bluesky => Some(300),
            Self::X => Some(280),
            Self::LinkedIn => Some(3_000),
            Self::Instagram => Some(2_200),
            Self::Facebook => Some(63_206),
            Self::WhatsApp | Self::Email => None,
        }
    }

    /// Whether a share link opens the network with the text in place. Elsewhere the text is to be copied.
    pub const fn carries_text(self) -> bool {
        matches!(
            self,
            Self::Mastodon | Self::Bluesky | Self::X | Self::WhatsApp | Self::Email
        )
    }

    const fn counting(self) -> Counting {
        match self {
            Self::Bluesky => Counting::Graphemes,
            Self::X => Counting::Weighted,
            _ => Counting::Characters,
        }
    }

    /// The length of a post, in the network's own count.
    pub fn length(self, post: &str) -> usize {
        match self.counting() {
            Counting::Graphemes => post.graphemes(true).count(),
            Counting::Characters => counted(post, |word| word.chars().count()),
            Counting::Weighted => counted(post, |word| word.graphemes(true).map(weight).sum()),
        }
    }

    /// Whether a post is longer than the network takes.
    pub fn is_too_long(self, post: &str) -> bool {
        self.limit().is_some_and(|limit| self.length(post) > limit)
    }

    /// A text as it is best typeset for the network: X counts the narrow no-break space double, so it gets the ordinary one.
    pub fn typeset(self, post: &str) -> String {
        match self.counting() {
            Counting::Weighted => post.replace('\u{202F}', "\u{00A0}"),
            Counting::Characters | Counting::Graphemes => post.to_owned(),
        }
    }

    /// A link that opens the network ready to post, with the text in place where it can be. None where there is no such
    /// link, where the text is too long for it, or where the network takes a link alone and there is none.
    pub fn share_link(self, post: &Post, mastodon: Option<&str>) -> Option<String> {
        let full = self.typeset(&post.full());
        if self.carries_text() && self.is_too_long(&full) {
            return None;
        }
        let link = post.link.as_deref();
        let at = |base: &str, pairs: &[(&str, &str)]| {
            Url::parse_with_params(base, pairs)
                .ok()
                .map(|url| url.to_string().replace('+', "%20"))
        };
        match self {
            Self::Mastodon => match mastodon {
                Some(server) => at(&format!("https://{server}/share"), &[("text", &full)]),
                // The chooser reads its fragment, which no server sees.
                None => at("https://share.joinmastodon.org/", &[("text", &full)])
                    .map(|url| url.replacen('?', "#", 1)),
            },
            Self::Bluesky => at("https://bsky.app/intent/compose", &[("text", &full)]),
            Self::X => at("https://x.com/intent/post", &[("text", &full)]),
            Self::Facebook => at("https://www.facebook.com/sharer/sharer.php", &[("u", link?)]),
            Self::LinkedIn => at(
                "https://www.linkedin.com/sharing/share-offsite/",
                &[("url", link?)],
            ),
            Self::WhatsApp => at("https://wa.me/", &[("text", &full)]),
            Self::Email => at(
                "mailto:",
                &[("subject", &text::title_of(&post.text)), ("body", &full)],
            ),
            Self::Instagram => None,
        }
    }
}

/// A text as it goes to a social network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Post {
    /// The wording.
    pub text: String,
    /// With their `#`.
    pub hashtags: Vec<String>,
    /// The link, tagged for the network.
    pub link: Option<String>,
}

impl Post {
    /// All of it, as it is copied.
    pub fn full(&self) -> String {
        let hashtags = self.hashtags.join(" ");
        let parts = [
            self.text.as_str(),
            hashtags.as_str(),
            self.link.as_deref().unwrap_or_default(),
        ];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// The link with the `utm_*` parameters that tell whoever keeps its page where a visit came from. What it already carries stays.
pub fn tagged(link: &str, network: Network, campaign: Option<&str>, content: &str) -> String {
    let Ok(mut url) = Url::parse(link) else {
        return link.to_owned();
    };
    url.query_pairs_mut()
        .append_pair("utm_source", network.code())
        .append_pair("utm_medium", "social")
        .append_pair("utm_campaign", campaign.unwrap_or("relais"))
        .append_pair("utm_content", content);
    url.into()
}

/// Counts a post, with each link at its fixed length.
fn counted(post: &str, count: impl Fn(&str) -> usize) -> usize {
    let is_link = |word: &str| word.starts_with("https://") || word.starts_with("http://");
    post.split_inclusive(char::is_whitespace)
        .map(|piece| {
            let word = piece.trim_end_matches(char::is_whitespace);
            if is_link(word) {
                LINK_LENGTH + count(&piece[word.len()..])
            } else {
                count(piece)
            }
        })
        .sum()
}

/// What X counts for one grapheme.
fn weight(grapheme: &str) -> usize {
    let light = |c: char| matches!(u32::from(c), 0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247);
    let emoji = |c: char| matches!(u32::from(c), 0x2190..=0x2BFF | 0x1F000..=0x1FAFF | 0xFE0F);
    if grapheme.chars().any(emoji) {
        return 2;
    }
    grapheme.chars().map(|c| if light(c) { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_network_counts_its_own_way() {
        let post = "Été 👩‍🌾 https://example.org/a/very/long/address/that/goes/on";
        for (network, length) in [(Network::Bluesky, 58), (Network::Mastodon, 31), (Network::X, 30)] {
            assert_eq!(network.length(post), length, "{network}");
        }
        assert_eq!(Network::X.length("日本"), 4);
        assert_eq!(Network::X.length("Vraiment\u{202F}!"), 11);
        assert_eq!(Network::X.length(&Network::X.typeset("Vraiment\u{202F}!")), 10);
        assert!(Network::Bluesky.is_too_long(&"a".repeat(301)));
        assert!(!Network::WhatsApp.is_too_long(&"a".repeat(100_000)));
    }

    #[test]
    fn a_share_link_carries_what_the_network_takes() {
        let post = Post {
            text: "Signez & partagez".into(),
            hashtags: vec!["#logement".into()],
            link: Some("https://example.org/p?id=1".into()),
        };
        let link = |network: Network| network.share_link(&post, None).unwrap_or_default();
        let encoded = "Signez%20%26%20partagez%0A%23logement%0Ahttps%3A%2F%2Fexample.org%2Fp%3Fid%3D1";
        assert_eq!(
            link(Network::Bluesky),
            format!("https://bsky.app/intent/compose?text={encoded}")
        );
        assert_eq!(
            link(Network::Mastodon),
            format!("https://share.joinmastodon.org/#text={encoded}")
        );
        assert_eq!(
            Network::Mastodon.share_link(&post, Some("piaille.fr")),
            Some(format!("https://piaille.fr/share?text={encoded}"))
        );
        assert_eq!(
            link(Network::Facebook),
            "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.org%2Fp%3Fid%3D1"
        );
        assert_eq!(
            link(Network::Email),
            format!("mailto:?subject=Signez%20%26%20partagez&body={encoded}")
        );
        assert_eq!(link(Network::Instagram), "");
        assert_eq!(Network::LinkedIn.share_link(&Post::default(), None), None);
    }

    #[test]
    fn tagging_keeps_what_the_link_carries() {
        assert_eq!(
            tagged(
                "https://example.org/p?id=4471&source=relais",
                Network::X,
                Some("halte"),
                "12"
            ),
            "https://example.org/p?id=4471&source=relais&utm_source=x&utm_medium=social&utm_campaign=halte&utm_content=12"
        );
        assert_eq!(tagged("not a link", Network::X, None, "12"), "not a link");
    }
}

//! The part of a prompt that is passed on: the text to copy and a link for each network, ready where the network allows it.

use super::{PromptView, Reader};
use crate::{
    chat::{Block, Link},
    domain::network::{Network, Post, tagged},
    i18n::Voice,
};

/// How the networks of a post take it.
#[derive(Default)]
struct Ways {
    /// With the text in place.
    ready: Vec<Network>,
    /// With the link alone.
    link_only: Vec<Network>,
    /// Not by a link.
    by_hand: Vec<Network>,
    /// Not at this length: with the length.
    too_long: Vec<(Network, usize)>,
    links: Vec<(Network, String)>,
}

impl PromptView {
    /// The post in a language as it goes to a network.
    fn post(&self, voice: &Voice, network: Network) -> Post {
        let content = &self.ask.content;
        let campaign = self.campaign.as_ref().map(|campaign| campaign.slug.as_str());
        let number = format!("{}-{}", self.ask.id, voice.language());
        Post {
            text: content
                .wording(voice.language())
                .map(|wording| wording.text.clone())
                .unwrap_or_default(),
            hashtags: content.hashtags.clone(),
            link: content
                .link
                .as_deref()
                .map(|link| tagged(link, network, campaign, &number)),
        }
    }

    /// The text to copy, for a network that no link tells.
    fn text_to_copy(&self, voice: &Voice) -> String {
        let mut post = self.post(voice, Network::Email);
        post.link.clone_from(&self.ask.content.link);
        post.full()
    }

    fn ways(&self, voice: &Voice, reader: &Reader) -> Ways {
        let mut ways = Ways::default();
        for network in &self.ask.content.networks {
            let post = self.post(voice, *network);
            let full = network.typeset(&post.full());
            if network.is_too_long(&full) {
                ways.too_long.push((*network, network.length(&full)));
                continue;
            }
            match network.share_link(&post, reader.mastodon) {
                Some(link) => {
                    let named = if network.carries_text() {
                        &mut ways.ready
                    } else {
                        &mut ways.link_only
                    };
                    named.push(*network);
                    ways.links.push((*network, link));
                }
                None => ways.by_hand.push(*network),
            }
        }
        ways
    }

    /// Adds the text to copy, the links, and how each network takes them.
    pub(super) fn add_share(&self, voice: &Voice, reader: &Reader, blocks: &mut Vec<Block>) {
        blocks.push(Block::Copy {
            label: voice.prompt_copy_label(),
            text: self.text_to_copy(voice),
        });
        let ways = self.ways(voice, reader);
        let named = |networks: &[Network]| voice.list(networks.iter().map(|network| voice.network(*network)));
        if !ways.links.is_empty() {
            let link = |(network, url): &(Network, String)| Link::to(voice.network(*network), url);
            blocks.push(Block::Links {
                links: ways.links.iter().map(link).collect(),
            });
        }
        let mut items = Vec::new();
        if !ways.ready.is_empty() {
            items.push(voice.prompt_share_ready(named(&ways.ready)));
        }
        if !ways.link_only.is_empty() {
            items.push(voice.prompt_share_link_only(named(&ways.link_only)));
        }
        if !ways.by_hand.is_empty() {
            items.push(voice.prompt_share_by_hand(named(&ways.by_hand)));
        }
        for (network, length) in ways.too_long {
            let shown = |number: usize| voice.number(i64::try_from(number).unwrap_or(i64::MAX));
            let limit = shown(network.limit().unwrap_or_default());
            items.push(voice.prompt_share_too_long(voice.network(network), shown(length), limit));
        }
        if !items.is_empty() {
            blocks.push(Block::List { items });
        }
    }
}

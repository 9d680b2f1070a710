//! The addresses of ours that lead to a prompt's links.

use crate::{
    app::App,
    chat::{Block, Link},
    domain::{id::PromptId, language::Language, seal},
    store,
};

use super::{PromptView, Reader};

/// How addresses of ours are made.
#[derive(Clone)]
pub(crate) struct Pages {
    /// What stands before each.
    pub public_url: String,
    /// The key of their seals.
    pub seal_key: Vec<u8>,
}

impl Pages {
    /// Gives each link of a language of a prompt its page.
    pub(super) fn put(&self, prompt: PromptId, language: Language, blocks: &mut [Block]) {
        for (place, link) in links(blocks).enumerate() {
            let seal = seal::of_link(&self.seal_key, prompt, language, place);
            let url = &self.public_url;
            link.page = Some(format!("{url}/l/{prompt}/{language}/{place}/{seal}"));
        }
    }
}

fn links(blocks: &mut [Block]) -> impl Iterator<Item = &mut Link> {
    let of_block = |block| match block {
        &mut Block::Links { ref mut links } => links.as_mut_slice(),
        _ => &mut [],
    };
    blocks.iter_mut().flat_map(of_block)
}

/// Whether a page bears our seal, so that there is or was one.
pub(crate) fn is_sealed(app: &App, named: (PromptId, Language, usize), seal: &str) -> bool {
    let pages = app.pages();
    pages.is_some_and(|pages| seal::is_of_link(&pages.seal_key, named, seal))
}

/// The link to which a page that bears our seal leads; none where its prompt has no such link any more.
pub(crate) async fn link_named(
    app: &App,
    (prompt, language, place): (PromptId, Language, usize),
) -> store::Result<Option<Link>> {
    let mut reader = app.store.read().await?;
    let Some(prompt) = reader.find_prompt(prompt).await? else {
        return Ok(None);
    };
    let Some(ask) = reader.find_ask(prompt.ask).await? else {
        return Ok(None);
    };
    let room = reader.load_room(prompt.room).await?;
    let view = PromptView::load(&mut reader, ask, &prompt).await?;
    drop(reader);
    let (zone, now) = (app.zone_of(&room), app.clock.now());
    let languages = [language];
    let to = Reader::new(app, &languages, (&zone, now), &room.address.platform).in_private();
    let mut blocks = view.card(&to).blocks;
    Ok(links(&mut blocks).nth(place).cloned())
}

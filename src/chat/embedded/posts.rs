//! Messages, their pictures and their reactions: written to the history, and read from it.

use std::sync::Arc;

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    Author, Content, Embedded, History, Item, Kind, Person, PictureRef, Post, PostId, Reaction, Update,
};
use crate::chat::{Card, Picture};

/// The id of the counter of messages.
const POSTS: &str = "post";

/// How far counting has come. Whoever holds it may write.
pub(super) struct Writer {
    last_post: u64,
    /// Since the chat was opened.
    changes: u64,
}

impl Writer {
    pub(super) async fn load(history: &dyn History) -> anyhow::Result<Self> {
        let last_post = match history
            .get(Kind::Counter, POSTS)
            .await
            .context("reading the counter")?
        {
            Some(value) => value.parse().context("the counter of messages is no number")?,
            None => 0,
        };
        Ok(Self {
            last_post,
            changes: 0,
        })
    }

    pub(super) const fn next_change(&mut self) -> u64 {
        self.changes += 1;
        self.changes
    }
}

/// A message that is about to be written.
pub(super) struct Draft<'a> {
    author: Author,
    content: Content,
    key: Option<&'a str>,
    picture: Option<&'a Picture>,
}

impl<'a> Draft<'a> {
    /// What the bot says in a room.
    pub(super) fn of_bot(room: &str, card: &'a Card) -> Self {
        Self {
            author: Author::Bot,
            content: Content::Card {
                card: Box::new(as_kept(room, card)),
                picture: card.picture.as_ref().map(PictureRef::of),
            },
            key: None,
            picture: card.picture.as_ref(),
        }
    }

    /// What somebody says.
    pub(super) fn of_person(person: &Person, content: Content) -> Self {
        Self {
            author: Author::Person(person.id.clone()),
            content,
            key: None,
            picture: None,
        }
    }

    /// The same, with the key that it carries.
    pub(super) fn keyed(self, key: &'a str) -> Self {
        Self {
            key: Some(key),
            ..self
        }
    }
}

/// A message with its reactions, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The message.
    pub post: Post,
    /// Its reactions.
    pub reactions: Vec<Reaction>,
}

/// Some neighbouring messages of a room.
#[derive(Debug)]
pub struct Passage {
    /// At least this change had been made when it was read.
    pub change: u64,
    /// The messages, the oldest first.
    pub standing: Vec<Standing>,
    /// Whether there are older ones.
    pub has_earlier: bool,
}

/// A picture as it is served.
#[derive(Serialize, Deserialize)]
pub struct StoredPicture {
    /// Its type, such as `image/png`.
    pub media_type: String,
    base64: String,
}

impl StoredPicture {
    /// Its bytes.
    pub fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        STANDARD
            .decode(&self.base64)
            .context("a stored picture is no base64")
    }
}

impl Embedded {
    /// Writes a message; one that carries a key is written once.
    pub(super) async fn record(&self, room: &str, draft: Draft<'_>) -> anyhow::Result<PostId> {
        let Draft {
            author,
            content,
            key,
            picture,
        } = draft;
        let mut writer = self.writer.lock().await;
        if let Some(key) = key
            && let Some(first) = self.keyed(room, key).await?
        {
            return Ok(first);
        }
        // Counted before it is written, so that no number is used again after a failure that may have been none.
        writer.last_post += 1;
        let id = PostId::numbered(writer.last_post);
        let post = Post {
            id: id.clone(),
            author,
            content,
            at_ms: self.clock.now().as_millisecond(),
            is_edited: false,
        };
        let mut items = vec![post_item(room, &post)?];
        items.push(item(
            Kind::Counter,
            POSTS.to_owned(),
            writer.last_post.to_string(),
        ));
        items.extend(key.map(|key| item(Kind::Key, format!("{room}/{key}"), id.to_string())));
        items.extend(picture.map(picture_item).transpose()?);
        self.history.put(items).await.context("recording a message")?;
        self.tell(Update::Changed {
            change: writer.next_change(),
            room: room.to_owned(),
            post: id.clone(),
        });
        Ok(id)
    }

    /// Replaces the card of a message of the bot's, and says whether there is such a message. A picture stays until another
    /// comes.
    pub(super) async fn amend(&self, room: &str, id: &PostId, card: &Card) -> anyhow::Result<bool> {
        let mut writer = self.writer.lock().await;
        let Some(mut post) = self.post(room, id).await? else {
            return Ok(false);
        };
        let Content::Card { card: shown, picture } = &mut post.content else {
            return Ok(false);
        };
        **shown = as_kept(room, card);
        if let Some(other) = &card.picture {
            *picture = Some(PictureRef::of(other));
        }
        post.is_edited = true;
        let mut items = vec![post_item(room, &post)?];
        items.extend(card.picture.as_ref().map(picture_item).transpose()?);
        self.history.put(items).await.context("recording an edit")?;
        self.tell(Update::Changed {
            change: writer.next_change(),
            room: room.to_owned(),
            post: id.clone(),
        });
        Ok(true)
    }

    /// Takes a message of the bot's back, and says whether there is such a message.
    pub(super) async fn withdraw(&self, room: &str, id: &PostId) -> anyhow::Result<bool> {
        let mut writer = self.writer.lock().await;
        let Some(mut post) = self.post(room, id).await? else {
            return Ok(false);
        };
        if post.author != Author::Bot {
            return Ok(false);
        }
        post.content = Content::Withdrawn;
        let items = vec![post_item(room, &post)?];
        self.history.put(items).await.context("recording a withdrawal")?;
        self.tell(Update::Changed {
            change: writer.next_change(),
            room: room.to_owned(),
            post: id.clone(),
        });
        Ok(true)
    }

    /// The message that carries a key.
    pub(super) async fn keyed(&self, room: &str, key: &str) -> anyhow::Result<Option<PostId>> {
        let id = format!("{room}/{key}");
        let found = self
            .history
            .get(Kind::Key, &id)
            .await
            .context("looking for a key")?;
        Ok(found.and_then(|id| PostId::parse(&id)))
    }

    /// A message.
    pub(super) async fn post(&self, room: &str, id: &PostId) -> anyhow::Result<Option<Post>> {
        let value = self.history.get(Kind::Post, &format!("{room}/{id}")).await;
        let value = value.context("reading a message")?;
        value
            .map(|value| serde_json::from_str(&value).context("reading a message"))
            .transpose()
    }

    /// A message with its reactions.
    pub async fn standing(&self, room: &str, id: &PostId) -> anyhow::Result<Option<Standing>> {
        let Some(post) = self.post(room, id).await? else {
            return Ok(None);
        };
        let reactions = self.standing_reactions(room, id).await?;
        Ok(Some(Standing { post, reactions }))
    }

    /// The last messages of a room, or the last before one of them.
    pub async fn passage(
        &self,
        room: &str,
        before: Option<&PostId>,
        limit: usize,
    ) -> anyhow::Result<Passage> {
        let change = self.writer.lock().await.changes;
        let mut posts = self.posts(room, before, limit + 1).await?;
        let has_earlier = posts.len() > limit;
        if has_earlier {
            posts.remove(0);
        }
        let mut marked = match (posts.first(), posts.last()) {
            (Some(first), Some(last)) => self.marked(room, &first.id, &last.id).await?,
            _ => Vec::new(),
        };
        let standing = posts
            .into_iter()
            .map(|post| {
                let reactions = marked
                    .extract_if(.., |(id, _)| *id == post.id.as_str())
                    .map(|(_, reaction)| reaction);
                Standing {
                    reactions: reactions.collect(),
                    post,
                }
            })
            .collect();
        Ok(Passage {
            change,
            standing,
            has_earlier,
        })
    }

    /// The last message of a room.
    pub async fn last_post(&self, room: &str) -> anyhow::Result<Option<PostId>> {
        Ok(self.posts(room, None, 1).await?.pop().map(|post| post.id))
    }

    /// A picture, by its id.
    pub async fn picture(&self, id: &str) -> anyhow::Result<Option<StoredPicture>> {
        let value = self
            .history
            .get(Kind::Picture, id)
            .await
            .context("reading a picture")?;
        value
            .map(|value| serde_json::from_str(&value).context("reading a picture"))
            .transpose()
    }

    async fn posts(&self, room: &str, before: Option<&PostId>, limit: usize) -> anyhow::Result<Vec<Post>> {
        let (start, end) = (
            format!("{room}/"),
            before.map_or_else(|| format!("{room}0"), |id| format!("{room}/{id}")),
        );
        let items = self
            .history
            .last(Kind::Post, &start..&end, limit)
            .await
            .context("reading messages")?;
        items
            .iter()
            .map(|item| serde_json::from_str(&item.value).context("reading a message"))
            .collect()
    }
}

/// A card as it is kept, and read in a room.
fn as_kept(room: &str, card: &Card) -> Card {
    let card = Card {
        picture: None,
        ..card.clone()
    };
    card.typed_after(Embedded::prefix_in(room))
}

impl PictureRef {
    fn of(picture: &Picture) -> Self {
        Self {
            id: digest(&picture.bytes),
            name: picture.name.clone(),
            alt: picture.alt.clone(),
        }
    }
}

fn digest(bytes: &Arc<[u8]>) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

pub(super) fn item(kind: Kind, id: String, value: String) -> Item {
    Item { kind, id, value }
}

fn post_item(room: &str, post: &Post) -> anyhow::Result<Item> {
    Ok(item(
        Kind::Post,
        format!("{room}/{}", post.id),
        serde_json::to_string(post)?,
    ))
}

fn picture_item(picture: &Picture) -> anyhow::Result<Item> {
    let stored = StoredPicture {
        media_type: picture.media_type.clone(),
        base64: STANDARD.encode(&picture.bytes),
    };
    Ok(item(
        Kind::Picture,
        digest(&picture.bytes),
        serde_json::to_string(&stored)?,
    ))
}

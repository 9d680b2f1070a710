//! Files that people drop: a coordinator's calendars are read, and what people share with each other is left alone.

use super::Router;
use crate::{
    authority,
    chat::{DroppedFile, Origin, Place, Reply, Sender},
    command,
    domain::{role::Role, room::Purpose},
    store,
};

impl Router {
    /// Takes files with a calendar among them. Whoever drops anything else, or is no coordinator and among others, has not spoken to the
    /// bot: nothing is fetched, and nobody is met by it.
    pub(super) async fn dropped(
        &self,
        reply: Reply,
        (sender, place): (&Sender, &Place),
        origin: Option<&Origin>,
        files: Vec<DroppedFile>,
    ) {
        if !files.iter().any(|file| command::is_calendar(&file.name)) {
            return;
        }
        match self.is_for_the_bot(sender, place).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "it could not be found out who dropped a file");
                return;
            }
        }
        self.reply(reply, (sender, place), origin, async |context| {
            Some(command::take_files(context, files).await)
        })
        .await;
    }

    /// Whether a calendar is dropped for the bot: by a coordinator, or where calendars are expected, or in a conversation with it alone.
    async fn is_for_the_bot(&self, sender: &Sender, place: &Place) -> store::Result<bool> {
        if place.is_private {
            return Ok(true);
        }
        let room = self.app.store.read().await?.find_room(&place.address).await?;
        if room.is_some_and(|room| room.purpose == Purpose::Coordination) {
            return Ok(true);
        }
        let held = authority::of(&self.app, &place.address.platform, &sender.account).await?;
        Ok(held.authority.has(Role::Coordinator))
    }
}

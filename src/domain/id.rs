//! Ids given by the database, one type each.

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
            #[serde(transparent)]
            pub struct $name(pub i64);

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    self.0.fmt(f)
                }
            }
        )+
    };
}

ids! {
    /// One human, behind one account or several linked ones.
    PersonId,
    /// Somebody on one platform.
    AccountId,
    /// A channel or room of a platform.
    RoomId,
    /// Rooms that belong together.
    GroupId,
    /// Asks that serve one end.
    CampaignId,
    /// What volunteers are asked to do. Its number is the one people say aloud: `#12`.
    AskId,
    /// An ask as it stands in one room.
    PromptId,
    /// A row of the outbox.
    DeliveryId,
    /// A stored picture.
    PictureId,
    /// A number to reach within a campaign.
    GoalId,
}

//! Interactions: commands, presses and forms that come back.

use std::sync::Arc;

use serenity::model::application::Interaction;

use super::Discord;

/// Takes an interaction in its turn; whatever takes long is done apart.
pub(super) async fn take(_discord: &Arc<Discord>, _interaction: Interaction) {}

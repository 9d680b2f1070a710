//! What answers interactions, and the commands that are told of.

use serde_json::{Value, json};
use serenity::{
    http::Route,
    model::id::{ApplicationId, InteractionId},
};

use super::{Call, Failure, Rest, Upload, code};

impl Rest {
    /// Answers an interaction for the first time. Answering once more is nothing.
    pub async fn callback(
        &self,
        (interaction, token): (InteractionId, &str),
        body: Value,
        files: Vec<Upload>,
    ) -> Result<(), Failure> {
        let route = Route::InteractionResponse {
            interaction_id: interaction,
            token,
        };
        let call = Call::post(route).saying(body).bringing(files);
        match self.tell(&call.of_interaction().repeatable()).await {
            Err(failure) if failure.is_one_of(&[code::ALREADY_ACKNOWLEDGED]) => Ok(()),
            told => told,
        }
    }

    /// Says something more to an interaction that was answered.
    pub async fn followup(
        &self,
        (application, token): (ApplicationId, &str),
        body: Value,
        files: Vec<Upload>,
    ) -> Result<(), Failure> {
        let route = Route::WebhookFollowupMessages {
            application_id: application,
            token,
        };
        let call = Call::post(route).saying(body).bringing(files);
        self.tell(&call.of_interaction()).await
    }

    /// Replaces the first answer to an interaction.
    pub async fn edit_original(
        &self,
        (application, token): (ApplicationId, &str),
        body: Value,
        files: Vec<Upload>,
    ) -> Result<(), Failure> {
        let route = Route::WebhookOriginalInteractionResponse {
            application_id: application,
            token,
        };
        let call = Call::patch(route).saying(body).bringing(files);
        self.tell(&call.of_interaction()).await
    }

    /// The commands that Discord was told of, as it tells them back.
    pub async fn commands(&self, application: ApplicationId) -> Result<Vec<Value>, Failure> {
        let route = Route::Commands {
            application_id: application,
        };
        self.ask(&Call::get(route).asking("with_localizations", true))
            .await
    }

    /// Tells Discord of these commands and none else.
    pub async fn put_commands(
        &self,
        application: ApplicationId,
        commands: Vec<Value>,
    ) -> Result<(), Failure> {
        let route = Route::Commands {
            application_id: application,
        };
        self.tell(&Call::put(route).saying(json!(commands))).await
    }
}

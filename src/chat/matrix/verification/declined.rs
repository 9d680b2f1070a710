//! What a service that runs does with a verification: nobody is at its terminal.

use matrix_sdk::{
    Client,
    encryption::verification::Verification,
    ruma::{
        UserId,
        events::{
            key::verification::{
                request::ToDeviceKeyVerificationRequestEvent, start::ToDeviceKeyVerificationStartEvent,
            },
            room::message::{MessageType, OriginalSyncRoomMessageEvent},
        },
    },
};

/// Declines every verification that somebody begins, and says in the log how it is done.
pub fn decline(client: &Client) {
    client.add_event_handler(
        async |event: ToDeviceKeyVerificationRequestEvent, client: Client| {
            decline_request(&client, &event.sender, event.content.transaction_id.as_str()).await;
        },
    );
    client.add_event_handler(async |event: OriginalSyncRoomMessageEvent, client: Client| {
        if matches!(event.content.msgtype, MessageType::VerificationRequest(_)) {
            decline_request(&client, &event.sender, event.event_id.as_str()).await;
        }
    });
    client.add_event_handler(async |event: ToDeviceKeyVerificationStartEvent, client: Client| {
        let flow = event.content.transaction_id.as_str();
        let verification = client.encryption().get_verification(&event.sender, flow).await;
        if let Some(Verification::SasV1(emoji)) = verification {
            told();
            // Nothing is sent while the reading waits.
            tokio::spawn(async move { emoji.cancel().await });
        }
    });
}

async fn decline_request(client: &Client, from: &UserId, flow: &str) {
    if let Some(request) = client.encryption().get_verification_request(from, flow).await {
        told();
        tokio::spawn(async move { request.cancel().await });
    }
}

fn told() {
    tracing::warn!(
        "somebody began to verify the Matrix account, which takes you too: stop Relais, and use `relais matrix verify`"
    );
}

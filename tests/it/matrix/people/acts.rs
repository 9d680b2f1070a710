//! What people do in rooms. Whatever the homeserver refuses ends the test.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{Message, Person};

/// What somebody says.
pub struct Words(Value);

impl Words {
    /// Plain words.
    pub fn of(text: &str) -> Self {
        Self(json!({ "msgtype": "m.text", "body": text, "m.mentions": {} }))
    }

    /// With HTML to show instead.
    pub fn html(mut self, html: &str) -> Self {
        self.0["format"] = json!("org.matrix.custom.html");
        self.0["formatted_body"] = json!(html);
        self
    }

    /// As something else than `m.text`.
    pub fn kind(mut self, kind: &str) -> Self {
        self.0["msgtype"] = json!(kind);
        self
    }

    /// About a file that is somewhere.
    pub fn file(mut self, url: &str, size: usize) -> Self {
        self.0["url"] = json!(url);
        self.0["info"] = json!({ "size": size, "mimetype": "text/csv" });
        self
    }

    /// In the thread of a message.
    pub fn in_thread(mut self, root: &str) -> Self {
        self.0["m.relates_to"]["rel_type"] = json!("m.thread");
        self.0["m.relates_to"]["event_id"] = json!(root);
        self
    }

    /// In reply to a message.
    pub fn replying_to(mut self, event: &str) -> Self {
        self.0["m.relates_to"]["m.in_reply_to"] = json!({ "event_id": event });
        self
    }

    /// To somebody by name.
    pub fn to(mut self, user: &str) -> Self {
        self.0["m.mentions"] = json!({ "user_ids": [user] });
        self
    }
}

/// A room to be made. Whoever is not invited may not come in.
pub struct NewRoom(Value);

impl NewRoom {
    /// Not encrypted.
    pub fn plain(name: &str) -> Self {
        Self(json!({ "name": name, "preset": "private_chat", "initial_state": [] }))
    }

    /// Encrypted from the start.
    pub fn encrypted(name: &str) -> Self {
        let state = json!({
            "type": "m.room.encryption",
            "state_key": "",
            "content": { "algorithm": "m.megolm.v1.aes-sha2" },
        });
        let mut room = Self::plain(name);
        room.0["initial_state"] = json!([state]);
        room
    }

    /// Whether it is encrypted from the start.
    pub fn is_encrypted(&self) -> bool {
        self.0["initial_state"] != json!([])
    }

    /// A space, which holds rooms.
    pub fn space(name: &str) -> Self {
        let mut room = Self::plain(name);
        room.0["creation_content"] = json!({ "type": "m.space" });
        room
    }

    /// Anybody may join.
    pub fn public(mut self) -> Self {
        self.0["preset"] = json!("public_chat");
        self
    }

    /// A conversation of two.
    pub fn direct(mut self) -> Self {
        self.0["is_direct"] = json!(true);
        self
    }

    /// With these people asked to come.
    pub fn inviting(mut self, users: &[&str]) -> Self {
        self.0["invite"] = json!(users);
        self
    }

    /// Of a room version that is not the homeserver's own choice.
    pub fn version(mut self, version: &str) -> Self {
        self.0["room_version"] = json!(version);
        self
    }
}

/// A path of the client API about a room.
fn of_room(room: &str, rest: &str) -> String {
    format!("/_matrix/client/v3/rooms/{}/{rest}", escaped(room))
}

/// As a part of a path.
fn escaped(id: &str) -> String {
    url::form_urlencoded::byte_serialize(id.as_bytes()).collect()
}

impl Person {
    /// Any request in their name. It must succeed.
    pub async fn request(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let order = json!({ "method": method, "path": path, "body": body });
        let mut answer = self.order("call", order).await;
        assert!(
            answer[0] == 200,
            "{}: {method} {path}: {} {}",
            self.id(),
            answer[0],
            answer[1]
        );
        answer[1].take()
    }

    async fn post(&self, room: &str, what: &str, body: Value) -> Value {
        self.request("POST", &of_room(room, what), Some(body)).await
    }

    /// Makes a room and gives its id.
    pub async fn creates(&self, room: NewRoom) -> String {
        let made = self
            .request("POST", "/_matrix/client/v3/createRoom", Some(room.0))
            .await;
        made["room_id"].as_str().unwrap().to_owned()
    }

    /// Joins a room, by invitation or because anybody may.
    pub async fn joins(&self, room: &str) {
        self.post(room, "join", json!({})).await;
    }

    /// Leaves a room, or declines to come.
    pub async fn leaves(&self, room: &str) {
        self.post(room, "leave", json!({})).await;
    }

    /// Invites somebody.
    pub async fn invites(&self, room: &str, user: &str) {
        self.post(room, "invite", json!({ "user_id": user })).await;
    }

    /// Puts somebody out, who may be invited again.
    pub async fn kicks(&self, room: &str, user: &str) {
        self.post(room, "kick", json!({ "user_id": user, "reason": "a test" }))
            .await;
    }

    /// Puts somebody out for good.
    pub async fn bans(&self, room: &str, user: &str) {
        self.post(room, "ban", json!({ "user_id": user, "reason": "a test" }))
            .await;
    }

    /// Lifts a ban.
    pub async fn pardons(&self, room: &str, user: &str) {
        self.post(room, "unban", json!({ "user_id": user })).await;
    }

    /// A room's state event.
    pub async fn state(&self, room: &str, kind: &str, key: &str) -> Value {
        let path = of_room(room, &format!("state/{kind}/{}", escaped(key)));
        self.request("GET", &path, None).await
    }

    /// Sets a room's state event.
    pub async fn sets_state(&self, room: &str, kind: &str, key: &str, content: Value) {
        let path = of_room(room, &format!("state/{kind}/{}", escaped(key)));
        self.request("PUT", &path, Some(content)).await;
    }

    /// Gives somebody a power level. In rooms of version 12 nobody can set that of who made the room.
    pub async fn sets_power(&self, room: &str, user: &str, level: i64) {
        let mut levels = self.state(room, "m.room.power_levels", "").await;
        levels["users"][user] = json!(level);
        self.sets_state(room, "m.room.power_levels", "", levels).await;
    }

    /// Upgrades a room and gives the id of the one that follows it. Nobody else is in that yet.
    pub async fn upgrades(&self, room: &str, version: &str) -> String {
        let made = self
            .post(room, "upgrade", json!({ "new_version": version }))
            .await;
        made["replacement_room"].as_str().unwrap().to_owned()
    }

    /// Says something in plain words and gives the event's id, as all that follow do.
    pub async fn says(&self, room: &str, text: &str) -> String {
        self.sends(room, Words::of(text)).await
    }

    /// Says something in another way, or to another place than the end of the room.
    pub async fn sends(&self, room: &str, words: Words) -> String {
        self.sends_event(room, "m.room.message", words.0).await
    }

    /// Says something in an encrypted room whose key does not reach somebody, nor does that of what they say there afterwards.
    pub async fn says_withholding_from(&self, user: &str, room: &str, text: &str) -> String {
        let content = Words::of(text).0;
        let order = json!({ "room": room, "user": user, "type": "m.room.message", "content": content });
        self.order("withhold", order).await.as_str().unwrap().to_owned()
    }

    /// Has those keys reach them after all.
    pub async fn hands_keys_over(&self) {
        self.order("hand_over", json!({})).await;
    }

    /// Edits what they said.
    pub async fn edits(&self, room: &str, event: &str, text: &str) -> String {
        let Words(mut content) = Words::of(&format!("* {text}"));
        content["m.new_content"] = Words::of(text).0;
        content["m.relates_to"] = json!({ "rel_type": "m.replace", "event_id": event });
        self.sends_event(room, "m.room.message", content).await
    }

    /// Reacts to a message.
    pub async fn reacts(&self, room: &str, event: &str, key: &str) -> String {
        let relation = json!({ "rel_type": "m.annotation", "event_id": event, "key": key });
        self.sends_event(room, "m.reaction", json!({ "m.relates_to": relation }))
            .await
    }

    /// Takes back a message or a reaction.
    pub async fn redacts(&self, room: &str, event: &str) -> String {
        let order = json!({ "room": room, "event": event, "reason": null });
        self.order("redact", order).await.as_str().unwrap().to_owned()
    }

    /// Drops a file into a room.
    pub async fn drops(&self, room: &str, name: &str, mime: &str, data: &[u8]) -> String {
        let order = json!({ "room": room, "name": name, "mime": mime, "data": STANDARD.encode(data) });
        let mut content = self.order("upload", order).await;
        content["msgtype"] = json!("m.file");
        self.sends_event(room, "m.room.message", content).await
    }

    /// Opens the file or the picture of a message.
    pub async fn opens(&self, message: &Message) -> Vec<u8> {
        let data = self
            .order("download", json!({ "content": message.content }))
            .await;
        STANDARD.decode(data.as_str().unwrap()).unwrap()
    }

    /// Sends any event, encrypted where the room is and the event may be.
    pub async fn sends_event(&self, room: &str, kind: &str, content: Value) -> String {
        let order = json!({ "room": room, "type": kind, "content": content });
        self.order("send", order).await.as_str().unwrap().to_owned()
    }
}

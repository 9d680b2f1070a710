//! One call of the REST interface, before it is made.

use std::sync::Arc;

use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::Value;
use serenity::http::Route;

use super::Lane;

/// Before a path, in serenity's routes.
const ORIGIN: &str = "https://discord.com";

/// A file that goes with a message.
#[derive(Debug, Clone)]
pub(in crate::chat::discord) struct Upload {
    /// Its name.
    pub name: String,
    /// Its type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// One call of the REST interface.
pub(in crate::chat::discord) struct Call<'a> {
    pub(super) method: Method,
    route: Route<'a>,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Value>,
    pub(super) files: Vec<Upload>,
    pub(super) lane: Lane,
    is_repeatable: bool,
}

impl<'a> Call<'a> {
    const fn new(method: Method, route: Route<'a>, is_repeatable: bool) -> Self {
        Self {
            method,
            route,
            query: Vec::new(),
            body: None,
            files: Vec::new(),
            lane: Lane::Bot,
            is_repeatable,
        }
    }

    /// Reads something.
    pub const fn get(route: Route<'a>) -> Self {
        Self::new(Method::GET, route, true)
    }

    /// Does something that is done once more when it is repeated.
    pub const fn post(route: Route<'a>) -> Self {
        Self::new(Method::POST, route, false)
    }

    /// Changes something to what is given.
    pub const fn patch(route: Route<'a>) -> Self {
        Self::new(Method::PATCH, route, true)
    }

    /// Puts something in its place.
    pub const fn put(route: Route<'a>) -> Self {
        Self::new(Method::PUT, route, true)
    }

    /// Takes something away.
    pub const fn delete(route: Route<'a>) -> Self {
        Self::new(Method::DELETE, route, true)
    }

    /// With something asked for.
    #[must_use]
    pub fn asking(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// With a body.
    #[must_use]
    pub fn saying(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// With files, which the body names by their place.
    #[must_use]
    pub fn bringing(mut self, files: Vec<Upload>) -> Self {
        self.files = files;
        self
    }

    /// Repeated where it failed, since doing it twice is the same.
    #[must_use]
    pub const fn repeatable(mut self) -> Self {
        self.is_repeatable = true;
        self
    }

    /// As what answers an interaction.
    #[must_use]
    pub const fn of_interaction(mut self) -> Self {
        self.lane = Lane::Interaction;
        self
    }

    pub(super) const fn is_repeatable(&self) -> bool {
        self.is_repeatable
    }

    /// The path, with what stands before it on whatever serves it.
    pub(super) fn path(&self) -> String {
        let path = self.route.path();
        path.strip_prefix(ORIGIN).unwrap_or(&path).to_owned()
    }

    pub(super) fn form(&self, body: &Value) -> Form {
        let form = Form::new().text("payload_json", body.to_string());
        self.files.iter().enumerate().fold(form, |form, (index, file)| {
            let part = || Part::bytes(file.bytes.to_vec()).file_name(file.name.clone());
            // A type that is none is left to Discord to find out.
            let typed = part().mime_str(&file.media_type).unwrap_or_else(|_| part());
            form.part(format!("files[{index}]"), typed)
        })
    }
}

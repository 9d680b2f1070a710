//! Discord's REST interface: one function through which every call goes, so that each keeps to the limits and each failure is
//! told in one way.

mod answers;
mod call;
mod failure;
mod files;

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use reqwest::{
    Client, Response, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, USER_AGENT},
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, de::DeserializeOwned};
use serenity::http::Route;
use tokio::sync::Notify;

use super::limits::{Held, Lane, Limits, RouteKey, Told, seconds};

pub(super) use call::{Call, Upload};
pub(super) use failure::{Failure, code};

/// Where Discord is.
const DISCORD: &str = "https://discord.com";
/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How often a call is tried that may be repeated.
const TRIES: u32 = 4;
/// How long to wait before the second try; twice as long each time after that.
const PAUSE: Duration = Duration::from_millis(250);
/// The longest that a call waits because Discord asked for it, before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a call waits because Discord asked for it.
const WAITS: u32 = 5;

/// How Discord is reached.
#[derive(Clone)]
pub struct Access {
    /// The bot's token.
    pub token: SecretString,
    /// A proxy for Discord's REST interface, which then keeps to the limits.
    pub proxy: Option<String>,
    /// What sends.
    pub client: Client,
}

impl Access {
    /// With the usual client.
    pub fn new(token: SecretString, proxy: Option<String>) -> reqwest::Result<Self> {
        let client = Client::builder().use_rustls_tls().timeout(TIMEOUT).build()?;
        Ok(Self { token, proxy, client })
    }
}

/// Discord's REST interface.
pub(super) struct Rest {
    access: Access,
    limits: Limits,
    /// Whether Discord refused the token: then there is nothing more to ask, unless it takes it when it is asked once more.
    is_refused: AtomicBool,
    /// Told when it did.
    doubted: Notify,
}

/// What Discord says of a refusal.
#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    code: u64,
    #[serde(default)]
    message: String,
}

/// What Discord says where it asks for patience.
#[derive(Deserialize)]
struct Patience {
    retry_after: f64,
    #[serde(default)]
    global: bool,
}

impl Rest {
    pub fn new(access: Access) -> Self {
        Self {
            access,
            limits: Limits::default(),
            is_refused: AtomicBool::new(false),
            doubted: Notify::new(),
        }
    }

    /// The bot's token.
    pub fn token(&self) -> &str {
        self.access.token.expose_secret()
    }

    /// Discord will not have the bot: nothing more is asked of it.
    pub fn refuse(&self) {
        self.is_refused.store(true, Ordering::Release);
    }

    /// Waits until Discord refuses the token for good. Once may be a fault of its own, or of something before it: it is asked once more, and
    /// meanwhile nothing else is.
    pub async fn refused(&self) {
        loop {
            self.doubted.notified().await;
            let mut pause = PAUSE;
            loop {
                match self.attempt(&Call::get(Route::GatewayBot)).await {
                    Err(Failure::TokenRefused) => return,
                    Ok(_) => break,
                    Err(error) => {
                        tracing::warn!(
                            error = &error as &dyn std::error::Error,
                            "Discord could not be asked whether it takes the token"
                        );
                        tokio::time::sleep(pause).await;
                        pause = (pause * 2).min(TIMEOUT);
                    }
                }
            }
            self.is_refused.store(false, Ordering::Release);
            tracing::warn!("Discord refused the token once, and takes it now");
        }
    }

    /// Does something and reads what comes back.
    pub async fn ask<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<T, Failure> {
        let answer = self.answer(call).await?;
        serde_json::from_slice(&answer).map_err(|error| Failure::Unreadable(error.classify()))
    }

    /// Does something of which nothing comes back that is wanted.
    pub async fn tell(&self, call: &Call<'_>) -> Result<(), Failure> {
        self.answer(call).await.map(drop)
    }

    async fn answer(&self, call: &Call<'_>) -> Result<Vec<u8>, Failure> {
        let (mut tries, mut waits) = (1, 0);
        loop {
            if call.lane == Lane::Bot && self.is_refused.load(Ordering::Acquire) {
                return Err(Failure::TokenRefused);
            }
            let failure = match self.attempt(call).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            match failure {
                Failure::Patience { after, .. } if waits < WAITS && after <= PATIENCE => {
                    waits += 1;
                    tokio::time::sleep(after).await;
                }
                failure if failure.may_pass() && call.is_repeatable() && tries < TRIES => {
                    tokio::time::sleep(PAUSE * 2_u32.pow(tries - 1)).await;
                    tries += 1;
                }
                failure => return Err(failure),
            }
        }
    }

    /// Tries once.
    async fn attempt(&self, call: &Call<'_>) -> Result<Vec<u8>, Failure> {
        let path = call.path();
        let permit = if self.access.proxy.is_some() {
            None
        } else {
            let route = RouteKey::of(call.method.as_str(), &path);
            Some(self.limits.admit(call.lane, &route).await.map_err(held)?)
        };
        let response = self.request(call, &path).send().await;
        let response = response.map_err(Failure::of_transport)?;
        if let Some(permit) = permit {
            permit.learn(&Told::of(response.status(), response.headers()));
        }
        self.read(call, response).await
    }

    fn request(&self, call: &Call<'_>, path: &str) -> reqwest::RequestBuilder {
        let base = self.access.proxy.as_deref().unwrap_or(DISCORD);
        let request = self
            .access
            .client
            .request(call.method.clone(), format!("{base}{path}"))
            .query(&call.query)
            .header(USER_AGENT, serenity::constants::USER_AGENT);
        let request = match call.lane {
            Lane::Bot => request.header(AUTHORIZATION, format!("Bot {}", self.token())),
            // The token in the path is what lets it in.
            Lane::Interaction => request,
        };
        match (&call.body, call.files.is_empty()) {
            (None, _) => request,
            (Some(body), true) => request
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_string()),
            (Some(body), false) => request.multipart(call.form(body)),
        }
    }

    async fn read(&self, call: &Call<'_>, response: Response) -> Result<Vec<u8>, Failure> {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.map_err(Failure::of_transport)?;
        if status.is_success() {
            return Ok(body.into());
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Err(self.asked_for_patience(call, &headers, &body));
        }
        let refusal = serde_json::from_slice(&body).unwrap_or(Refusal {
            code: 0,
            message: String::new(),
        });
        if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            self.limits.refused();
        }
        if status == StatusCode::UNAUTHORIZED && call.lane == Lane::Bot {
            self.refuse();
            self.doubted.notify_one();
            return Err(Failure::TokenRefused);
        }
        Err(Failure::Answered {
            status: status.as_u16(),
            code: refusal.code,
            message: refusal.message,
        })
    }

    fn asked_for_patience(&self, call: &Call<'_>, headers: &HeaderMap, body: &[u8]) -> Failure {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        let told: Option<Patience> = serde_json::from_slice(body).ok();
        let after = told
            .as_ref()
            .and_then(|told| Duration::try_from_secs_f64(told.retry_after).ok())
            .or_else(|| text("retry-after").and_then(seconds))
            .unwrap_or(PATIENCE);
        // Whatever stands before Discord answers in another form: it means everybody who comes from here.
        let is_for_all = told.is_none_or(|told| told.global)
            || text("x-ratelimit-scope").is_some_and(|scope| scope == "global");
        if text("x-ratelimit-scope").is_none_or(|scope| scope != "shared") {
            self.limits.refused();
        }
        tracing::info!(
            wait.ms = after.as_millis(),
            is_for_all,
            method = %call.method,
            "Discord asked for patience"
        );
        if is_for_all {
            self.limits.hold(after);
        }
        Failure::Patience { after, is_for_all }
    }
}

const fn held(held: Held) -> Failure {
    match held {
        Held::Bucket(after) => Failure::Patience {
            after,
            is_for_all: false,
        },
        Held::All(after) => Failure::Patience {
            after,
            is_for_all: true,
        },
    }
}

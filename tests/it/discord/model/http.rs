//! The server: REST, the gateway and the files that were uploaded, on one port.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    extract,
    http::{Request, Response, StatusCode, header},
};

use super::{World, decision::Asked, gateway, route::Route};

/// The largest body that is read at all.
const BODY_MAX: usize = 30 * 1024 * 1024;

/// All that the server answers.
pub fn router(world: &Arc<World>) -> Router {
    Router::new().fallback(serve).with_state(Arc::clone(world))
}

async fn serve(
    extract::State(world): extract::State<Arc<World>>,
    mut request: Request<Body>,
) -> Response<Body> {
    if world.lock().faults.is_away {
        return plain(StatusCode::BAD_GATEWAY, "error code: 502");
    }
    if let Some(response) = gateway::accept(&world, &mut request) {
        return response;
    }
    let path = request.uri().path().to_owned();
    if let Some(path) = path.strip_prefix("/api/v10") {
        return ask(&world, path, request).await;
    }
    match path.strip_prefix("/attachments/") {
        Some(path) => attachment(&world, path),
        None => plain(StatusCode::NOT_FOUND, "404: Not Found"),
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}

fn attachment(world: &World, path: &str) -> Response<Body> {
    let id = path.split('/').nth(1).and_then(|id| id.parse().ok());
    let file = id.and_then(|id| world.lock().files.get(&id).cloned());
    file.map_or_else(
        || plain(StatusCode::NOT_FOUND, "This content is no longer available."),
        |file| Response::new(Body::from(file.bytes)),
    )
}

/// One request of REST.
async fn ask(world: &Arc<World>, path: &str, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let route = Route::read(parts.method.as_str(), path);
    // Whoever hangs up in the middle of a body has asked for nothing.
    let Ok(bytes) = to_bytes(body, BODY_MAX).await else {
        return plain(StatusCode::BAD_REQUEST, "");
    };
    let asked = Asked {
        route,
        path,
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        bytes: &bytes,
    };
    let reply = asked.decide(world);
    world.stir();
    let latency = world.lock().faults.latency;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    if reply.is_lost {
        // The client hangs up in the end, and that ends this too.
        std::future::pending::<()>().await;
    }
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    let response = match reply.body {
        Some(body) => response
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string())),
        None => response.body(Body::empty()),
    };
    response.expect("it is a fair response")
}

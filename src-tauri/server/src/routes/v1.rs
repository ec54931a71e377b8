//! API v1: an adapter over the operations of v2, which answer its questions for the same caller.

use async_trait::async_trait;
use axum::Router;
use http::{Method, StatusCode, header};
use http_body_util::BodyExt;
use keyturn_api::{Caller, Result, v1};
use tower::ServiceExt;
use zeroize::Zeroizing;

use super::{Call, Need, Route};
use crate::{
    answer::{Internal, Peer},
    respond::{Answer, JSON},
};

const ROOT: &str = "/api/v1";

/// The operations of v1 as routes of this server.
pub(super) fn routes() -> impl Iterator<Item = Route> {
    v1::OPERATIONS.iter().map(|operation| Route {
        method: http_method(operation.method),
        path: format!("{ROOT}{}", operation.path).into(),
        operation: format!("v1_{}", operation.id).into(),
        need: Need::Action(operation.action),
        handler: |call| Box::pin(answer(call)),
    })
}

fn http_method(method: v1::Method) -> Method {
    match method {
        v1::Method::Get => Method::GET,
        v1::Method::Post => Method::POST,
        v1::Method::Put => Method::PUT,
        v1::Method::Patch => Method::PATCH,
        v1::Method::Delete => Method::DELETE,
    }
}

async fn answer(call: &Call) -> Result<Answer> {
    let method = match call.method {
        Method::POST => v1::Method::Post,
        Method::PUT => v1::Method::Put,
        Method::DELETE => v1::Method::Delete,
        _ => v1::Method::Get,
    };
    let asked = Asked {
        v2: call.v2.clone(),
        caller: call.caller.clone(),
        peer: call.peer,
        host: call.host.clone(),
    };
    let path = call.path.strip_prefix(ROOT).unwrap_or_default();
    let answered = v1::answer(&asked, method, path, &call.query, &call.body).await;
    let answered = answered.unwrap_or_else(|| Err(super::no_route()))?;
    let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::BAD_GATEWAY);
    Ok(Answer::with(status, answered.body))
}

/// The operations of v2 for one request of v1.
struct Asked {
    v2: Router,
    caller: Caller,
    peer: Option<Peer>,
    host: String,
}

#[async_trait]
impl v1::V2 for Asked {
    async fn call(&self, ask: v1::Ask) -> v1::Answer {
        let content_type = match ask.method {
            v1::Method::Patch => "application/merge-patch+json",
            _ => JSON,
        };
        let mut request = http::Request::builder()
            .method(http_method(ask.method))
            .uri(format!("/api/v2{}", ask.path_and_query))
            .header(header::HOST, self.host.as_str())
            .header(header::CONTENT_TYPE, content_type)
            .extension(Internal(self.caller.clone()));
        if let Some(peer) = self.peer {
            request = request.extension(peer);
        }
        if let Some(config_type) = ask.config_type {
            request = request.header("x-sm-accept-configuration-type", config_type);
        }
        let body = axum::body::Body::from(bytes::Bytes::from_owner(Sent(ask.body)));
        let response = match request.body(body) {
            Ok(request) => match self.v2.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            },
            Err(_) => Answer::refused(&super::no_route()).into_response(),
        };
        let status = response.status().as_u16();
        let body = response.into_body().collect().await;
        let body = body.map(http_body_util::Collected::to_bytes);
        v1::Answer {
            status,
            body: Zeroizing::new(body.unwrap_or_default().to_vec()),
        }
    }
}

/// A body that is wiped once it was read.
struct Sent(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Sent {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

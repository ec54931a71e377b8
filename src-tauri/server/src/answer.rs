//! From a request to its answer.

use std::sync::Arc;
use std::time::Duration;

use axum::{
    Router,
    extract::{RawPathParams, Request, rejection::RawPathParamsRejection},
    response::Response,
    routing::{MethodFilter, on},
};
use http::{HeaderMap, Method, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Body as _;
use keyturn_api::{Caller, Code, Instance, Keys, Problem, Result, Revision, served};
use tower::ServiceExt;
use zeroize::Zeroizing;

use crate::{
    guard::{self, Rates},
    respond::Answer,
    routes::{Call, Need, ROUTES, Route, is_v1, no_route},
};

/// What a server is set to.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Host names, besides those of this computer, under which it may be called. Others are refused:
    /// a page of a foreign site may have a name of its own that leads here.
    pub hosts: Vec<String>,
    /// Whether callers on this computer are held to the rate, too.
    pub limit_loopback: bool,
}

/// The HTTP API over an instance. Cheap to clone.
#[derive(Clone)]
pub struct Api {
    router: Router,
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api").finish_non_exhaustive()
    }
}

/// What came back. The body is wiped when it is dropped.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// JSON, or nothing.
    pub body: Zeroizing<Vec<u8>>,
}

/// What all operations work with.
pub(crate) struct Inner {
    pub(crate) instance: Arc<dyn Instance>,
    pub(crate) keys: Arc<dyn Keys>,
    pub(crate) config: Config,
    pub(crate) rates: Rates,
}

/// How a request came; set by whoever took it from a socket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    /// Whence, if it came over a network.
    pub(crate) address: Option<std::net::IpAddr>,
    /// Whether by TLS.
    pub(crate) tls: bool,
}

/// Set on requests of this program itself, which need no token.
#[derive(Clone)]
pub(crate) struct Internal(pub(crate) Caller);

/// Longest time for a body to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);
/// Longest time for an answer.
const ANSWER_TIME: Duration = Duration::from_secs(60);

impl Api {
    /// The API over `instance`, let in by `keys`.
    pub fn new(instance: Arc<dyn Instance>, keys: Arc<dyn Keys>, config: Config) -> Self {
        let inner = Arc::new(Inner {
            instance,
            keys,
            config,
            rates: Rates::new(),
        });
        Self {
            router: router(&inner),
        }
    }

    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    /// One request of a known caller, without socket, token or host: for the command line on the
    /// local vault.
    pub async fn answer(
        &self,
        caller: &Caller,
        method: Method,
        path_and_query: &str,
        body: Vec<u8>,
    ) -> Reply {
        let headers = HeaderMap::new();
        self.answer_with(caller, method, path_and_query, headers, body)
            .await
    }

    /// [`Self::answer`] with headers besides, such as `X-Sm-Accept-Configuration-Type`.
    pub async fn answer_with(
        &self,
        caller: &Caller,
        method: Method,
        path_and_query: &str,
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> Reply {
        let content_type = if method == Method::PATCH {
            "application/merge-patch+json"
        } else {
            "application/json"
        };
        let request = Request::builder()
            .method(method)
            .uri(path_and_query)
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, content_type)
            .extension(Internal(caller.clone()))
            .body(axum::body::Body::from(body));
        let response = match request {
            Ok(mut request) => {
                request.headers_mut().extend(headers);
                match self.router.clone().oneshot(request).await {
                    Ok(response) => response,
                    Err(never) => match never {},
                }
            }
            Err(_) => Answer::refused(&no_route()).into_response(),
        };
        let (parts, body) = response.into_parts();
        let body = body
            .collect()
            .await
            .map(http_body_util::Collected::to_bytes);
        Reply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: Zeroizing::new(body.unwrap_or_default().to_vec()),
        }
    }
}

/// Variable parts of a path.
type Parts = std::result::Result<RawPathParams, RawPathParamsRejection>;

fn router(inner: &Arc<Inner>) -> Router {
    let (v1, v2): (Vec<_>, Vec<_>) = ROUTES.iter().partition(|route| is_v1(route));
    let v2 = part(inner, &v2, &Router::new());
    let (missing, wrong) = (Arc::clone(inner), Arc::clone(inner));
    v2.clone()
        .merge(part(inner, &v1, &v2))
        .fallback(move |request: Request| {
            let inner = Arc::clone(&missing);
            async move {
                let (head, body) = request.into_parts();
                guard::drain(body).await;
                respond(guard::host(&inner, &head).and_then(|()| Err(no_route())))
            }
        })
        .method_not_allowed_fallback(move |request: Request| {
            let inner = Arc::clone(&wrong);
            async move {
                let (head, body) = request.into_parts();
                guard::drain(body).await;
                respond(guard::host(&inner, &head).map(|()| wrong_method()))
            }
        })
}

/// A router of these; `v2` answers what they ask.
fn part(inner: &Arc<Inner>, given: &[&'static Route], v2: &Router) -> Router {
    let mut router = Router::new();
    for &route in given {
        let Ok(method) = MethodFilter::try_from(route.method.clone()) else {
            continue;
        };
        let (inner, v2) = (Arc::clone(inner), v2.clone());
        let handler = on(method, move |parts: Parts, request: Request| {
            let (inner, v2) = (Arc::clone(&inner), v2.clone());
            async move { respond(enter(inner, v2, route, parts, request).await) }
        });
        // handlers of one path are put together
        router = router.route(&route.path, handler);
    }
    router
}

fn respond(result: Result<Answer>) -> Response {
    result
        .unwrap_or_else(|problem| {
            let mut answer = Answer::refused(&problem);
            if problem.code == Code::RateLimited {
                answer.retry_after = Some(1);
            }
            answer
        })
        .into_response()
}

/// One request, step by step: each may refuse before the next looks at more of it.
async fn enter(
    inner: Arc<Inner>,
    v2: Router,
    route: &'static Route,
    parts: Parts,
    request: Request,
) -> Result<Answer> {
    let (head, body) = request.into_parts();
    let admitted = admit(&inner, route, &head).and_then(|caller| {
        // what is no text names nothing
        let parts = parts.map_err(|_| no_route())?;
        let parts = parts.iter();
        let parts = parts.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Ok((caller, parts.collect()))
    });
    let (caller, parts) = match admitted {
        Ok(admitted) => admitted,
        Err(problem) => {
            guard::drain(body).await;
            return Err(problem);
        }
    };
    if head.method != route.method {
        return Ok(wrong_method()); // HEAD, which axum takes for GET
    }
    let text = |name: &str| head.headers.get(name)?.to_str().ok().map(str::to_owned);
    let peer = head.extensions.get::<Peer>().copied();
    let mut call = Call {
        inner,
        caller,
        parts,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        body: Zeroizing::new(Vec::new()),
        origin: guard::origin(&head.headers, peer),
        config_type: text("x-sm-accept-configuration-type"),
        expect: text("if-match").map(|tag| Revision(tag.trim_matches('"').to_owned())),
        views: head.headers.contains_key(served::VIEWS_HEADER),
        sends_file: text(served::PAYLOAD_HEADER).is_some_and(|of| of == served::PAYLOAD_IS_BASE64),
        peer,
        host: text("host").unwrap_or_else(|| "localhost".to_owned()),
        method: head.method,
        v2,
    };
    if !body.is_end_stream() {
        call.body = match tokio::time::timeout(BODY_TIME, guard::body(body)).await {
            Ok(Ok(body)) => body,
            Ok(Err(answer)) => return Ok(answer),
            Err(_) => return Ok(too_slow()),
        };
    }
    let answer = tokio::time::timeout(ANSWER_TIME, (route.handler)(&call)).await;
    answer.unwrap_or_else(|_| {
        Err(Problem::new(
            Code::Busy,
            "This takes longer than a request may. It may still be done.",
        )
        .remedy("Look whether it was done before you repeat it."))
    })
}

/// Who comes, if what the head of the request says lets them in.
fn admit(inner: &Inner, route: &Route, head: &http::request::Parts) -> Result<Caller> {
    guard::host(inner, head)?;
    let peer = head.extensions.get::<Peer>().copied();
    let caller = if let Some(internal) = head.extensions.get::<Internal>() {
        internal.0.clone()
    } else {
        guard::rate(inner, peer)?;
        match route.need {
            Need::Open => Caller::nobody(),
            Need::Action(_) => guard::authenticate(inner, &head.headers)?,
        }
    };
    if let Need::Action(action) = route.need {
        caller.may(action)?;
    }
    guard::browser(&head.headers)?;
    guard::content_type(route, &head.headers)?;
    Ok(caller)
}

fn wrong_method() -> Answer {
    let problem = Problem::new(Code::BadRequest, "This address does not take this method.");
    Answer::refused_as(StatusCode::METHOD_NOT_ALLOWED, &problem)
}

fn too_slow() -> Answer {
    let problem = Problem::new(Code::BadRequest, "The request took too long to arrive.");
    Answer::refused_as(StatusCode::REQUEST_TIMEOUT, &problem)
}

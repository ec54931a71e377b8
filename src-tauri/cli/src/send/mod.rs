//! Has a request answered, here or by a remote instance.

mod local;
mod pages;
mod remote;

use http::HeaderMap;
use zeroize::Zeroizing;

pub(crate) use self::local::{Local, user_name};
use self::remote::Remote;
pub(crate) use self::remote::{check_key, given_key};
use crate::failure::Failure;
use crate::operations::{CONFIGURATION_TYPE, Request};
use crate::options::Globals;
use crate::output;

/// An answer that grants what was asked for.
pub(crate) struct Answer {
    pub(crate) body: Zeroizing<Vec<u8>>,
}

/// Who answers.
enum Instance {
    Local(Local),
    Remote(Remote),
}

/// Sends a request and shows its answer.
pub(crate) async fn run(request: Request, globals: &Globals) -> Result<(), Failure> {
    let instance = match globals.service_url() {
        Some(url) => Instance::Remote(Remote::new(&url, globals)?),
        None => Instance::Local(Local::open(globals).await?),
    };
    let list = request.list;
    let answer = if request.all_pages {
        pages::all(&instance, request).await
    } else {
        let target = request.target();
        instance.send(request, &target).await
    };
    if let Instance::Local(local) = instance {
        local.close();
    }
    output::answer(&answer?.body, list, globals.output())
}

impl Instance {
    /// One request, to where it goes.
    async fn send(&self, request: Request, target: &str) -> Result<Answer, Failure> {
        let headers = headers(request.config_type.as_deref())?;
        let (status, body) = match self {
            Self::Local(local) => {
                local
                    .send(request.method, target, headers, request.body)
                    .await
            }
            Self::Remote(remote) => {
                remote
                    .send(request.method, target, headers, request.body)
                    .await?
            }
        };
        if (200..300).contains(&status) {
            return Ok(Answer { body });
        }
        Err(Failure::Refused { status, body })
    }
}

fn headers(config_type: Option<&str>) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    if let Some(config_type) = config_type {
        let value = config_type.parse().map_err(|_| {
            keyturn_api::Problem::field("config-type", "There is no such type of configuration.")
        })?;
        headers.insert(CONFIGURATION_TYPE, value);
    }
    Ok(headers)
}

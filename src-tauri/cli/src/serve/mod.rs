//! `keyturn serve`: a vault of this computer over HTTP, and its schedule.

mod listen;
mod notify;
mod tls;
mod work;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use keyturn_api::{Code, Instance, Keys, Problem, Result};
use keyturn_server::{Api, Config};
use keyturn_vault::Vault;
use tokio::signal::unix::{SignalKind, signal};

use crate::failure::Failure;
use crate::input::io;
use crate::options::Globals;
use crate::unlock;

/// Where and how to serve.
#[derive(Args, Debug)]
pub(crate) struct ServeOptions {
    /// Address and port; anything but loopback needs a certificate
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8200",
        conflicts_with = "socket"
    )]
    pub(super) address: SocketAddr,
    /// Socket in the file system, instead of an address
    #[arg(long, value_name = "PATH", conflicts_with_all = ["tls_certificate", "tls_secret"])]
    pub(super) socket: Option<PathBuf>,
    /// File with the certificate and what stands between it and a root, PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(super) tls_certificate: Option<PathBuf>,
    /// File with its private key, PEM
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    pub(super) tls_key: Option<PathBuf>,
    /// Name or id of a certificate in the vault, whose rotations are followed
    #[arg(long, value_name = "NAME", conflicts_with = "tls_certificate")]
    pub(super) tls_secret: Option<String>,
    /// Further name under which it is asked; may be given several times
    #[arg(long = "host", value_name = "NAME")]
    pub(super) hosts: Vec<String>,
}

/// Serves until it is told to stop.
pub(crate) async fn run(
    options: ServeOptions,
    globals: &Globals,
) -> std::result::Result<(), Failure> {
    let vault = unlock::open(globals).await?;
    let served = serve(&options, globals, &vault).await;
    notify::tell("STOPPING=1");
    // what was read is recorded, then the keys are wiped
    vault.close();
    served.map_err(Failure::from)
}

async fn serve(options: &ServeOptions, globals: &Globals, vault: &Arc<Vault>) -> Result<()> {
    let stop = stop()?;
    let tls = tls::certificate(options, vault).await?;
    let (listener, told) = listen::listener(options, tls)?;
    let config = Config {
        hosts: options.hosts.clone(),
        ..Config::default()
    };
    let instance = Arc::clone(vault) as Arc<dyn Instance>;
    let api = Api::new(instance, Arc::clone(vault) as Arc<dyn Keys>, config);
    let work = work::start(vault);
    if !globals.quiet {
        eprintln!("Keyturn serves at {told}");
    }
    notify::tell("READY=1");
    let served = keyturn_server::serve(api, listener, stop).await;
    work.stop().await;
    served.map_err(|error| io("Serving ended", &error))
}

/// Resolves when the service manager or the person wants it to end.
fn stop() -> Result<impl Future<Output = ()> + Send> {
    let told = |error| io("Signals cannot be heard", &error);
    let mut terminate = signal(SignalKind::terminate()).map_err(told)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(told)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Anything but loopback would show tokens and values to the network.
fn needs_tls() -> Problem {
    Problem::new(
        Code::BadRequest,
        "An address beyond this computer is served with a certificate only.",
    )
    .remedy("Name a certificate: --tls-certificate and --tls-key, or --tls-secret.")
}

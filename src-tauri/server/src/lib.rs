//! The HTTP API over an instance: API v2 and v1 of IBM Secrets Manager, to the letter.
//!
//! ```text
//! routes/   the declared list of operations, and one small function for each
//! guard/    who may come in: host, token, sizes, rate
//! openapi/  the document of the API, made from that list
//! respond   answers and refusals as HTTP has them; the one place with status codes
//! listen    sockets, timeouts, graceful stop; tls: the server's certificate
//! ```
//!
//! **Invariant:** no rule about secrets lives here; requests are read, passed on and answered.

mod answer;
pub use answer::{Api, Config, Reply};

mod guard;

mod listen;
pub use listen::{Listener, serve};

mod openapi;
mod respond;
mod routes;
pub use routes::{Operation, operations};

mod tls;
pub use tls::ServerCertificate;

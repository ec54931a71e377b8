//! Asking an instance what it is before it is connected to, until somebody gives up.

use std::sync::Arc;

use keyturn_api::{Code, Problem, Result};
use keyturn_client::{Probe, Remote};

use super::Desk;

impl Desk {
    /// Asks an instance what it is, until somebody gives up, and ends the connection again.
    pub(crate) async fn probe(&self, remote: Arc<Remote>) -> Result<Probe> {
        let mut given_up = self.given_up.subscribe();
        let answer = tokio::select! {
            answer = remote.probe() => answer,
            _ = given_up.changed() => Err(Problem::new(
                Code::WrongState,
                "Connecting was ended before the instance answered.",
            )),
        };
        remote.close();
        answer
    }

    /// Ends what is being connected, if its instance did not answer yet.
    pub(crate) fn give_up_connecting(&self) {
        self.given_up.send_modify(|count| *count += 1);
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use keyturn_vault::Home;
    use zeroize::Zeroizing;

    use super::*;
    use crate::remotes::form::tests::route;

    #[test]
    fn connecting_is_given_up_before_an_answer() {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::at(Home::at(folder.path().join("data")));
        // it takes the connection and never answers
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", silent.local_addr().unwrap());
        let key = Zeroizing::new("hunter2".to_owned());
        let probe = async { desk.probe(route(&url).remote(key).unwrap()).await };
        let give_up = async {
            let asked = tokio::task::spawn_blocking(move || silent.accept().unwrap());
            // its end would be an answer
            let open = asked.await.unwrap();
            desk.give_up_connecting();
            open
        };
        let (answer, _open) =
            tauri::async_runtime::block_on(async { tokio::join!(probe, give_up) });
        assert_eq!(answer.err().unwrap().code, Code::WrongState);
    }
}

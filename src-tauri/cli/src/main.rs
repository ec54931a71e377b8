//! The command line of Keyturn: IBM's commands by name, and the HTTP server.

fn main() {}

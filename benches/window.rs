//! Speed and size of the window.

fn main() {}

//! What is told on the desktop. Notices lie on lock screens, so they name no secret.

/// So many secrets of an instance are due for rotation.
pub(crate) fn overdue(instance: &str, count: u32) {
    let words = match count {
        1 => "1 secret is due for rotation.".to_owned(),
        count => format!("{count} secrets are due for rotation."),
    };
    show(instance, &words);
}

/// An order of a public certificate has ended.
pub(crate) fn order_ended(instance: &str, issued: bool) {
    let words = if issued {
        "A public certificate was issued."
    } else {
        "An order for a public certificate failed."
    };
    show(instance, words);
}

fn show(instance: &str, words: &str) {
    let notice = notify_rust::Notification::new()
        .appname("Keyturn")
        .icon("keyturn")
        .summary(instance)
        .body(words)
        .finalize();
    // A desktop without notices is no trouble: the window shows the same. The call waits for the
    // desktop's answer, so it has a thread of its own.
    let _ = std::thread::Builder::new()
        .name("notice".into())
        .spawn(move || notice.show().map(drop));
}

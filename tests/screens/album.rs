//! Where the pictures go, and the vault that is on them.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use keyturn_api::Reminder;
use serde_json::json;

use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::harness::vaults::{self, Draft, OpenVault, PASSPHRASE, SetClock};
use crate::harness::{axe, target, until};
use crate::steps;

/// Carbon's theme, and what the pictures in it are called.
const THEMES: [(&str, &str); 2] = [("white", "light"), ("g100", "dark")];

/// The pictures of one theme.
pub(crate) struct Album {
    pub(crate) theme: &'static str,
    suffix: &'static str,
    folder: PathBuf,
}

impl Album {
    /// Does the same once in each theme.
    pub(crate) fn in_each_theme(walk: impl Fn(&Self)) {
        let folder = target().join("screens");
        fs::create_dir_all(&folder).unwrap();
        for (theme, suffix) in THEMES {
            walk(&Self {
                theme,
                suffix,
                folder: folder.clone(),
            });
        }
    }

    /// Takes a picture of the page once nothing on it moves any more, and holds it against WCAG.
    pub(crate) fn take(&self, page: &Page, name: &str) {
        page.wait("nothing moves", |page| {
            // what was asked for is drawn by the second frame
            let moving = "const done = arguments[0];
                requestAnimationFrame(() => requestAnimationFrame(() => done(document.getAnimations()
                    .filter((one) => one.playState === 'running' && one.effect.getTiming().iterations !== Infinity)
                    .length)));";
            (page.script_async(moving, vec![]).as_u64()? == 0).then_some(())
        });
        let file = self.folder.join(format!("{name}-{}.png", self.suffix));
        let _ = fs::remove_file(&file);
        // The driver may still have the picture before: the same one twice is the page at rest.
        let mut before = None;
        until("two pictures are the same", || {
            page.keep_picture(&file);
            let now = fs::read(&file).ok();
            let same = now.is_some() && now == before;
            before = now;
            thread::sleep(Duration::from_millis(100));
            same.then_some(())
        });
        assert!(file.exists(), "no picture of {name}");
        axe::check(page, &format!("{name}, {}", self.theme));
    }
}

/// The window before the secrets of a vault like that of a small team.
pub(crate) fn before_secrets(album: &Album) -> (Desktop, OpenVault, Page) {
    let mut desktop = Desktop::without_keyring();
    let data = desktop.session.data();
    let clock = SetClock::days_ago(90);
    let vault = vaults::create(&data, "Production", clock.clone());
    fill(&vault, &clock);
    let last = json!({ "settings": vaults::settings(album.theme), "last_instance": vault.id() });
    fs::write(data.join("settings.json"), last.to_string()).unwrap();
    let page = desktop.open();
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.wait_for("button", "Actions for payments-webhook-key");
    (desktop, vault, page)
}

/// Secrets over three months; the clock stands at now in the end.
pub(crate) fn fill(vault: &OpenVault, clock: &SetClock) {
    let days = |count| Some(vaults::now().plus_days(count));
    let add = |name, description, labels: &[&str], value: &[u8], expires| {
        vault.add(&Draft {
            name,
            description,
            labels,
            value,
            metadata: Some(json!({ "owner": "platform" })),
            expires,
        })
    };
    let webhook = add(
        "payments-webhook-key",
        "Signs the callbacks of the payment provider",
        &["payments", "production"],
        b"whk-7f3a91c2b6d0",
        days(24),
    );
    let mut relay = vaults::new_secret(&Draft {
        name: "mail-relay-token",
        description: "Sends mail through the relay",
        labels: &["mail", "production"],
        value: b"token",
        metadata: Some(json!({ "owner": "platform" })),
        expires: None,
    });
    relay.reminder = Some(Reminder {
        every_days: 60,
        snoozed_until: None,
    });
    vault.add_new(relay);
    let keystore = add(
        "backup-repository-key",
        "Key of the off-site backup; the other half lies in the safe of the second office, in an envelope",
        &["backup", "production", "quarterly"],
        b"first",
        days(4),
    );
    clock.pass(20, 0);
    add(
        "ci-deploy-token",
        "Lets the pipeline deploy to staging",
        &["ci", "staging"],
        b"t",
        days(61),
    );
    add("feature-flags-sdk-key", "", &["production"], b"k", None);
    vault.rotate(
        &webhook,
        b"whk-91c2",
        Some(json!({ "ticket": "OPS-31", "reason": "quarterly" })),
    );
    clock.pass(15, 30);
    add(
        "license-file",
        "Licence of the reporting server",
        &["reporting"],
        b"l",
        days(-2),
    );
    add(
        "staging-db-dsn",
        "Connection string of the staging database",
        &["database", "staging"],
        b"d",
        None,
    );
    add(
        "a-name-that-is-as-long-as-names-are-in-places-where-machines-make-them.eu-west-1.blue.v2",
        "",
        &[],
        b"n",
        None,
    );
    vault.rotate(&keystore, &[0x30, 0x82, 0xff, 0x00, 0xfe], None);
    clock.pass(40, 7);
    vault.rotate(&webhook, b"whk-b6d0", Some(json!({ "ticket": "OPS-57" })));
    clock.pass(14, 0);
    vault.rotate(
        &webhook,
        b"whk-e1f8",
        Some(json!({ "ticket": "OPS-88", "asked_by": "dana" })),
    );
    clock.pass(1, -60);
}

//! Registration with IBM's Event Notifications. Only an instance in a cloud has it.

use http::Method;

use super::Operation;
use super::option::{Kind, Opt};

const PATH: &str = "/api/v2/notifications/registration";

#[rustfmt::skip] // one option a line
const NEW: &[Opt] = &[
    Opt::body("event-notifications-instance-crn", "event_notifications_instance_crn", Kind::Text, "CRN of the Event Notifications instance").required(),
    Opt::body("event-notifications-source-name", "event_notifications_source_name", Kind::Text, "Name it shows there").required(),
    Opt::body("event-notifications-source-description", "event_notifications_source_description", Kind::Text, "Free text"),
];

pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        name: "notifications-registration-create",
        about: "Register with Event Notifications",
        method: Method::POST,
        path: PATH,
        options: &[NEW],
        whole: None,
        list: None,
    },
    Operation {
        name: "notifications-registration",
        about: "Show the registration with Event Notifications",
        method: Method::GET,
        path: PATH,
        options: &[],
        whole: None,
        list: None,
    },
    Operation {
        name: "notifications-registration-delete",
        about: "Delete the registration with Event Notifications",
        method: Method::DELETE,
        path: PATH,
        options: &[],
        whole: None,
        list: None,
    },
    Operation {
        name: "notifications-registration-test",
        about: "Send a test event",
        method: Method::GET,
        path: "/api/v2/notifications/registration/test",
        options: &[],
        whole: None,
        list: None,
    },
];

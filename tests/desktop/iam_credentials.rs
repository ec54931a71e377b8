//! IAM credentials through the window, against a stand-in of IAM: each way to make, read and rotate
//! them, and that every key is removed there again.

use fantoccini::key::Key;

use crate::iam_scene::IamScene;
use crate::keyboard::choose;
use crate::servers::iam::{GROUPS, SERVICE_ID};
use crate::steps;

fn scene() -> IamScene {
    IamScene::new(steps::before_an_empty_vault("IAM"))
}

#[test]
fn iam_credentials_wait_for_a_configuration_which_they_need_from_then_on() {
    let scene = scene();
    let page = &scene.page;
    page.press("Add");
    page.wait_for("dialog", "Add a secret");
    page.see("Engine configuration required");
    page.wait_until_enabled("radio", "IAM credentials", false);
    steps::escape(page);
    page.wait_for_no("dialog", "");

    scene.to_engine();
    page.see("No IAM configuration yet");
    page.press("Add IAM configuration");
    page.wait_for("dialog", "Add IAM configuration");
    page.press("Add");
    page.see("Enter a name.");
    page.fill("Name", "engine");
    page.press("Add");
    page.see("Enter the API key.");
    steps::drop_changes(page);
    scene.fill_in();
    page.fill("IAM address (optional)", "http://iam.example.com");
    page.press("Add");
    page.see("must begin with https");
    page.fill("IAM address (optional)", scene.iam.url());
    page.press("Add");
    page.see("Added engine");
    steps::dismiss_toasts(page);
    page.wait_until_enabled("button", "Add IAM configuration", false);
    page.see("Enabled");

    page.act("engine", "Edit");
    page.wait_for("dialog", "Edit engine");
    assert_eq!(page.value("API key"), "", "a key is never told again");
    page.click("switch", "Disabled*");
    page.press("Save");
    page.see("Saved engine");
    steps::dismiss_toasts(page);
    page.act("engine", "Delete");
    page.fill("Name of the configuration", "engine");
    page.press("Delete");
    page.see("Deleted engine");
    page.see("No IAM configuration yet");
}

#[test]
pub(crate) fn iam_credentials_of_access_groups_have_another_service_id_after_each_rotation() {
    let scene = scene();
    let (page, iam) = (&scene.page, &scene.iam);
    scene.configure();
    steps::begin_adding(page, "IAM credentials", "deploy");
    page.press("Next");
    page.see("Enter the id of at least one access group.");
    page.fill("Access group IDs", &GROUPS.join("\n"));
    scene.finish_adding("deploy");
    assert_eq!((iam.api_keys().len(), iam.service_ids().len()), (1, 1));
    assert_eq!(iam.service_ids()[0]["groups"].as_array().unwrap().len(), 2);
    let first = scene.shown("deploy");
    assert!(iam.knows(&first));

    page.act("deploy", "Rotate");
    page.wait_for("dialog", "Rotate deploy");
    page.see("Service ID and API key");
    page.see("Present API key works until");
    steps::rotate(page, "deploy");
    steps::dismiss_toasts(page);
    assert_eq!((iam.api_keys().len(), iam.service_ids().len()), (2, 2));
    let second = scene.shown("deploy");
    assert!(second != first && iam.knows(&second) && iam.knows(&first));

    page.act("deploy", "Details");
    page.wait_for("dialog", "Details");
    page.see("ApiKey-");
    page.see(GROUPS[0]);
    page.click("tab", "Rotation");
    page.fill("Lease duration", "7");
    page.click("switch", "Automatic rotation*");
    page.see("The interval must not be longer than the time to live");
    page.fill("Lease duration", "60");
    page.gone("The interval must not be longer");
    page.press("Save");
    page.see("Saved deploy");
    steps::dismiss_toasts(page);

    // while a secret needs it, the configuration stays
    scene.to_engine();
    page.see("1 secret");
    page.press("Actions for engine");
    page.see("Delete those secrets first.");
    steps::escape(page);
    scene.to_secrets();
    scene.delete("deploy");
    scene.wait_until_removed();
}

#[test]
fn iam_credentials_of_an_existing_service_id_have_another_key_after_each_rotation() {
    let scene = scene();
    let (page, iam) = (&scene.page, &scene.iam);
    scene.configure();
    steps::begin_adding(page, "IAM credentials", "ci");
    page.click("radio", "Existing service ID");
    page.fill("Service ID", "ServiceId-1");
    page.press("Next");
    page.press("Add");
    page.see("A service ID is ServiceId- with a UUID.");
    page.fill("Service ID", SERVICE_ID);
    scene.finish_adding("ci");
    let first = scene.shown("ci");

    page.act("ci", "Rotate");
    page.wait_for("dialog", "Rotate ci");
    page.see("another API key of the same service ID");
    steps::rotate(page, "ci");
    steps::dismiss_toasts(page);
    let second = scene.shown("ci");
    assert!(second != first && iam.knows(&second) && iam.knows(&first));
    assert!(iam.service_ids().is_empty(), "no other service ID is made");
    assert_eq!(iam.api_keys().len(), 2);

    scene.delete("ci");
    scene.wait_until_removed();
}

#[test]
fn iam_credentials_that_are_not_reused_are_another_key_for_each_reader() {
    let scene = scene();
    let (page, iam) = (&scene.page, &scene.iam);
    scene.configure();
    steps::begin_adding(page, "IAM credentials", "once");
    page.fill("Access group IDs", GROUPS[0]);
    page.click("switch", "Reuse IAM credentials*");
    page.see("Each reading makes an API key of its own");
    scene.finish_adding("once");
    assert!(iam.api_keys().is_empty(), "nobody has read it yet");

    page.press("Actions for once");
    page.see("Rotating IAM credentials is not supported when reuse credentials is off.");
    page.wait_until_enabled("menuitem", "Rotate", false);
    steps::escape(page);
    page.act("once", "View secret");
    page.see("make an API key of its own each time");
    steps::escape(page);
    page.wait_for_no("dialog", "View secret");
    assert!(iam.api_keys().is_empty(), "nobody has read it yet");
    let (first, second) = (scene.shown("once"), scene.shown("once"));
    assert!(first != second && iam.knows(&first) && iam.knows(&second));
    assert_eq!(iam.api_keys().len(), 2);

    scene.delete("once");
    scene.wait_until_removed();
}

#[test]
fn iam_credentials_whose_removal_fails_are_told_of_and_tried_again() {
    let scene = scene();
    let (page, iam) = (&scene.page, &scene.iam);
    scene.configure();
    let leave_in_iam = |name| {
        steps::begin_adding(page, "IAM credentials", name);
        page.fill("Access group IDs", GROUPS[0]);
        scene.finish_adding(name);
        scene.delete_in_vain(name);
        scene.to_engine();
    };
    leave_in_iam("deploy");
    page.wait_for("table", "Keys that could not be removed");
    page.see("ServiceId-");
    page.act("the key of deploy", "Try again");
    page.see("The API key of deploy is still there");
    steps::dismiss_toasts(page);
    iam.reset();
    page.act("the key of deploy", "Try again");
    page.see("Removed the API key of deploy");
    page.wait_for_no("table", "Keys that could not be removed");
    assert!(iam.api_keys().is_empty() && iam.service_ids().is_empty());

    scene.to_secrets();
    leave_in_iam("stuck");
    // by keyboard alone
    page.tab_to("Actions for the key of stuck");
    page.key(Key::Enter);
    choose(page, "Give up");
    page.wait_for("dialog", "Give up the API key of stuck?");
    page.see("it goes on working until you remove it there");
    page.see("keyturn:");
    page.tab_to("Give up");
    page.key(Key::Enter);
    page.see("Gave up the API key of stuck");
    page.wait_for_no("table", "Keys that could not be removed");
    page.wait_for_any_focus();
    assert_eq!(iam.api_keys().len(), 1, "what stays is left to the person");
    page.act("engine", "Delete");
    page.fill("Name of the configuration", "engine");
    page.press("Delete");
    page.see("No IAM configuration yet");
}

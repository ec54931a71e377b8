//! IAM credentials: their engine, and a secret in each of its states.

use crate::album::{Album, before_secrets};
use crate::iam_scene::IamScene;
use crate::servers::iam::GROUPS;
use crate::steps;

#[test]
fn iam_credentials() {
    Album::in_each_theme(|album| {
        let scene = IamScene::new(before_secrets(album));
        let page = &scene.page;
        scene.to_engine();
        page.see("No IAM configuration yet");
        album.take(page, "iam-engine-empty");
        scene.fill_in();
        album.take(page, "iam-engine-add");
        page.press("Add");
        page.see("Added engine");
        steps::dismiss_toasts(page);
        page.act("engine", "Edit");
        page.wait_for("dialog", "Edit engine");
        album.take(page, "iam-engine-edit");
        steps::escape(page);
        page.wait_for_no("dialog", "");

        scene.to_secrets();
        steps::begin_adding(page, "IAM credentials", "deploy-key");
        page.press("Next");
        page.see("Enter the id of at least one access group.");
        album.take(page, "add-iam-credentials-missing");
        page.fill("Access group IDs", &GROUPS.join("\n"));
        page.click("switch", "Reuse IAM credentials*");
        album.take(page, "add-iam-credentials-not-reused");
        page.click("switch", "Reuse IAM credentials*");
        page.press("Next");
        page.see("Review");
        album.take(page, "add-iam-credentials-review");
        page.press("Add");
        page.see("Added deploy-key");
        steps::dismiss_toasts(page);
        page.act("deploy-key", "Rotate");
        page.wait_for("dialog", "Rotate deploy-key");
        page.see("Service ID and API key");
        album.take(page, "rotate-iam-credentials");
        steps::escape(page);
        page.act("deploy-key", "Details");
        page.wait_for("dialog", "Details");
        page.click("tab", "Rotation");
        page.wait_for("textbox", "Lease duration");
        album.take(page, "iam-credentials-rotation");
        steps::escape(page);
        page.wait_for_no("dialog", "Details");
        scene.to_engine();
        page.see("1 secret");
        album.take(page, "iam-engine");
        page.act("engine", "View configuration");
        page.see("deploy-key");
        album.take(page, "iam-engine-details");
        steps::escape(page);

        scene.to_secrets();
        scene.delete_in_vain("deploy-key");
        scene.to_engine();
        page.wait_for("table", "Keys that could not be removed");
        album.take(page, "iam-removals");
        page.act("the key of deploy-key", "Give up");
        page.wait_for("dialog", "Give up the API key of deploy-key?");
        album.take(page, "iam-removal-given-up");
        steps::escape(page);
    });
}

//! The page in the window, used by the names that a person sees and hears.
//!
//! Everything waits until it can be done; what cannot be done in time panics with what the page
//! shows instead.

use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use fantoccini::Client;
use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::time::timeout;

use super::{PATIENCE, within};

/// How long the driver may take for one command; native dialogs are not waited for by it.
const ANSWER: Duration = Duration::from_secs(60);
/// Name of an element in answers of scripts (W3C `WebDriver`, web element identifier).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const FIND: &str = include_str!("find.js");
/// What takes the pointer's click for a control that Carbon draws itself, scrolled into view.
const CLICKED: &str = "
    const control = arguments[0];
    // what is being unfolded would move under the pointer
    const moves = (one) => one.playState === 'running' && one.effect.getTiming().iterations !== Infinity;
    if (document.getAnimations().some(moves)) return null;
    control.scrollIntoView({ block: 'center', behavior: 'instant' });
    const toggle = control.closest('.cds--toggle')?.querySelector('.cds--toggle__appearance');
    const drawn = /^(checkbox|radio)$/.test(control.type ?? '') ? control.labels?.[0] : null;
    return toggle ?? drawn ?? control;";

/// The page, and the driver that steers it.
#[derive(Clone)]
pub(crate) struct Page {
    runtime: Rc<Runtime>,
    client: Client,
}

impl Page {
    pub(crate) fn new(runtime: Rc<Runtime>, client: Client) -> Self {
        Self { runtime, client }
    }

    /// Waits until the page shows its first words.
    pub(crate) fn wait_for_page(&self) {
        self.wait("the page shows something", |page| {
            (!page.try_text()?.trim().is_empty()).then_some(())
        });
    }

    // --- looking

    /// Waits until the page shows this text.
    pub(crate) fn see(&self, text: &str) {
        self.wait(&format!("the page shows “{text}”"), |page| {
            page.try_text()?.contains(text).then_some(())
        });
    }

    /// Waits until the page does not show this text any more.
    pub(crate) fn gone(&self, text: &str) {
        self.wait(&format!("“{text}” is gone from the page"), |page| {
            (!page.try_text()?.contains(text)).then_some(())
        });
    }

    /// Whether the page shows this text now.
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// All the page shows, with one space where there are several.
    pub(crate) fn text(&self) -> String {
        self.wait("the page has a text", Self::try_text)
    }

    /// Waits for something with this role and name.
    pub(crate) fn wait_for(&self, role: &str, name: &str) {
        self.find(role, name);
    }

    /// Waits until nothing with this role and name is in reach.
    pub(crate) fn wait_for_no(&self, role: &str, name: &str) {
        self.wait(&format!("{role} “{name}” is gone"), |page| {
            page.try_find(role, name)?.is_empty().then_some(())
        });
    }

    /// Whether something with this role and name is in reach now.
    pub(crate) fn has(&self, role: &str, name: &str) -> bool {
        self.about(role, name, "seen.length > 0") == Some(Value::Bool(true))
    }

    /// The texts of everything with this role and name.
    pub(crate) fn texts(&self, role: &str, name: &str) -> Vec<String> {
        let texts = self.wait(&format!("{role} “{name}”"), |page| {
            page.about(
                role,
                name,
                "seen.map((element) => words(element.innerText))",
            )
        });
        serde_json::from_value(texts).unwrap()
    }

    /// What a field holds.
    pub(crate) fn value(&self, label: &str) -> String {
        let field = self.find_field(label);
        self.value_of(&field).unwrap_or_default()
    }

    /// Waits until a control can be used, or cannot.
    pub(crate) fn wait_until_enabled(&self, role: &str, name: &str, enabled: bool) {
        self.wait(
            &format!("{role} “{name}”: enabled is {enabled}"),
            |page| {
                let disabled = page.about(
                    role,
                    name,
                    "seen[0]?.matches(':disabled, [aria-disabled=true]')",
                )?;
                (disabled.as_bool()? != enabled).then_some(())
            },
        );
    }

    /// Waits until a control's attribute holds this text.
    pub(crate) fn wait_for_attribute(&self, role: &str, name: &str, attribute: &str, text: &str) {
        let answer = format!("seen[0]?.getAttribute('{attribute}') ?? ''");
        self.wait(
            &format!("{role} “{name}”: {attribute} is “{text}”"),
            |page| (page.about(role, name, &answer)?.as_str()? == text).then_some(()),
        );
    }

    /// What is read out after the name of a control: help, or what is wrong with it.
    pub(crate) fn description(&self, role: &str, name: &str) -> String {
        let answer = "['aria-describedby', 'aria-errormessage']
            .flatMap((name) => (seen[0]?.getAttribute(name) ?? '').split(/\\s+/))
            .map((id) => words(document.getElementById(id)?.textContent)).join(' ')";
        let description = self.wait(&format!("{role} “{name}”"), |page| {
            page.about(role, name, answer)
        });
        description.as_str().unwrap_or_default().to_owned()
    }

    /// Role-like tag and accessible name of what has the keyboard.
    pub(crate) fn focused(&self) -> String {
        let script = "
            const focused = document.activeElement;
            const label = focused.getAttribute('aria-label')
                ?? document.getElementById(focused.getAttribute('aria-labelledby'))?.textContent
                ?? focused.labels?.[0]?.textContent ?? focused.textContent;
            return label.replace(/\\s+/g, ' ').trim();";
        let focused = self
            .run(self.client.execute(script, vec![]))
            .unwrap_or_default();
        focused.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until what has this name has the keyboard.
    pub(crate) fn wait_for_focus(&self, name: &str) {
        self.wait(&format!("“{name}” has the keyboard"), |page| {
            (page.focused() == name).then_some(())
        });
    }

    /// Waits until something has the keyboard: a dialog that closed gives it back a moment later.
    pub(crate) fn wait_for_any_focus(&self) {
        self.wait_for_focus_that("document.activeElement !== document.body");
    }

    /// Waits until something that states this role has the keyboard.
    pub(crate) fn wait_for_focused_role(&self, role: &str) {
        self.wait_for_focus_that(&format!(
            "document.activeElement.getAttribute('role') === '{role}'"
        ));
    }

    fn wait_for_focus_that(&self, holds: &str) {
        self.wait(&format!("the keyboard is where {holds}"), |page| {
            let script = format!("return {holds}");
            let held = page.run(page.client.execute(&script, vec![])).ok()?;
            (held == Value::Bool(true)).then_some(())
        });
    }

    // --- acting

    /// Clicks on something with this role and name.
    pub(crate) fn click(&self, role: &str, name: &str) {
        self.wait(&format!("click on {role} “{name}”"), |page| {
            let found = page.try_find(role, name)?;
            page.try_click(found.first()?)
        });
    }

    /// Presses a button.
    pub(crate) fn press(&self, name: &str) {
        self.click("button", name);
    }

    /// Puts a text into a field, in the place of what it holds.
    pub(crate) fn fill(&self, label: &str, text: &str) {
        let field = self.find_field(label);
        self.wait(
            &format!("the field “{label}” takes the keyboard"),
            |page| page.try_click(&field),
        );
        if self.value_of(&field).is_some_and(|value| !value.is_empty()) {
            self.run(field.send_keys(&chord(Key::Control, "a")))
                .unwrap();
            self.run(field.send_keys(&char::from(Key::Backspace).to_string()))
                .unwrap();
        }
        let typed = text.replace('\n', &char::from(Key::Enter).to_string());
        self.run(field.send_keys(&typed)).unwrap();
        let holds = |page: &Self| (page.value_of(&field)? == text).then_some(());
        self.wait(&format!("the field “{label}” holds what was typed"), holds);
    }

    /// Puts a text into a field and confirms it.
    pub(crate) fn fill_and_enter(&self, label: &str, text: &str) {
        self.fill(label, text);
        self.key(Key::Enter);
    }

    /// Chooses an option of a list that drops down, as the browser itself draws it.
    pub(crate) fn choose(&self, label: &str, option: &str) {
        let list = self.find("combobox", label);
        self.run(list.select_by_label(option)).unwrap();
        let chosen = "return arguments[0].selectedOptions[0]?.text";
        self.wait(&format!("“{label}” is “{option}”"), |page| {
            let list = serde_json::to_value(&list).ok()?;
            let shown = page.run(page.client.execute(chosen, vec![list])).ok()?;
            (shown == option).then_some(())
        });
    }

    /// Opens the menu **Actions** of a secret and chooses an action.
    pub(crate) fn act(&self, secret: &str, action: &str) {
        self.press(&format!("Actions for {secret}"));
        self.click("menuitem", action);
    }

    /// Types into what has the keyboard.
    pub(crate) fn type_text(&self, text: &str) {
        self.wait("what has the keyboard takes keys", |page| {
            let typing = async { page.client.active_element().await?.send_keys(text).await };
            match page.run(typing) {
                // a key that ends the page has done its work
                Err(error) if error.is_no_such_window() => Some(()),
                // refused before the first key: what is just opening takes the keyboard in a moment,
                // and what had it was just drawn anew
                Err(error)
                    if error.is_element_not_interactable()
                        || error.is_stale_element_reference() =>
                {
                    None
                }
                typed => {
                    typed.unwrap();
                    Some(())
                }
            }
        });
    }

    /// Presses a key in what has the keyboard.
    pub(crate) fn key(&self, key: Key) {
        self.type_text(&char::from(key).to_string());
    }

    /// Presses a key while another is held.
    pub(crate) fn chord(&self, held: Key, key: &str) {
        self.type_text(&chord(held, key));
    }

    /// Presses Tab until what has this name has the keyboard, as somebody without a pointer does.
    pub(crate) fn tab_to(&self, name: &str) {
        let mut passed = Vec::new();
        for _ in 0..80 {
            let focused = self.focused();
            if focused == name {
                return;
            }
            passed.push(focused);
            self.key(Key::Tab);
        }
        panic!("Tab never came to “{name}”, only to {passed:?}");
    }

    /// Runs a script in the page.
    pub(crate) fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.run(self.client.execute(script, arguments)).unwrap()
    }

    /// Runs a script that answers by its last argument.
    pub(crate) fn script_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.run(self.client.execute_async(script, arguments))
            .unwrap()
    }

    /// Sets how large the page is.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        self.run(self.client.set_window_size(width, height))
            .unwrap();
    }

    /// Keeps a picture of the page, if it still can be taken.
    pub(crate) fn keep_picture(&self, file: &Path) {
        if let Ok(picture) = self.run(self.client.screenshot()) {
            let _ = fs::write(file, picture);
        }
    }

    /// Goes over to the window that stands in the place of the one that was there before.
    pub(crate) fn go_to_fresh_window(&self) {
        self.wait("a fresh window", |page| {
            let window = page.run(page.client.windows()).ok()?.pop()?;
            page.run(page.client.switch_to_window(window)).ok()
        });
        self.wait_for_page();
    }

    // --- beneath

    /// Waits for a condition of the page.
    pub(crate) fn wait<T>(&self, what: &str, condition: impl Fn(&Self) -> Option<T>) -> T {
        self.wait_at_most(PATIENCE, what, condition)
    }

    /// Waits so long for a condition of the page.
    pub(crate) fn wait_at_most<T>(
        &self,
        limit: Duration,
        what: &str,
        condition: impl Fn(&Self) -> Option<T>,
    ) -> T {
        let what = || {
            let shown = self
                .try_text()
                .unwrap_or_else(|| "nothing that can be read".into());
            format!(
                "{what}\nthe page shows: {shown}\nthe keyboard is in: {}",
                self.focused()
            )
        };
        let started = std::time::Instant::now();
        within(limit + Duration::from_secs(5), "the page answers", || {
            let found = condition(self);
            assert!(
                found.is_some() || started.elapsed() < limit,
                "waited in vain: {}",
                what()
            );
            found
        })
    }

    fn find(&self, role: &str, name: &str) -> Element {
        self.wait(&format!("{role} “{name}”"), |page| {
            page.try_find(role, name)?.into_iter().next()
        })
    }

    fn find_field(&self, label: &str) -> Element {
        self.wait(&format!("field “{label}”"), |page| {
            let roles = ["textbox", "searchbox", "combobox"];
            roles
                .iter()
                .find_map(|role| page.try_find(role, label)?.into_iter().next())
        })
    }

    fn try_find(&self, role: &str, name: &str) -> Option<Vec<Element>> {
        let found = self.about(role, name, "seen")?;
        found
            .as_array()?
            .iter()
            .map(|found| self.element(found))
            .collect()
    }

    /// Answers an expression about what is seen with this role and name.
    fn about(&self, role: &str, name: &str, answer: &str) -> Option<Value> {
        let script = format!("{FIND}\nreturn {answer};");
        let want = json!({ "role": role, "name": name });
        self.run(self.client.execute(&script, vec![want])).ok()
    }

    fn value_of(&self, field: &Element) -> Option<String> {
        let field = serde_json::to_value(field).ok()?;
        let value = self
            .run(
                self.client
                    .execute("return arguments[0].value", vec![field]),
            )
            .ok()?;
        value.as_str().map(str::to_owned)
    }

    fn try_click(&self, element: &Element) -> Option<()> {
        let control = serde_json::to_value(element).ok()?;
        let clicked = self.run(self.client.execute(CLICKED, vec![control])).ok()?;
        match self.run(self.element(&clicked)?.click()) {
            // a click that ends the page has done its work
            Err(error) if !error.is_no_such_window() => None,
            _ => Some(()),
        }
    }

    fn try_text(&self) -> Option<String> {
        let script = "return document.body?.innerText ?? ''";
        let text = self.run(self.client.execute(script, vec![])).ok()?;
        text.as_str().map(words)
    }

    fn element(&self, answer: &Value) -> Option<Element> {
        let id = answer.get(ELEMENT)?.as_str()?.to_owned();
        Some(Element::from_element_id(
            self.client.clone(),
            ElementRef::from(id),
        ))
    }

    fn run<T>(&self, command: impl Future<Output = Result<T, CmdError>>) -> Result<T, CmdError> {
        let answer = async { timeout(ANSWER, command).await };
        self.runtime.block_on(answer).expect("the driver answers")
    }
}

fn chord(held: Key, key: &str) -> String {
    format!("{}{key}{}", char::from(held), char::from(Key::Null))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! The window. There is one at a time; locking replaces it by a fresh one, because only the end of a
//! web view surely ends what its page remembers.

use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Theme as NativeTheme, Url, WebviewWindow, WebviewWindowBuilder};

use crate::settings::Theme;

/// The labels a window can have, in turn. The capability names both.
pub(crate) const LABELS: [&str; 2] = ["main", "main-2"];

/// Carbon's backgrounds of the themes white and g100, so that nothing flashes before the page is
/// painted.
const WHITE: Color = Color(0xff, 0xff, 0xff, 0xff);
const G100: Color = Color(0x16, 0x16, 0x16, 0xff);

/// Opens the window.
pub(crate) fn open(app: &AppHandle, theme: Theme) -> tauri::Result<()> {
    build(app, LABELS[0], theme, |window| window)?;
    Ok(())
}

/// Puts a fresh window in the place of the present one, and destroys that with its page.
pub(crate) fn replace(app: &AppHandle, theme: Theme) -> tauri::Result<()> {
    let Some(old) = present(app) else {
        return open(app, theme);
    };
    let fresh = if old.label() == LABELS[0] {
        LABELS[1]
    } else {
        LABELS[0]
    };
    let scale = old.scale_factor()?;
    let size = old.inner_size()?.to_logical::<f64>(scale);
    let place = old.outer_position()?.to_logical::<f64>(scale);
    let maximized = old.is_maximized()?;
    build(app, fresh, theme, |window| {
        window
            .inner_size(size.width, size.height)
            .position(place.x, place.y)
            .maximized(maximized)
    })?;
    old.destroy()
}

/// Gives the window the colours of a theme.
pub(crate) fn paint(app: &AppHandle, theme: Theme) {
    if let Some(window) = present(app) {
        let _ = window.set_theme(native(theme));
        let _ = window.set_background_color(Some(background(&window, theme)));
    }
}

fn present(app: &AppHandle) -> Option<WebviewWindow> {
    LABELS
        .iter()
        .find_map(|label| app.get_webview_window(label))
}

/// Whether a person works in the window, and so sees what it tells.
pub(crate) fn has_focus(app: &AppHandle) -> bool {
    present(app).is_some_and(|window| window.is_focused().unwrap_or_default())
}

type Builder<'a> = WebviewWindowBuilder<'a, tauri::Wry, AppHandle>;

fn build(
    app: &AppHandle,
    label: &str,
    theme: Theme,
    arrange: impl FnOnce(Builder<'_>) -> Builder<'_>,
) -> tauri::Result<WebviewWindow> {
    let mut config = app
        .config()
        .app
        .windows
        .first()
        .cloned()
        .unwrap_or_default();
    label.clone_into(&mut config.label);
    // an ephemeral web view cannot be steered by a driver
    config.incognito = cfg!(not(feature = "webdriver"));
    config.theme = native(theme);
    config.background_color = Some(if theme == Theme::G100 { G100 } else { WHITE });
    let window = WebviewWindowBuilder::from_config(app, &config)?
        .on_navigation(is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny);
    let window = arrange(window).build()?;
    if theme == Theme::System {
        window.set_background_color(Some(background(&window, theme)))?;
    }
    #[cfg(target_os = "linux")]
    crate::files::drops::accept(&window)?;
    Ok(window)
}

/// Our own pages, by the address Tauri gives them on this platform, and nothing else.
fn is_our_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

fn native(theme: Theme) -> Option<NativeTheme> {
    match theme {
        Theme::System => None,
        Theme::White => Some(NativeTheme::Light),
        Theme::G100 => Some(NativeTheme::Dark),
    }
}

fn background(window: &WebviewWindow, theme: Theme) -> Color {
    match theme {
        Theme::G100 => G100,
        Theme::System if window.theme().is_ok_and(|theme| theme == NativeTheme::Dark) => G100,
        Theme::System | Theme::White => WHITE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_pages() {
        let may = |url: &str| is_our_page(&Url::parse(url).unwrap());
        assert!(may("tauri://localhost"));
        assert!(may("tauri://localhost/index.html#/secrets"));
        for other in [
            "https://example.test/",
            "http://localhost/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
        ] {
            assert!(!may(other), "{other}");
        }
    }
}

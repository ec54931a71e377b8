//! Passwords while they are typed.

use keyturn_api::Result;
use zeroize::Zeroizing;

use crate::strength::{PasswordStrength, estimate};

/// How hard a typed password is to guess for somebody who knows these words.
#[tauri::command]
#[specta::specta]
pub(crate) async fn estimate_password(
    text: String,
    known: Vec<String>,
) -> Result<PasswordStrength> {
    let text = Zeroizing::new(text);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    Ok(estimate(&text, &known))
}

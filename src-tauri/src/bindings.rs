//! The one list of commands and events. `ui/src/ipc/bindings.ts` is generated from it, the tests
//! below hold that file, the permissions and the capability against it.

use tauri::Wry;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

use crate::commands::{
    api_access, batch, certificates, compare, configurations, connections, copies, files, frame,
    groups, locks, orders, palette, passwords, private_certs, removals, saved_filters, secrets,
    settings, unlock, values, versions,
};
use crate::events;

/// Commands and events of the window.
#[expect(clippy::too_many_lines, reason = "each command has its line")]
pub(crate) fn builder() -> Builder<Wry> {
    Builder::new()
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
        .commands(collect_commands![
            frame::app_status,
            frame::open_instance,
            frame::rename_instance,
            frame::set_instance_color,
            frame::remove_instance,
            frame::touch,
            connections::test_connection,
            connections::cancel_connection,
            connections::connect_instance,
            connections::reconnect_instance,
            connections::retry_connection,
            unlock::create_vault,
            unlock::confirm_recovery_code,
            unlock::new_recovery_code,
            unlock::unlock_methods,
            unlock::unlock_vault,
            unlock::lock_vault,
            unlock::add_keyring,
            unlock::set_passphrase,
            unlock::remove_unlock_method,
            secrets::list_secrets,
            secrets::list_labels,
            secrets::overdue_total,
            secrets::preview_policy,
            secrets::get_secret,
            secrets::check_fields,
            secrets::check_metadata,
            secrets::create_secret,
            secrets::edit_secret,
            secrets::delete_secret,
            batch::get_secrets,
            batch::delete_secrets,
            batch::save_secrets,
            copies::copy_targets,
            copies::copy_plan,
            copies::copy_secret,
            copies::cancel_copy,
            copies::remove_copy,
            copies::end_copy,
            palette::search_everywhere,
            groups::list_groups,
            groups::create_group,
            groups::edit_group,
            groups::delete_group,
            locks::list_locks,
            locks::create_locks,
            locks::delete_locks,
            versions::preview_rotation,
            versions::rotate_secret,
            versions::list_versions,
            versions::restore_version,
            versions::edit_version_metadata,
            certificates::read_certificate_file,
            certificates::inspect_certificate,
            certificates::get_certificate,
            certificates::compare_certificates,
            certificates::download_certificate,
            certificates::download_csr,
            certificates::check_deployment,
            configurations::list_configurations,
            configurations::create_configuration,
            configurations::edit_configuration,
            configurations::delete_configuration,
            configurations::act_on_configuration,
            configurations::download_authority,
            configurations::set_signed_certificate,
            configurations::sign_csr,
            removals::pending_removals,
            removals::retry_removal,
            removals::forget_removal,
            private_certs::preview_private_cert,
            private_certs::preview_private_cert_rotation,
            private_certs::revoke_certificate,
            orders::get_order,
            orders::validate_challenges,
            orders::cancel_order,
            orders::check_dns,
            orders::find_zones,
            orders::zone_file,
            orders::get_dns_lookup,
            orders::default_dns_lookup,
            orders::set_dns_lookup,
            compare::compare_versions,
            compare::reveal_comparison,
            compare::compare_rotation,
            compare::reveal_rotation_comparison,
            values::reveal_version,
            values::copy_version,
            values::clear_clipboard,
            values::save_version,
            passwords::estimate_password,
            files::pick_file,
            files::check_value,
            files::check_file,
            files::discard_file,
            files::read_metadata_file,
            settings::get_settings,
            settings::set_settings,
            settings::get_vault_settings,
            settings::set_vault_settings,
            api_access::get_api_access,
            api_access::set_api_access,
            api_access::list_api_keys,
            api_access::create_api_key,
            api_access::copy_api_key,
            api_access::forget_api_key,
            api_access::revoke_api_key,
            settings::load_list_state,
            settings::save_list_state,
            settings::load_engine_tab,
            settings::save_engine_tab,
            saved_filters::load_saved_filters,
            saved_filters::save_saved_filters,
        ])
        .events(collect_events![
            events::InstanceChanged,
            events::ClipboardCleared,
            events::CopyProgressed,
            events::OrderEnded,
            events::DnsRecordChecked,
            events::FileDropped,
            events::FileDropRefused,
            events::FileDragged,
        ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use specta_typescript::Typescript;

    use super::*;

    const ROOT: &str = env!("CARGO_MANIFEST_DIR");
    /// What the page may ask of Tauri itself.
    const OF_TAURI: [&str; 2] = ["core:event:allow-listen", "core:event:allow-unlisten"];

    #[test]
    fn the_bindings_of_the_page_are_fresh() {
        let place = Path::new(ROOT).join("ui/src/ipc/bindings.ts");
        let fresh = exported();
        if fs::read_to_string(&place).is_ok_and(|committed| committed == fresh) {
            return;
        }
        fs::write(&place, fresh).unwrap();
        let asked = std::env::var_os("KEYTURN_BINDINGS").is_some_and(|wish| wish == "write");
        assert!(asked, "{} was stale and is written anew", place.display());
    }

    #[test]
    fn commands_permissions_and_capability_name_the_same() {
        let commands = commands();
        let permissions = fs::read_to_string(at("src-tauri/permissions/commands.toml")).unwrap();
        let entries: Vec<_> = commands
            .iter()
            .map(|command| {
                let identifier = permission(command);
                format!(
                    "[[permission]]\nidentifier = \"{identifier}\"\ncommands.allow = \
                     [\"{command}\"]\n"
                )
            })
            .collect();
        let (head, listed) = permissions.split_once("\n\n").unwrap();
        assert!(head.starts_with('#'));
        assert_eq!(listed, entries.join("\n"));

        let capability = fs::read_to_string(at("src-tauri/capabilities/main.json")).unwrap();
        let capability: serde_json::Value = serde_json::from_str(&capability).unwrap();
        let granted: BTreeSet<_> = capability["permissions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|granted| granted.as_str().unwrap().to_owned())
            .collect();
        let own = commands.iter().map(|command| permission(command));
        let expected: BTreeSet<_> = own.chain(OF_TAURI.map(str::to_owned)).collect();
        assert_eq!(granted, expected);
        assert_eq!(
            capability["windows"],
            serde_json::json!(crate::window::LABELS)
        );
        assert_eq!(capability.get("remote"), None);
    }

    fn permission(command: &str) -> String {
        format!("allow-{}", command.replace('_', "-"))
    }

    fn at(place: &str) -> PathBuf {
        Path::new(ROOT).join(place)
    }

    fn exported() -> String {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("bindings.ts");
        let typescript = Typescript::default()
            .header("// Generated by `make bindings` from the commands in src-tauri/src.\n");
        builder().export(typescript, &place).unwrap();
        fs::read_to_string(place).unwrap()
    }

    /// Names of the commands, sorted, as the generated functions call them.
    fn commands() -> BTreeSet<String> {
        let marks = ["__TAURI_INVOKE(\"", "__TAURI_INVOKE<"];
        assert!(marks.iter().any(|mark| exported().contains(mark)));
        exported()
            .lines()
            .filter(|line| line.contains("__TAURI_INVOKE"))
            .filter_map(|line| line.split('"').nth(1).map(str::to_owned))
            .filter(|name| !name.contains('/'))
            .collect()
    }
}

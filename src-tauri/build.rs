//! Builds what Tauri needs: the permissions of the commands and the resources of the program.

/// Every command the window may call; `capabilities/main.json` grants them one by one.
const COMMANDS: &[&str] = &[
    "understand",
    "profile",
    "recent",
    "start",
    "stop",
    "explain",
    "message",
    "render",
    "preview",
    "print",
    "save",
    "open",
    "verify",
];

fn main() {
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/*.json")
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}

//! What the window needs round it: a screen, a home, and the drivers.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use serde_json::json;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::{Options, beside};

/// Nobody else is in this network, so the ports are free.
const PORT: u16 = 4444;
const NATIVE_PORT: u16 = 4445;
const NATIVE_DRIVER: &str = "WebKitWebDriver";
/// Longest that the drivers may take to listen, and the window to open.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often it is looked whether they listen.
const GLANCE: Duration = Duration::from_millis(20);
const TOOLS: [&str; 3] = ["Xvfb", "dbus-run-session", NATIVE_DRIVER];

/// What the window needs and this machine has not.
pub fn missing(options: &Options) -> Result<Vec<String>> {
    let tools = TOOLS.iter().filter(|tool| on_path(tool).is_none()).map(ToString::to_string);
    let files = [app(options)?, driver(options)?].into_iter().filter(|file| !file.is_file());
    Ok(tools.chain(files.map(|file| file.display().to_string())).collect())
}

/// The window and what stands round it.
pub struct Stage {
    /// The window, as WebDriver sees it.
    pub client: Client,
    home: TempDir,
    // Dropped in this order: the drivers before the screen.
    _processes: [Process; 2],
}

/// A process that ends, with everything it started, when this is dropped.
struct Process(Child);

impl Process {
    fn start(command: &mut Command) -> std::io::Result<Self> {
        command.process_group(0).spawn().map(Self)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Ok(group) = i32::try_from(self.0.id()) {
            // Gone already is as good.
            let _ = killpg(Pid::from_raw(group), Signal::SIGKILL);
        }
        let _ = self.0.wait();
    }
}

impl Stage {
    /// Opens the window.
    pub async fn set(options: &Options) -> Result<Self> {
        let home = home()?;
        let (screen, display) = screen()?;
        let driver = start_driver(options, home.path(), &display)?;
        // tauri-driver passes on what it gets, without looking whether the driver behind it listens yet.
        listening(NATIVE_PORT).await.context("WebKitWebDriver does not listen")?;
        listening(PORT).await.context("tauri-driver does not listen")?;
        let client = timeout(PATIENCE, open(&app(options)?)).await.context("the window did not open in time")??;
        Ok(Self { client, home, _processes: [driver, screen] })
    }

    /// The folder for downloads.
    pub fn downloads(&self) -> PathBuf {
        self.home.path().join("Downloads")
    }

    /// Closes the window and ends what stands round it.
    pub async fn clear(self) {
        // The drivers end next, so that it matters little whether the window went by itself.
        let _ = self.client.clone().close().await;
    }
}

fn app(options: &Options) -> Result<PathBuf> {
    absolute(&options.app.clone().map_or_else(|| beside("netmend-desktop"), Ok)?)
}

fn driver(options: &Options) -> Result<PathBuf> {
    let named = options.driver.clone().or_else(|| on_path("tauri-driver"));
    absolute(&named.unwrap_or_else(|| PathBuf::from("tauri-driver")))
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("{} is no path", path.display()))
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A home of its own, with a folder for downloads where the system looks for it (xdg-user-dirs).
fn home() -> Result<TempDir> {
    let home = tempfile::tempdir()?;
    for folder in ["Downloads", ".config", "run"] {
        std::fs::create_dir(home.path().join(folder))?;
    }
    std::fs::write(home.path().join(".config/user-dirs.dirs"), "XDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\n")?;
    Ok(home)
}

/// A screen that nobody sees, and its name.
fn screen() -> Result<(Process, String)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut screen = Process::start(&mut command).context("cannot start Xvfb")?;
    let mut number = String::new();
    let output = screen.0.stdout.take().context("Xvfb has no output")?;
    BufReader::new(output).read_line(&mut number)?;
    ensure!(!number.trim().is_empty(), "Xvfb found no free display");
    Ok((screen, format!(":{}", number.trim())))
}

fn start_driver(options: &Options, home: &Path, display: &str) -> Result<Process> {
    let native = on_path(NATIVE_DRIVER).context("there is no WebKitWebDriver")?;
    let mut command = Command::new("dbus-run-session");
    command.arg("--").arg(driver(options)?).args([
        "--port",
        &PORT.to_string(),
        "--native-port",
        &NATIVE_PORT.to_string(),
    ]);
    command.arg("--native-driver").arg(native);
    command.env("DISPLAY", display).env("HOME", home);
    command.env("XDG_CONFIG_HOME", home.join(".config")).env("XDG_RUNTIME_DIR", home.join("run"));
    command.env("XDG_DATA_HOME", home.join(".local/share")).env("XDG_CACHE_HOME", home.join(".cache"));
    command.env("LANG", "C.UTF-8").env("LANGUAGE", "en").env_remove("WAYLAND_DISPLAY");
    // There is no graphics card behind Xvfb.
    command.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1").env("LIBGL_ALWAYS_SOFTWARE", "1");
    command.env("GTK_THEME", if options.dark { "Adwaita:dark" } else { "Adwaita" });
    // What the desktop's services say is of no use here; with `--verbose` it is shown.
    let said = || if options.verbose { Stdio::inherit() } else { Stdio::null() };
    command.stdout(Stdio::null()).stderr(said());
    Process::start(&mut command).context("cannot start tauri-driver")
}

/// Returns when something listens on a port of this computer.
async fn listening(port: u16) -> Result<()> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listens = async {
        while TcpStream::connect(address).await.is_err() {
            sleep(GLANCE).await;
        }
    };
    timeout(PATIENCE, listens).await.with_context(|| format!("nothing listens on {address}"))
}

async fn open(app: &Path) -> Result<Client> {
    let capabilities = json!({ "tauri:options": { "application": app } });
    let serde_json::Value::Object(capabilities) = capabilities else { bail!("capabilities are an object") };
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{PORT}"))
        .await
        .context("the window did not open")
}

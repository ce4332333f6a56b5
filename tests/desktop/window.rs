//! The window, in the words of the checks.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::Value;

/// Longest that anything but a whole run may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// A run's own budget, and time to spare.
pub const RUN: Duration = Duration::from_secs(30);

/// The window.
pub struct Window<'a> {
    client: &'a Client,
    pictures: &'a Path,
}

impl<'a> Window<'a> {
    /// The window behind a client; its pictures go to a folder.
    pub fn new(client: &'a Client, pictures: &'a Path) -> Self {
        Self { client, pictures }
    }

    /// Waits for an element.
    pub async fn find(&self, css: &str) -> Result<Element> {
        self.find_within(css, PATIENCE).await
    }

    /// Waits for an element, so long.
    pub async fn find_within(&self, css: &str, patience: Duration) -> Result<Element> {
        let found = self.client.wait().at_most(patience).for_element(Locator::Css(css)).await;
        found.with_context(|| format!("there is no {css}"))
    }

    /// Clicks an element, as a person would.
    pub async fn click(&self, css: &str) -> Result<()> {
        let element = self.find(css).await?;
        element.click().await.with_context(|| format!("{css} cannot be clicked"))
    }

    /// Types into an element.
    pub async fn type_into(&self, css: &str, keys: &str) -> Result<()> {
        let element = self.find(css).await?;
        element.send_keys(keys).await.with_context(|| format!("cannot type into {css}"))
    }

    /// Presses a key wherever the focus is.
    pub async fn press(&self, key: char) -> Result<()> {
        let stroke = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        Ok(self.client.perform_actions(stroke).await?)
    }

    /// The text that an element shows.
    pub async fn text(&self, css: &str) -> Result<String> {
        Ok(self.find(css).await?.text().await?)
    }

    /// An attribute of an element.
    pub async fn attribute(&self, css: &str, name: &str) -> Result<String> {
        let element = self.find(css).await?;
        element.attr(name).await?.with_context(|| format!("{css} has no {name}"))
    }

    /// Waits until an element shows a text.
    pub async fn shows(&self, css: &str, part: &str) -> Result<()> {
        let holds = async {
            loop {
                let text = self.text(css).await?;
                if text.contains(part) {
                    return Ok(());
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        if let Ok(result) = tokio::time::timeout(PATIENCE, holds).await {
            return result;
        }
        let text = self.text(css).await?;
        ensure!(text.contains(part), "{css} shows {text:?}, not {part:?}");
        Ok(())
    }

    /// What a script returns.
    pub async fn script(&self, body: &str) -> Result<Value> {
        Ok(self.client.execute(body, Vec::new()).await?)
    }

    /// What a script hands to its last argument.
    pub async fn waiting_script(&self, body: &str) -> Result<Value> {
        Ok(self.client.execute_async(body, Vec::new()).await?)
    }

    /// The text of the page in the frame.
    pub async fn frame_text(&self) -> Result<String> {
        self.find("iframe").await?.enter_frame().await?;
        let text = self.text("body").await;
        self.client.enter_parent_frame().await?;
        text
    }

    /// Takes a picture.
    pub async fn picture(&self, name: &str) -> Result<PathBuf> {
        let file = self.pictures.join(format!("{name}.png"));
        std::fs::write(&file, self.client.screenshot().await?)
            .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(file)
    }
}

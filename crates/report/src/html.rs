//! One self-contained HTML file: no script, nothing loaded from anywhere, readable in a minute, printable.

use askama::Template;
use netmend_model::{Report, StationState};

use crate::view::View;
use crate::words::Words;

// Askama escapes every value for HTML (`<`, `>`, `&`, both quotes); `View` has made control characters visible.
#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    view: &'a View,
}

/// A whole report as one HTML document, with the words that [`Words::fill`] left in it.
pub fn render(report: &Report, way: &[StationState], words: &Words) -> String {
    let view = View::new(report, way, words);
    // Writing to memory cannot fail, and the template calls nothing else that can.
    Page { view: &view }.render().unwrap_or_default()
}

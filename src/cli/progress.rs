//! The progress bar: on a terminal, with rate and time left; silent in pipes.

use dateline::ingest::inputs::Input;
use dateline::pipeline::Summary;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// A bar on standard error, or nothing.
#[derive(Clone)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Returns a bar over the size of all inputs; a counter where a size is not known.
    pub(crate) fn new(files: &[Input], quiet: bool) -> Progress {
        if quiet || !std::io::stderr().is_terminal() {
            return Progress(ProgressBar::hidden());
        }
        let total: Option<u64> = files.iter().map(|file| file.size).sum();
        let template = match total {
            Some(_) => "{bar:30} {bytes}/{total_bytes} {binary_bytes_per_sec}, {eta} left, {msg}",
            None => "{spinner} {bytes} {binary_bytes_per_sec}, {msg}",
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(5));
        Progress(bar.with_style(style))
    }

    /// Shows how far the run is.
    pub(crate) fn advance(&self, summary: &Summary) {
        if !self.0.is_hidden() {
            self.0.set_position(summary.input_bytes);
            self.0.set_message(format!(
                "{} documents, {} mentions",
                summary.documents,
                summary.tags.mentions()
            ));
        }
    }

    /// Prints something without disturbing the bar.
    pub(crate) fn around(&self, print: impl FnOnce()) {
        self.0.suspend(print);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

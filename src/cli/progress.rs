//! The progress bar: on a terminal, with rate and time left; silent in pipes.

use dateline::ingest::inputs::Input;
use dateline::pipeline::Summary;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Read};

/// A bar on standard error, or nothing.
#[derive(Clone)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Returns a bar over the size of all inputs; a counter where a size is not known.
    pub(crate) fn new(files: &[Input], quiet: bool) -> Progress {
        Progress::over(files.iter().map(|file| file.size).sum(), quiet)
    }

    fn over(total: Option<u64>, quiet: bool) -> Progress {
        if quiet || !std::io::stderr().is_terminal() {
            return Progress(ProgressBar::hidden());
        }
        let template = match total {
            Some(_) => "{bar:30} {bytes}/{total_bytes} {binary_bytes_per_sec}, {eta} left, {msg}",
            None => "{spinner} {bytes} {binary_bytes_per_sec}, {msg}",
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(5));
        Progress(bar.with_style(style))
    }

    /// Returns a bar over the bytes of one file, named by `message`.
    pub(crate) fn of_file(size: Option<u64>, message: String, quiet: bool) -> Progress {
        let progress = Progress::over(size, quiet);
        progress.0.set_message(message);
        progress
    }

    /// Returns a reader that moves the bar.
    pub(crate) fn reading<R: Read>(&self, input: R) -> impl Read {
        self.0.wrap_read(input)
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

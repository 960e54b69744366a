//! The examples in the documentation, run: files are made as a page shows them, its commands are run in the order of the page,
//! and what they print is compared with what the page says.
//!
//! A file is a fenced block after a line that ends in its name and a colon (`` `places.csv`: ``). A command is a line that
//! begins with `$ ` in a block marked `console`; what it prints, on both streams, follows it. A line `...` in a page stands
//! for lines that are left out there. `UPDATE_DOCS=1 cargo test documents` writes what is printed into the pages; read
//! the difference before committing it.

use crate::support::{Folder, repository};
use std::path::PathBuf;

/// Runs the examples of a page.
fn run(page: &str) {
    let path = repository(page);
    let text = std::fs::read_to_string(&path).unwrap();
    let here = Folder::new();
    let (mut updated, mut wrong, mut commands) = (String::new(), Vec::new(), 0);
    let mut lines = text.lines().peekable();
    let mut last_text = String::new();
    while let Some(line) = lines.next() {
        updated.push_str(&format!("{line}\n"));
        let Some(language) = line.strip_prefix("```") else {
            if !line.is_empty() {
                line.clone_into(&mut last_text);
            }
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
        if language == "console" {
            for (command, expected) in examples(&block) {
                commands += 1;
                let printed = printed_by(&here, &command);
                if !matches(&expected, &printed) {
                    wrong.push(format!("$ {command}\nthe page says:\n{expected}\nprinted:\n{printed}"));
                }
                let kept = if matches(&expected, &printed) { expected } else { printed };
                updated.push_str(&format!("$ {command}\n{kept}"));
            }
        } else {
            let content = block.iter().map(|line| format!("{line}\n")).collect::<String>();
            if let Some(name) = file_name(&last_text) {
                here.write(name, &content);
            }
            updated.push_str(&content);
        }
        updated.push_str("```\n");
        last_text.clear();
    }
    assert!(commands > 0, "{page} has no example");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, updated).unwrap();
    }
    assert!(wrong.is_empty(), "{page}:\n{}", wrong.join("\n"));
}

/// Returns the commands of a block, each with the lines that follow it.
fn examples(block: &[&str]) -> Vec<(String, String)> {
    let mut examples: Vec<(String, String)> = Vec::new();
    for line in block {
        match (line.strip_prefix("$ "), examples.last_mut()) {
            (Some(command), _) => examples.push((command.to_owned(), String::new())),
            (None, Some((command, _))) if command.ends_with('\\') => command.push_str(&format!("\n{line}")),
            (None, Some((_, expected))) => expected.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    examples
}

/// Returns the file that a line ends in naming: ``... `places.csv`:``.
fn file_name(line: &str) -> Option<&str> {
    let name = line.strip_suffix("`:")?.rsplit('`').next()?;
    name.contains('.').then_some(name)
}

/// Runs a command line in the folder and returns what it prints on both streams.
fn printed_by(here: &Folder, command: &str) -> String {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_dateline"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("exec 2>&1\n{command}")]).current_dir(here.path("")).env("PATH", path);
    let output = shell.env("NO_COLOR", "1").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Tells whether a page says what is printed; a line `...` stands for any lines.
fn matches(expected: &str, printed: &str) -> bool {
    fn agree(expected: &[&str], printed: &[&str]) -> bool {
        match (expected, printed) {
            ([], []) => true,
            (["...", rest @ ..], _) => (0..=printed.len()).any(|skipped| agree(rest, &printed[skipped..])),
            ([line, rest @ ..], [said, more @ ..]) if line == said => agree(rest, more),
            _ => false,
        }
    }
    agree(&expected.lines().collect::<Vec<_>>(), &printed.lines().collect::<Vec<_>>())
}

#[test]
fn the_page_on_gazetteers_shows_what_is_printed() {
    run("docs/gazetteers.md");
}

#[test]
fn the_page_on_disputed_territories_shows_what_is_printed() {
    run("docs/disputed.md");
}

#[test]
fn lines_that_are_left_out_match() {
    assert!(matches("a\n...\nd\n", "a\nb\nc\nd\n"));
    assert!(matches("a\n", "a\n") && !matches("a\n", "a\nb\n") && !matches("a\n...\nx\n", "a\nb\n"));
}

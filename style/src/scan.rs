//! Finds the classes that views use and style files define.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A class used in a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The class.
    pub class: String,
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

/// What comes right before the classes of a view: the attribute, or the marker of `app::components::classes`.
const OPENINGS: [&str; 2] = ["class=\"", "classes(\""];

/// The classes used in the Rust files below a folder; none if it is not there.
pub(crate) fn classes_below(folder: &Path) -> io::Result<Vec<Use>> {
    let mut uses = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path)?;
                uses.extend(classes_used(&text).map(|(class, line)| Use { class: class.to_owned(), file: path.clone(), line }));
            }
        }
    }
    uses.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    Ok(uses)
}

fn classes_used(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.lines().zip(1..).flat_map(|(line, number)| {
        OPENINGS.into_iter().flat_map(move |opening| {
            line.match_indices(opening).flat_map(move |(start, _)| {
                let rest = &line[start + opening.len()..];
                rest[..rest.find('"').unwrap_or(0)].split_whitespace().map(move |class| (class, number))
            })
        })
    })
}

/// The classes that occur in the selectors of a style file.
pub(crate) fn classes_defined(css: &str) -> impl Iterator<Item = String> {
    css.match_indices('.').filter_map(|(start, _)| {
        let name: String = css[start + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        // `.5rem` is a number.
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_found_in_attributes_and_behind_the_marker() {
        let text = "<p class=\"a b\">\n let x = classes(\"s-one\"); <i class=\"c\"/>";
        assert_eq!(classes_used(text).collect::<Vec<_>>(), [("a", 1), ("b", 1), ("c", 2), ("s-one", 2)]);
        assert_eq!(classes_defined(".a:hover,.b-c{margin:.5rem}").collect::<Vec<_>>(), ["a", "b-c"]);
    }
}

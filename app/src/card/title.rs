//! Setting a title: in letters as large as it allows, in lines that fit.

/// The sizes that are tried, and how many lines of each there is room for.
const SIZES: [(f32, usize); 5] = [(62.0, 3), (54.0, 3), (46.0, 4), (40.0, 5), (34.0, 6)];

/// How far lines stand apart, in sizes.
const LEADING: f32 = 1.2;

/// The first line's own height lies below this.
const TOP: f32 = 122.0;

/// The lines of a title, each with the place of its feet and its size. What fits in no size ends in an ellipsis.
pub(super) fn set(title: &str, room: f32, width_of: &dyn Fn(&str) -> f32) -> Vec<(String, f32, f32)> {
    let space = width_of("n n") - 2.0 * width_of("n");
    let words: Vec<(&str, f32)> = title.split_whitespace().map(|word| (word, width_of(word))).collect();
    let last = SIZES[SIZES.len() - 1];
    let fits = |(size, most): &(f32, usize)| {
        let lines = lines(&words, space, room / size);
        let narrow = words.iter().all(|(_, width)| *width <= room / size);
        (narrow && lines.len() <= *most).then_some((lines, *size))
    };
    let (lines, size) = SIZES.iter().find_map(fits).unwrap_or_else(|| {
        let (size, most) = last;
        let mut cut = lines(&broken(&words, room / size, width_of), space, room / size);
        if cut.len() > most {
            cut.truncate(most);
            if let Some(end) = cut.last_mut() {
                while !end.is_empty() && width_of(&format!("{end}…")) > room / size {
                    end.pop();
                }
                end.truncate(end.trim_end().len());
                end.push('…');
            }
        }
        (cut, size)
    });
    let mut y = TOP;
    let placed = lines.into_iter().map(|line| {
        y += size * LEADING;
        (line, y, size)
    });
    placed.collect()
}

/// Words in lines no wider than `room`, one word at least in each.
fn lines(words: &[(impl AsRef<str>, f32)], space: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut width = 0.0;
    for (word, own) in words {
        match lines.last_mut() {
            Some(line) if width + space + own <= room => {
                line.push(' ');
                line.push_str(word.as_ref());
                width += space + own;
            }
            _ => {
                lines.push(word.as_ref().to_owned());
                width = *own;
            }
        }
    }
    lines
}

/// The words, those wider than `room` in pieces.
fn broken(words: &[(&str, f32)], room: f32, width_of: &dyn Fn(&str) -> f32) -> Vec<(String, f32)> {
    let mut pieces = Vec::new();
    for (word, width) in words {
        if *width <= room {
            pieces.push(((*word).to_owned(), *width));
            continue;
        }
        let mut piece = String::new();
        for c in word.chars() {
            piece.push(c);
            if width_of(&piece) > room && piece.chars().count() > 1 {
                piece.pop();
                pieces.push((piece.clone(), width_of(&piece)));
                piece = c.to_string();
            }
        }
        pieces.push((piece.clone(), width_of(&piece)));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of one width, near that of the font's mean.
    fn width_of(text: &str) -> f32 {
        text.chars().map(|_| 0.62_f32).sum()
    }

    fn assert_fits(title: &str) -> Vec<(String, f32, f32)> {
        let set = set(title, 1056.0, &width_of);
        for (line, y, size) in &set {
            assert!(width_of(line) * size <= 1056.5, "{line} is too wide at {size}");
            assert!(*y < 400.0, "{line} stands at {y}");
        }
        set
    }

    #[test]
    fn a_short_title_is_large_and_a_long_one_small_and_whole() {
        assert!(assert_fits("A short one")[0].2 > 60.0);
        let long = "palabra larga ".repeat(14);
        let set = assert_fits(long.trim());
        assert!(set[0].2 < 50.0);
        let whole: Vec<&str> = set.iter().map(|(line, _, _)| line.as_str()).collect();
        assert_eq!(whole.join(" "), long.trim());
    }

    #[test]
    fn what_fits_in_no_size_ends_in_an_ellipsis() {
        let set = assert_fits(&"M".repeat(600));
        assert!(set.len() == 6 && set[5].0.ends_with('…'));
        assert!(assert_fits(&"word ".repeat(120))[5].0.ends_with('…'));
        assert!(assert_fits("").is_empty());
    }
}

//! A long text in parts that a page can show, each with as many pages as the whole, so that page numbers stay what they are.

/// About how many characters a part has: a part ends with the line that reaches it.
pub const PART: usize = 40_000;

/// The parts of a text by pages, at least one. Together they have every line of it, in order; what is not in a part is empty there.
#[must_use]
pub fn parts(pages: &[String]) -> Vec<Vec<String>> {
    let mut parts = vec![vec![String::new(); pages.len()]];
    let mut length = 0;
    for (number, page) in pages.iter().enumerate() {
        for line in page.split_inclusive('\n') {
            let characters = line.chars().count();
            if length > 0 && length + characters > PART {
                parts.push(vec![String::new(); pages.len()]);
                length = 0;
            }
            length += characters;
            if let Some(part) = parts.last_mut() {
                part[number] += line;
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_shown_in_parts_and_nothing_of_it_is_lost() {
        let line = format!("{}é.\n", "a b ".repeat(30));
        let pages = [line.repeat(500), String::new(), line.repeat(300)];
        let parts = parts(&pages);
        assert!(parts.len() > 1 && parts.iter().all(|part| part.len() == 3), "{}", parts.len());
        let most = parts.iter().map(|part| part.iter().map(|page| page.chars().count()).sum::<usize>()).max();
        assert!(most <= Some(PART), "{most:?}");
        for (number, page) in pages.iter().enumerate() {
            assert_eq!(parts.iter().map(|part| part[number].as_str()).collect::<String>(), *page);
        }
        assert_eq!(super::parts(&["short".to_owned()]), [["short"]]);
        assert_eq!(super::parts(&[]).len(), 1);
    }
}

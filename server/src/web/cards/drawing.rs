//! From SVG to PNG, in the letters that are in the binary.

use std::{
    error::Error,
    sync::{Arc, LazyLock},
};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

/// The letters: a serif's, Latin only, under the licence beside them.
static LETTERS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut letters = Database::new();
    letters.load_font_data(include_bytes!("../../../assets/fonts/DejaVuSerif-latin.ttf").to_vec());
    letters.load_font_data(include_bytes!("../../../assets/fonts/DejaVuSerif-Bold-latin.ttf").to_vec());
    Arc::new(letters)
});

fn options() -> Options<'static> {
    Options { fontdb: Arc::clone(&LETTERS), font_family: app::card::FONT.to_owned(), ..Options::default() }
}

/// How wide a text is in bold letters one pixel high; 0 if it has none that can be drawn.
pub(super) fn width_of(text: &str) -> f32 {
    /// Measured large, so that nothing is lost to rounding.
    const SIZE: f32 = 100.0;
    let text: String = text.chars().map(|c| if matches!(c, '<' | '&') || c.is_control() { 'M' } else { c }).collect();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"><text font-size=\"{SIZE}\" font-weight=\"bold\">{text}</text></svg>"
    );
    Tree::from_str(&svg, &options()).map_or(0.0, |tree| tree.root().bounding_box().width() / SIZE)
}

/// The picture of a drawing.
///
/// # Errors
/// What is wrong with the drawing.
pub(super) fn png(svg: &str, (width, height): (u32, u32)) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let tree = Tree::from_str(svg, &options())?;
    let mut pixmap = Pixmap::new(width, height).ok_or("a picture without size")?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    Ok(pixmap.encode_png()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        let (one, two) = (width_of("n"), width_of("nn"));
        assert!((0.6..0.8).contains(&one) && (two - 2.0 * one).abs() < 0.02, "{one} {two}");
        assert!(width_of("n n") > two && width_of("ñ") > 0.0 && width_of("&<") > 1.0);
        assert!(width_of("").abs() < f32::EPSILON);
    }

    #[test]
    fn a_drawing_becomes_a_picture_and_what_is_none_is_refused() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"><rect width=\"20\" height=\"10\"/></svg>";
        let png = png(svg, (20, 10)).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert!(super::png("<svg", (20, 10)).is_err());
    }
}

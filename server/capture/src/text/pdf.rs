//! The text of a PDF, by page, and what it says of itself.

use domain::SourceMetadata;
use pdf_extract::{Document, Object, extract_text_from_mem_by_pages};

/// The pages and what the document says of itself; `None` if it can't be read.
pub(super) fn read(bytes: &[u8]) -> Option<(Vec<String>, SourceMetadata)> {
    let pages = extract_text_from_mem_by_pages(bytes).ok()?;
    Some((pages, metadata(bytes).unwrap_or_default()))
}

/// What stands in the information dictionary (ISO 32000-2, section 14.3.3).
fn metadata(bytes: &[u8]) -> Option<SourceMetadata> {
    let document = Document::load_mem(bytes).ok()?;
    let info = document.trailer.get(b"Info").ok()?;
    let info = document.dereference(info).ok()?.1.as_dict().ok()?;
    let text = |name: &[u8]| {
        let value = info.get(name).ok().and_then(|value| document.dereference(value).ok()).map(|(_, value)| value)?;
        let Object::String(bytes, _) = value else { return None };
        let text = if bytes.starts_with(&[0xfe, 0xff]) {
            encoding_rs::UTF_16BE.decode(bytes).0.into_owned()
        } else {
            // PDFDocEncoding is Windows-1252 where it matters.
            std::str::from_utf8(bytes).map_or_else(|_| encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(), str::to_owned)
        };
        super::metadata::one_line(&text)
    };
    // `D:20240430…`: when the file was made, which may be long after the text was published, and so is no publication date.
    Some(SourceMetadata { title: text(b"Title"), author: text(b"Author"), ..SourceMetadata::default() })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use domain::TextState;

    use crate::{Media, read};

    /// A document with a line on each page.
    fn document(lines: &[&str]) -> Vec<u8> {
        let kids: String = (0..lines.len()).fold(String::new(), |mut kids, page| {
            _ = write!(kids, "{} 0 R ", 5 + 2 * page);
            kids
        });
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!("<</Type/Pages/Count {}/Kids[{kids}]>>", lines.len()),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
            "<</Title(Joint statement)/Author(The ministry)>>".to_owned(),
        ];
        for (page, line) in lines.iter().enumerate() {
            let contents = 6 + 2 * page;
            objects.push(format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents {contents} 0 R>>"
            ));
            let drawn = format!("BT /F1 12 Tf 72 700 Td ({line}) Tj ET");
            objects.push(format!("<</Length {}>>stream\n{drawn}\nendstream", drawn.len()));
        }
        let mut pdf = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        for (number, object) in (1..).zip(&objects) {
            places.push(pdf.len());
            _ = writeln!(pdf, "{number} 0 obj{object}endobj");
        }
        let start = pdf.len();
        _ = writeln!(pdf, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1);
        for place in places {
            _ = writeln!(pdf, "{place:010} 00000 n ");
        }
        _ = writeln!(pdf, "trailer<</Size {}/Root 1 0 R/Info 4 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1);
        pdf.into_bytes()
    }

    #[test]
    fn each_page_has_its_text() {
        let pdf = document(&["The ministers agreed to meet in April.", "Done in Guatemala."]);
        let reading = read(&Media::of("application/pdf", &pdf), &pdf);
        assert_eq!(reading.state, TextState::Read);
        assert_eq!(reading.pages, ["The ministers agreed to meet in April.", "Done in Guatemala."]);
        assert_eq!(reading.metadata.title.as_deref(), Some("Joint statement"));
        assert_eq!(reading.metadata.author.as_deref(), Some("The ministry"));
        assert_eq!(reading.metadata.published_on, None);
    }

    #[tokio::test]
    async fn broken_documents_are_told_as_unreadable_and_hurt_nothing() {
        let pdf = document(&["One.", "Two."]);
        let reader = crate::Reader::Here;
        let mut unreadable = 0;
        for cut in (9..pdf.len()).step_by(61) {
            let mut flipped = pdf.clone();
            flipped[cut] ^= 0x15;
            for broken in [pdf[..cut].to_vec(), flipped] {
                let reading = reader.read("application/pdf", broken.into()).await;
                unreadable += usize::from(reading.state == TextState::Unreadable);
            }
        }
        assert!(unreadable > 0);
        assert_eq!(reader.read("application/pdf", pdf.into()).await.state, TextState::Read);
    }
}

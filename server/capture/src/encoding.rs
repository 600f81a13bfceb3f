//! Unpacking what a host has packed (`Content-Encoding`, RFC 9110, section 8.4), never further than a bound.

use std::{
    borrow::Cow,
    io::{self, Read},
};

use crate::Failed;

/// The bytes as they were before they were packed; as they came where nothing was, or where nobody here can unpack them.
///
/// # Errors
/// [`domain::CaptureFailure::TooLarge`] where they would be larger than `limit`, [`domain::CaptureFailure::Broken`] where they
/// can't be unpacked.
pub(crate) fn unpack<'a>(bytes: &'a [u8], encodings: &str, limit: usize) -> Result<Option<Cow<'a, [u8]>>, Failed> {
    let mut unpacked = Cow::Borrowed(bytes);
    // The last one named was applied last.
    for (depth, encoding) in encodings.rsplit(',').map(|name| name.trim().to_ascii_lowercase()).enumerate() {
        if depth >= 3 {
            return Ok(None);
        }
        let read = match encoding.as_str() {
            "" | "identity" => continue,
            "gzip" | "x-gzip" => bounded(flate2::read::MultiGzDecoder::new(&*unpacked), limit),
            // Some send zlib, as they should, some deflate without a frame.
            "deflate" => match bounded(flate2::read::ZlibDecoder::new(&*unpacked), limit) {
                Err(_) => bounded(flate2::read::DeflateDecoder::new(&*unpacked), limit),
                read => read,
            },
            "br" => bounded(brotli::Decompressor::new(&*unpacked, 16 * 1024), limit),
            _ => return Ok(None),
        };
        unpacked = match read {
            Ok(Some(read)) => Cow::Owned(read),
            Ok(None) => return Err(Failed::too_large(limit)),
            Err(error) => return Err(Failed::broken(format!("it can't be unpacked as {encoding}: {error}"))),
        };
    }
    Ok(Some(unpacked))
}

/// All that a reader gives; `None` if that is more than `limit` bytes, of which no more than one too many are read.
fn bounded(reader: impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut read = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut read)?;
    Ok((read.len() <= limit).then_some(read))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use domain::CaptureFailure;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn what_was_packed_is_unpacked_in_the_order_of_its_packing() {
        let mut brotli = Vec::new();
        brotli::CompressorWriter::new(&mut brotli, 4096, 5, 20).write_all(&gzip(b"hola")).unwrap();
        assert_eq!(&*unpack(&brotli, "gzip, br", 100).unwrap().unwrap(), b"hola");
        assert_eq!(&*unpack(b"hola", "", 100).unwrap().unwrap(), b"hola");
        assert_eq!(unpack(b"hola", "zstd", 100), Ok(None));
        assert_eq!(unpack(b"hola", "gzip", 100).unwrap_err().failure, CaptureFailure::Broken);
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bomb = gzip(&vec![0; 30_000_000]);
        assert!(bomb.len() < 50_000);
        assert_eq!(unpack(&bomb, "gzip", 1_000_000).unwrap_err().failure, CaptureFailure::TooLarge);
        assert_eq!(unpack(&gzip(&bomb), "gzip, gzip", 1_000_000).unwrap_err().failure, CaptureFailure::TooLarge);
    }
}

//! How answers are packed on their way.

use std::{convert::Infallible, io::Write};

use axum::{
    body::{Body, Bytes},
    http::{Extensions, HeaderMap, HeaderValue, Request, StatusCode, Version, header},
    response::Response,
};
use brotli::{CompressorWriter, enc::BrotliEncoderParams};
use flate2::{Compression, write::GzEncoder};
use tower::{Layer, ServiceExt, service_fn};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{Predicate as _, SizeAbove},
    },
};

/// Brotli's quality: near its best in size, far from it in time.
const QUALITY: u32 = 5;

/// The levels for who waits for an answer that is made just now: a seventh longer, in half to a third of the time.
const QUICK_BROTLI: u32 = 2;
const QUICK_GZIP: u32 = 3;

/// Brotli's window, as a power of two: larger than any page.
const WINDOW: u32 = 20;

/// What is shorter is sent as it is.
const SHORTEST: usize = 256;

/// How an answer is packed (RFC 9110, section 8.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// How much time is given to packing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// As little as still is worth it: somebody waits, and perhaps nobody else will ask.
    Quick,
    /// As much as is worth it for an answer that is sent again and again.
    Thorough,
}

impl Encoding {
    /// The best one that a client accepts (RFC 9110, section 12.5.3).
    pub(crate) fn accepted(headers: &HeaderMap) -> Self {
        let mut best = Self::Identity;
        for accepted in headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()) {
            for part in accepted.split(',') {
                let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
                let weight = parameters.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok());
                if weight == Some(0.0) {
                    continue;
                }
                match name.trim() {
                    "br" => best = Self::Brotli,
                    "gzip" | "x-gzip" if best == Self::Identity => best = Self::Gzip,
                    _ => {}
                }
            }
        }
        best
    }

    /// Its name in `Content-Encoding`; as it is has none.
    pub(crate) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// Packs a body; `None` where that does not make it shorter.
    pub(super) fn packed(self, body: &[u8], effort: Effort) -> Option<Bytes> {
        let packed = match self {
            Self::Identity => return None,
            Self::Gzip => {
                let level = if effort == Effort::Quick { Compression::new(QUICK_GZIP) } else { Compression::default() };
                let mut packed = GzEncoder::new(Vec::with_capacity(body.len() / 4), level);
                packed.write_all(body).ok()?;
                packed.finish().ok()?
            }
            Self::Brotli => {
                let quality = if effort == Effort::Quick { QUICK_BROTLI } else { QUALITY };
                let (quality, lgwin, size_hint) = (quality.cast_signed(), WINDOW.cast_signed(), body.len());
                let parameters = BrotliEncoderParams { quality, lgwin, size_hint, ..BrotliEncoderParams::default() };
                // In one piece, whose length is known, it takes less time.
                let mut packed = CompressorWriter::with_params(Vec::with_capacity(body.len() / 4), body.len(), &parameters);
                packed.write_all(body).ok()?;
                packed.into_inner()
            }
        };
        (packed.len() < body.len()).then(|| packed.into())
    }
}

/// Whether packing can make a body of this type and length shorter.
pub(super) fn is_worth_packing(headers: &HeaderMap, length: usize) -> bool {
    is_text(headers) && length >= SHORTEST && !headers.contains_key(header::CONTENT_ENCODING)
}

/// Whether a body is text. What else there is (pictures, copies of sources, zip files) is packed already or has a tag for its very
/// bytes.
fn is_text(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    media_type.starts_with("text/")
        || media_type.ends_with("json")
        || media_type.ends_with("+xml")
        || matches!(media_type, "application/xml" | "application/jsonl" | "application/javascript" | "application/link-format")
}

/// Packs a body that is not kept, while it is sent.
pub(super) async fn pack(accepts: Option<HeaderValue>, response: Response) -> Response {
    let text = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| is_text(headers);
    let level = CompressionLevel::Precise(QUALITY.cast_signed());
    let layer = CompressionLayer::new().quality(level).compress_when(SizeAbove::new(SHORTEST as u64).and(text));
    let mut answer = Some(response);
    let service = service_fn(move |_: Request<Body>| {
        let answer = answer.take().unwrap_or_default();
        async { Ok::<_, Infallible>(answer) }
    });
    let mut request = Request::new(Body::empty());
    if let Some(accepts) = accepts {
        request.headers_mut().insert(header::ACCEPT_ENCODING, accepts);
    }
    let Ok(packed) = layer.layer(service).oneshot(request).await;
    packed.map(Body::new)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_best_of_what_a_client_takes() {
        for (accepted, encoding) in [
            ("", Encoding::Identity),
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip;q=1.0, br;q=0", Encoding::Gzip),
            ("br;q=0.000,gzip; q=0", Encoding::Identity),
            ("zstd", Encoding::Identity),
            ("BR", Encoding::Identity),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_str(accepted).unwrap())]);
            assert_eq!(Encoding::accepted(&headers), encoding, "{accepted}");
        }
    }

    #[test]
    fn what_is_packed_comes_out_as_it_went_in() {
        let body = "a pledge and what came of it; ".repeat(100);
        for effort in [Effort::Quick, Effort::Thorough] {
            let mut out = String::new();
            let packed = Encoding::Gzip.packed(body.as_bytes(), effort).unwrap();
            flate2::read::GzDecoder::new(&*packed).read_to_string(&mut out).unwrap();
            assert_eq!(out, body);
            out.clear();
            let packed = Encoding::Brotli.packed(body.as_bytes(), effort).unwrap();
            brotli::Decompressor::new(&*packed, 4096).read_to_string(&mut out).unwrap();
            assert_eq!(out, body);
            assert_eq!(Encoding::Gzip.packed(b"x", effort), None, "it grew");
        }
    }

    #[test]
    fn pictures_are_not_packed_again() {
        let of = |media_type: &'static str| HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(media_type))]);
        for text in
            ["text/html; charset=utf-8", "application/json", "application/problem+json", "application/atom+xml", "text/csv"]
        {
            assert!(is_worth_packing(&of(text), 1000), "{text}");
            assert!(!is_worth_packing(&of(text), 10), "{text}");
        }
        for other in ["image/png", "application/wacz", ""] {
            assert!(!is_worth_packing(&of(other), 1000), "{other}");
        }
    }
}

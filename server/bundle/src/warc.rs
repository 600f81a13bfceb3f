//! Exchanges as records of a WARC file (WARC 1.1, ISO 28500:2017), each compressed by itself so that it can be read alone.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use flate2::{Compression, write::GzEncoder};
use uuid::Builder;

use crate::{About, digest, timestamp};

/// What the web answered at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    /// The address that was asked.
    pub url: &'a str,
    /// When it answered.
    pub at: DateTime<Utc>,
    /// The status of the answer.
    pub status: u16,
    /// Its headers, in their order.
    pub headers: &'a [(String, String)],
    /// Its body, byte by byte as it came, without the chunks of the transfer.
    pub body: &'a [u8],
}

impl Exchange<'_> {
    /// The first header of a name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The answer as HTTP/1.1 has it (RFC 9112). What told of the transfer is kept under another name, for the body is whole.
    fn message(&self) -> Vec<u8> {
        let mut message = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status)).into_bytes();
        for (name, value) in self.headers {
            let transfer = ["transfer-encoding", "content-length", "connection", "keep-alive", "trailer"];
            let prefix = if transfer.iter().any(|header| name.eq_ignore_ascii_case(header)) { "x-archive-orig-" } else { "" };
            // A header never ends the line that it stands in.
            let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            message.extend(format!("{prefix}{name}: {value}\r\n").bytes());
        }
        message.extend(format!("content-length: {}\r\n\r\n", self.body.len()).bytes());
        message.extend(self.body);
        message
    }
}

/// Writes the record that says what the others are.
pub(crate) fn write_info(out: &mut impl Write, about: &About) -> io::Result<()> {
    let software = &about.software;
    let title = one_line(&about.title);
    let block = format!("software: {software}\r\nformat: WARC File Format 1.1\r\nisPartOf: {title}\r\n");
    let head = [("WARC-Type", "warcinfo".to_owned()), ("WARC-Date", timestamp(about.created))];
    write(out, &head, "application/warc-fields", block.as_bytes())
}

/// Writes the record of an answer; gives the digest of its body.
pub(crate) fn write_response(out: &mut impl Write, exchange: &Exchange<'_>) -> io::Result<String> {
    let payload = digest::of(exchange.body);
    let head = [
        ("WARC-Type", "response".to_owned()),
        ("WARC-Date", timestamp(exchange.at)),
        ("WARC-Target-URI", one_line(exchange.url)),
        ("WARC-Payload-Digest", payload.clone()),
    ];
    write(out, &head, "application/http;msgtype=response", &exchange.message())?;
    Ok(payload)
}

fn write(out: &mut impl Write, head: &[(&str, String)], kind: &str, block: &[u8]) -> io::Result<()> {
    let mut record = GzEncoder::new(out, Compression::default());
    write!(record, "WARC/1.1\r\n")?;
    for (name, value) in head {
        write!(record, "{name}: {value}\r\n")?;
    }
    // Named by what it holds, so that the same bundle made twice is the same to the byte.
    let named: String = head.iter().map(|(_, value)| value.as_str()).collect();
    let id = Builder::from_custom_bytes(digest::short(format!("{named}{}", digest::of(block)).as_bytes())).into_uuid();
    write!(record, "WARC-Record-ID: <urn:uuid:{id}>\r\n")?;
    write!(record, "WARC-Block-Digest: {}\r\n", digest::of(block))?;
    write!(record, "Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n", block.len())?;
    record.write_all(block)?;
    record.write_all(b"\r\n\r\n")?;
    record.finish()?;
    Ok(())
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The reason phrase of a status; none where it is not common, for nothing depends on it (RFC 9112, section 4).
const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        _ => "",
    }
}

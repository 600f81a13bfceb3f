//! What was written, counted and hashed as it goes by.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

/// Writes on, and remembers how much it was and what it hashes to.
pub(crate) struct Digesting<W> {
    out: W,
    written: u64,
    hash: Sha256,
}

impl<W: Write> Digesting<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { out, written: 0, hash: Sha256::new() }
    }

    /// How many bytes were written so far.
    pub(crate) const fn written(&self) -> u64 {
        self.written
    }

    /// What it wrote to, how much it wrote, and the digest of that.
    pub(crate) fn end(self) -> (W, u64, String) {
        (self.out, self.written, named(&self.hash.finalize()))
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.hash.update(&bytes[..taken]);
        self.written += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The digest of some bytes, as WARC and WACZ write it: the name of the hash, and it in hexadecimal digits.
pub(crate) fn of(bytes: &[u8]) -> String {
    named(&Sha256::digest(bytes))
}

/// The first bytes of the digest of some bytes.
pub(crate) fn short(bytes: &[u8]) -> [u8; 16] {
    let hash = Sha256::digest(bytes);
    std::array::from_fn(|at| hash[at])
}

fn named(hash: &[u8]) -> String {
    format!("sha256:{}", hex::encode(hash))
}

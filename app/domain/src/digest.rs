//! The name of bytes: their SHA-256 (FIPS 180-4) in hexadecimal.

use std::{fmt, str::FromStr};

use sha2::{Digest, Sha256};

/// A SHA-256 as 64 hexadecimal digits in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sha256Hex(String);

impl Sha256Hex {
    /// The SHA-256 of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex::encode(Sha256::digest(bytes)))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is no SHA-256 as it is written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASha256;

impl FromStr for Sha256Hex {
    type Err = NotASha256;

    fn from_str(text: &str) -> Result<Self, NotASha256> {
        let hex = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if hex { Ok(Self(text.to_owned())) } else { Err(NotASha256) }
    }
}

impl fmt::Display for Sha256Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_the_name_that_the_standard_gives_them() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Sha256Hex::of(b"abc").as_str(), abc);
        assert_eq!(abc.parse(), Ok(Sha256Hex::of(b"abc")));
        for wrong in ["", &abc[1..], &abc.to_uppercase(), "../../../../etc/passwd"] {
            assert_eq!(wrong.parse::<Sha256Hex>(), Err(NotASha256), "{wrong}");
        }
    }
}

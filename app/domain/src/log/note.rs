//! Signed notes (C2SP, signed-note) with Ed25519: a text, and below it who vouches for it. And the key that signs ours.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{
    Signature, Signer as _, SigningKey, VerifyingKey,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, spki::der::pem::LineEnding},
};
use sha2::{Digest, Sha256};

use super::Checkpoint;

/// What marks a line as a signature.
const MARK: &str = "\u{2014} ";

/// The type of a key that makes plain Ed25519 signatures (C2SP, signed-note, section Signature types).
const ED25519: u8 = 1;

/// Why a note is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It is no signed note at all.
    #[error("this is no signed note: below its text and an empty line, lines that begin with an em dash must sign it")]
    NoNote,
    /// What is signed is no checkpoint.
    #[error("what is signed is no checkpoint: it must say whose log it is, its size, and its root in base64, in three lines")]
    NoCheckpoint,
    /// It is signed by others only.
    #[error("the key {0} has not signed this")]
    NotSigned(String),
    /// A signature claims to be of the key and is not.
    #[error("the signature of the key {0} is wrong: the text has been changed, or the key did not make it")]
    WrongSignature(String),
    /// A verifier key can't be read.
    #[error("this is no verifier key: it must read NAME+HASH+KEY, as the site shows it at /record")]
    NoKey,
    /// A private key can't be read.
    #[error("this is no Ed25519 private key in PEM (PKCS #8)")]
    NoPrivateKey,
}

/// The key that signs the checkpoints of a log.
pub struct RecordKey(SigningKey);

impl RecordKey {
    /// The key of 32 random bytes.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// Reads a key as files have it: PKCS #8 in PEM (RFC 5958, RFC 8410), which `openssl genpkey -algorithm ed25519` makes too.
    ///
    /// # Errors
    /// [`NoteError::NoPrivateKey`].
    pub fn from_pem(text: &str) -> Result<Self, NoteError> {
        SigningKey::from_pkcs8_pem(text).map(Self).map_err(|_| NoteError::NoPrivateKey)
    }

    /// The key as a file has it.
    ///
    /// # Errors
    /// [`NoteError::NoPrivateKey`], which no key made here gives.
    pub fn to_pem(&self) -> Result<String, NoteError> {
        self.0.to_pkcs8_pem(LineEnding::LF).map(|pem| pem.to_string()).map_err(|_| NoteError::NoPrivateKey)
    }

    /// The key under the name of a log.
    #[must_use]
    pub fn named(&self, origin: &str) -> Signer {
        Signer { verifier: VerifierKey { name: origin.to_owned(), key: self.0.verifying_key() }, key: self.0.clone() }
    }
}

/// A key under a name, which signs notes.
#[derive(Clone)]
pub struct Signer {
    verifier: VerifierKey,
    key: SigningKey,
}

impl Signer {
    /// What others check its signatures with.
    #[must_use]
    pub const fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The checkpoint of this size and root, as a signed note.
    #[must_use]
    pub fn checkpoint(&self, size: u64, root: super::tree::Hash) -> String {
        let text = Checkpoint { origin: self.verifier.name.clone(), size, root }.to_string();
        let signature = self.key.sign(text.as_bytes()).to_bytes();
        let signed = [&self.verifier.id()[..], &signature].concat();
        format!("{text}\n{MARK}{} {}\n", self.verifier.name, STANDARD.encode(signed))
    }
}

/// Never the key itself.
impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.verifier)
    }
}

/// Never the key itself.
impl fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecordKey(…)")
    }
}

/// What signatures are checked with: a name and a public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The name under which it signs, which is the origin of its log.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Tells its signatures from those of others: the first bytes of a hash over name and key.
    fn id(&self) -> [u8; 4] {
        let hash = Sha256::new().chain_update(&self.name).chain_update([b'\n', ED25519]).chain_update(self.key).finalize();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// Checks that this key has signed a note, and reads the checkpoint that it signed.
    ///
    /// # Errors
    /// [`NoteError`]; a checkpoint of another log is one that the key has not signed.
    pub fn open(&self, note: &str) -> Result<Checkpoint, NoteError> {
        let (text, signatures) = note.rsplit_once("\n\n").ok_or(NoteError::NoNote)?;
        let text = format!("{text}\n");
        let mut signed = false;
        for line in signatures.lines() {
            let (name, signature) = line.strip_prefix(MARK).and_then(|line| line.split_once(' ')).ok_or(NoteError::NoNote)?;
            let bytes = STANDARD.decode(signature).ok().filter(|bytes| bytes.len() > 4).ok_or(NoteError::NoNote)?;
            let (id, signature) = bytes.split_at(4);
            if name != self.name || id != self.id() {
                continue;
            }
            let wrong = || NoteError::WrongSignature(self.to_string());
            let signature = Signature::from_slice(signature).map_err(|_| wrong())?;
            self.key.verify_strict(text.as_bytes(), &signature).map_err(|_| wrong())?;
            signed = true;
        }
        let checkpoint: Checkpoint = text.parse()?;
        if signed && checkpoint.origin == self.name { Ok(checkpoint) } else { Err(NoteError::NotSigned(self.to_string())) }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[ED25519][..], self.key.as_bytes()].concat();
        write!(f, "{}+{:08x}+{}", self.name, u32::from_be_bytes(self.id()), STANDARD.encode(key))
    }
}

impl FromStr for VerifierKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(_), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return Err(NoteError::NoKey) };
        let bytes = STANDARD.decode(key).map_err(|_| NoteError::NoKey)?;
        let Some((&ED25519, key)) = bytes.split_first() else { return Err(NoteError::NoKey) };
        let key = <[u8; 32]>::try_from(key).map_err(|_| NoteError::NoKey)?;
        let read = Self { name: name.to_owned(), key: VerifyingKey::from_bytes(&key).map_err(|_| NoteError::NoKey)? };
        // The hash in the middle shows that nothing was lost on the way.
        if read.to_string() == text.trim() && !name.is_empty() && !name.contains(char::is_whitespace) {
            Ok(read)
        } else {
            Err(NoteError::NoKey)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The note of the specification's example (C2SP, signed-note), and the key that has signed it.
    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    fn signer() -> Signer {
        RecordKey::from_seed([7; 32]).named("pledges.example.org/record")
    }

    #[test]
    fn the_signature_of_the_specification_is_taken() {
        let key: VerifierKey = KEY.parse().unwrap();
        assert_eq!(key.to_string(), KEY);
        // Its text is no checkpoint, which is looked at only after the signature.
        assert_eq!(key.open(NOTE), Err(NoteError::NoCheckpoint));
        let changed = NOTE.replace("answer", "question");
        assert_eq!(key.open(&changed), Err(NoteError::WrongSignature(KEY.into())));
    }

    #[test]
    fn what_is_signed_is_read_back_and_nothing_else() {
        let signer = signer();
        let note = signer.checkpoint(3, [9; 32]);
        let wanted = Checkpoint { origin: "pledges.example.org/record".into(), size: 3, root: [9; 32] };
        assert_eq!(signer.verifier().open(&note), Ok(wanted.clone()));
        let other = RecordKey::from_seed([8; 32]).named("pledges.example.org/record");
        assert!(matches!(other.verifier().open(&note), Err(NoteError::NotSigned(_))));
        assert!(matches!(signer.verifier().open(&note.replace("\n3\n", "\n4\n")), Err(NoteError::WrongSignature(_))));
        // Others may sign it too, above or below.
        let cosigned = format!("{note}— witness.example {}\n", STANDARD.encode([1; 68]));
        assert_eq!(signer.verifier().open(&cosigned), Ok(wanted));
        assert_eq!(signer.verifier().open("no note"), Err(NoteError::NoNote));
    }

    #[test]
    fn a_verifier_key_with_a_slip_is_refused() {
        let key = signer().verifier().to_string();
        assert_eq!(key.parse::<VerifierKey>().as_ref(), Ok(signer().verifier()));
        for wrong in [key.replace("record", "recort"), key[..key.len() - 2].to_owned(), String::new(), "a+b".to_owned()] {
            assert_eq!(wrong.parse::<VerifierKey>(), Err(NoteError::NoKey), "{wrong}");
        }
    }

    #[test]
    fn the_key_survives_its_file_and_is_never_printed() {
        let key = RecordKey::from_seed([7; 32]);
        let pem = key.to_pem().unwrap();
        assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        let again = RecordKey::from_pem(&pem).unwrap();
        assert_eq!(again.named("x").checkpoint(0, [0; 32]), key.named("x").checkpoint(0, [0; 32]));
        assert!(!format!("{key:?} {:?}", key.named("x")).contains("7, 7"));
        assert_eq!(RecordKey::from_pem("x").unwrap_err(), NoteError::NoPrivateKey);
    }
}

//! The head of the log in three lines, as C2SP's tlog-checkpoint has it: whose log, how many entries, and the root over them.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{note::NoteError, tree::Hash};

/// The head of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose log it is: an address without its scheme.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, STANDARD.encode(self.root))
    }
}

impl FromStr for Checkpoint {
    type Err = NoteError;

    /// Reads the text of a note. Lines behind the third are extensions, which say nothing of the tree.
    fn from_str(text: &str) -> Result<Self, NoteError> {
        let mut lines = text.lines();
        let mut line = || lines.next().filter(|line| !line.is_empty()).ok_or(NoteError::NoCheckpoint);
        let (origin, size, root) = (line()?.to_owned(), line()?, line()?);
        let number = size.parse::<u64>().ok().filter(|number| number.to_string() == size);
        let root = STANDARD.decode(root).ok().and_then(|root| root.try_into().ok());
        Ok(Self { origin, size: number.ok_or(NoteError::NoCheckpoint)?, root: root.ok_or(NoteError::NoCheckpoint)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification (C2SP, tlog-checkpoint).
    const EXAMPLE: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    #[test]
    fn it_is_read_and_written_as_in_the_specification() {
        let read: Checkpoint = EXAMPLE.parse().unwrap();
        assert_eq!((read.origin.as_str(), read.size), ("example.com/behind-the-sofa", 20_852_163));
        assert_eq!(read.to_string(), EXAMPLE);
        assert_eq!(format!("{EXAMPLE}extension\n").parse(), Ok(read));
    }

    #[test]
    fn what_is_no_checkpoint_is_refused() {
        for (from, to) in [("20852163", "020852163"), ("20852163", "x"), ("CsUY", ""), ("example.com/behind-the-sofa", "")] {
            assert!(EXAMPLE.replace(from, to).parse::<Checkpoint>().is_err(), "{from} as {to}");
        }
    }
}

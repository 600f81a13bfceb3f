//! What a password may be: long, and nothing that is tried first (NIST SP 800-63B, section 3.1.1). Which characters it has is
//! nobody's business but its owner's.

use std::fmt;

use crate::{errors::Problem, text::fold};

/// The fewest characters.
pub const LEAST: usize = 12;

/// The most characters: enough for any sentence, too few to keep a server busy.
pub const MOST: usize = 256;

/// Those of at least [`LEAST`] characters that lists of leaked passwords begin with, folded.
const TRIED_FIRST: &[&str] = &[
    "000000000000",
    "0123456789012",
    "111111111111",
    "112233445566",
    "1234567890123",
    "12345678901234",
    "123456789012",
    "123456789123",
    "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u8i",
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "987654321098",
    "abcdefghijkl",
    "abcdefghijklm",
    "administrator",
    "administrador",
    "asdfghjkl123",
    "changemeplease",
    "contrasena12",
    "contrasena123",
    "contrasena1234",
    "correct horse battery staple",
    "correcthorsebatterystaple",
    "estadosunidos",
    "iloveyou1234",
    "letmeinletmein",
    "passw0rd1234",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "pledgebook123",
    "pledgebook1234",
    "pledgebookpledgebook",
    "q1w2e3r4t5y6",
    "qazwsxedcrfv",
    "qwerty123456",
    "qwertyqwerty",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiop1234",
    "qwertyuiopasdf",
    "teamo1234567",
    "welcome12345",
];

/// A password that was typed and may be used; it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Accepts a password for somebody of this name and address.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::TooShort`], [`Problem::TooLong`], [`Problem::NamesYou`] or [`Problem::TooCommon`].
    pub fn choose(typed: &str, name: &str, email: &str) -> Result<Self, Problem> {
        let length = typed.chars().count();
        match length {
            0 => return Err(Problem::Missing),
            ..LEAST => return Err(Problem::TooShort { length, least: LEAST }),
            LEAST..=MOST => {}
            _ => return Err(Problem::TooLong { length, limit: MOST }),
        }
        let folded = fold(typed);
        let local = email.split('@').next().unwrap_or_default();
        let own = [name, email, local].map(|own| fold(own).replace(' ', ""));
        if own.iter().any(|own| !own.is_empty() && *own == folded.replace(' ', "")) {
            return Err(Problem::NamesYou);
        }
        let mut characters = typed.chars();
        let first = characters.next();
        let one_character = characters.all(|c| Some(c) == first);
        if one_character || TRIED_FIRST.contains(&folded.as_str()) {
            return Err(Problem::TooCommon);
        }
        Ok(Self(typed.to_owned()))
    }

    /// The password itself, to be hashed.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(typed: &str) -> Result<Password, Problem> {
        Password::choose(typed, "Ana María Paz", "ana.maria.paz@example.org")
    }

    #[test]
    fn long_ones_that_nobody_tries_first_are_taken_as_they_are() {
        for good in ["tres tristes tigres", "            x", "ñandú ñandú ñandú", "aaaaaaaaaaab", &"ab".repeat(128)] {
            assert_eq!(choose(good).map(|password| password.reveal().to_owned()), Ok(good.to_owned()));
        }
        assert!(!format!("{:?}", choose("tres tristes tigres")).contains("tigres"));
    }

    #[test]
    fn others_are_told_what_is_wrong_with_them() {
        assert_eq!(choose(""), Err(Problem::Missing));
        assert_eq!(choose("contraseña"), Err(Problem::TooShort { length: 10, least: 12 }));
        assert_eq!(choose(&"ab".repeat(129)), Err(Problem::TooLong { length: 258, limit: 256 }));
        for own in ["ana.maria.paz@example.org", "Ana Maria Paz", "AnaMaríaPaz!".trim_end_matches('!'), "ana.maria.paz"] {
            let told = choose(own);
            assert!(matches!(told, Err(Problem::NamesYou | Problem::TooShort { .. })), "{own}: {told:?}");
        }
        for common in ["password1234", "Contraseña123", "aaaaaaaaaaaaaaaa", "Correct Horse Battery Staple", "             "] {
            assert_eq!(choose(common), Err(Problem::TooCommon), "{common}");
        }
    }
}

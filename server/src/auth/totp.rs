//! Codes of the second factor (RFC 6238), as every authenticator app makes them: six digits, a new one each half minute.

use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret, Totp};

/// A secret that nobody can guess, in base 32; `None` where the system gives no random numbers.
pub(crate) fn new_secret() -> Option<String> {
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes).ok()?;
    Some(Secret::new_stack(bytes).to_base32())
}

fn of(secret: &str, account: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    // A colon separates issuer and account in the address.
    let account = account.replace(':', " ");
    Builder::new().with_secret(secret).with_issuer(Some("Pledgebook")).with_account_name(account).build().ok()
}

/// The step at which a code is right, if it is: the present one, or the one just before or after, for clocks differ.
pub(crate) fn step_of(secret: &str, typed: &str, now: DateTime<Utc>) -> Option<u64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    of(secret, "")?.check(&digits, u64::try_from(now.timestamp()).ok()?)
}

/// The address by which an app takes the secret over: `otpauth://totp/…`.
pub(crate) fn address(secret: &str, account: &str) -> Option<String> {
    of(secret, account)?.to_url().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B, in base 32.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        assert_eq!(step_of(SECRET, "287082", at(59)), Some(1));
        assert_eq!(step_of(SECRET, " 005 924 ", at(1_234_567_890)), Some(41_152_263));
    }

    #[test]
    fn a_code_is_right_half_a_minute_early_or_late() {
        for (seconds, step) in [(29, Some(1)), (0, Some(1)), (89, Some(1)), (90, None)] {
            assert_eq!(step_of(SECRET, "287082", at(seconds)), step, "{seconds}");
        }
        for wrong in ["", "28708", "2870820", "abcdef"] {
            assert_eq!(step_of(SECRET, wrong, at(59)), None, "{wrong}");
        }
    }

    #[test]
    fn apps_can_take_it_over() {
        let address = address(SECRET, "ana@example.org").unwrap();
        assert!(address.starts_with("otpauth://totp/Pledgebook:ana%40example"), "{address}");
        assert!(address.contains(&format!("secret={SECRET}")) && address.contains("issuer=Pledgebook"), "{address}");
        assert_eq!(new_secret().unwrap().len(), 32);
    }
}

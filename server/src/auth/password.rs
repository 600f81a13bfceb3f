//! Passwords and their hashes: Argon2id with the parameters that OWASP recommends, two at a time.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::{Password, password::MOST};
use tokio::{sync::Semaphore, task::spawn_blocking};
use tracing::error;

/// How much memory (19 MiB), how many rounds, how many threads (OWASP Password Storage Cheat Sheet).
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// How many are hashed at once: who floods the page of signing in keeps neither the memory nor the readers' processors busy.
static PERMITS: Semaphore = Semaphore::const_new(2);

/// A hash of no password, at the same cost: an address without an account takes as long as one with.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$cGxlZGdlYm9va3NhbHQwMA$VGhpcyBpcyB0aGUgaGFzaCBvZiBub3RoaW5nIGF0IGE";

fn argon2() -> Argon2<'static> {
    let (memory, rounds, threads) = COST;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(memory, rounds, threads, None).unwrap_or_default())
}

/// Works on a password where no request waits for it.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let _permit = PERMITS.acquire().await.ok()?;
    spawn_blocking(work).await.inspect_err(|error| error!(%error, "a password could not be hashed")).ok()
}

/// The hash of a password that somebody chose, in PHC form; `None` where the system is out of memory or random numbers.
pub(crate) async fn hash(password: Password) -> Option<String> {
    apart(move || argon2().hash_password(password.reveal().as_bytes()).map(|hash| hash.to_string())).await?.ok()
}

/// Whether what was typed is the password behind a hash. Where there is no hash it takes as long, and is not.
pub(crate) async fn is(typed: &str, hash: Option<&str>) -> bool {
    let known = hash.is_some();
    let hash = hash.unwrap_or(NOBODYS).to_owned();
    // Nobody has a longer one.
    let typed: String = typed.chars().take(MOST + 1).collect();
    let verify = move || PasswordHash::new(&hash).is_ok_and(|hash| argon2().verify_password(typed.as_bytes(), &hash).is_ok());
    apart(verify).await.unwrap_or(false) && known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_is_told_from_every_other() {
        let password = Password::choose("tres tristes tigres", "Ana", "ana@example.org").unwrap();
        let hashed = hash(password.clone()).await.unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert_ne!(hash(password).await.unwrap(), hashed, "the salt is the same");
        assert!(is("tres tristes tigres", Some(&hashed)).await);
        for wrong in ["", "Tres tristes tigres", "tres tristes tigres "] {
            assert!(!is(wrong, Some(&hashed)).await, "{wrong}");
        }
        assert!(!is("tres tristes tigres", Some("no hash")).await);
    }

    #[tokio::test]
    async fn nobodys_hash_costs_what_everybodys_does() {
        let hashed = hash(Password::choose("tres tristes tigres", "Ana", "ana@example.org").unwrap()).await.unwrap();
        let shape = |hash: &str| {
            let hash = PasswordHash::new(hash).unwrap();
            let lengths = (hash.salt.unwrap().len(), hash.hash.unwrap().len());
            (hash.algorithm.to_string(), hash.version, hash.params.to_string(), lengths)
        };
        assert_eq!(shape(NOBODYS), shape(&hashed));
        assert!(!is("", None).await && !is("tres tristes tigres", None).await);
    }
}

//! `pledgebook user`: lets people in from the command line, and those in again who lost everything.

use domain::{Fields, NewPerson};
use store::Purpose;

use super::{CommandError, open_migrated, tell::tell};
use crate::{
    clock::Clock,
    config::{AddUserSettings, ResetUserSettings, Settings, UserCommand},
};

pub(super) async fn user(settings: &Settings, command: &UserCommand, clock: &Clock) -> Result<(), CommandError> {
    match command {
        UserCommand::Add(asked) => add(settings, asked, clock).await,
        UserCommand::Reset(asked) => reset(settings, asked, clock).await,
    }
}

async fn add(settings: &Settings, asked: &AddUserSettings, clock: &Clock) -> Result<(), CommandError> {
    let fields = [("email", &asked.email), ("name", &asked.name), ("role", &asked.role)];
    let fields = Fields::sent(fields.into_iter().map(|(name, value)| (name.to_owned(), value.clone())));
    let new = NewPerson::read(&fields).map_err(CommandError::Person)?;
    let (store, _) = open_migrated(settings).await?;
    let secret = store.invite(None, &new, clock.now()).await.map_err(CommandError::person)?;
    tell!("{} <{}> may come to the desk as {}. Hand over this link; nothing was mailed:", new.name, new.email, new.role);
    tell!("{}", link(&asked.public_url, secret.reveal()));
    tell!("It works once, for {} days: it asks for a password.", Purpose::Invite.valid_for().num_days());
    Ok(store.close().await?)
}

async fn reset(settings: &Settings, asked: &ResetUserSettings, clock: &Clock) -> Result<(), CommandError> {
    let email = domain::person::email(&asked.email).unwrap_or_default();
    let (store, _) = open_migrated(settings).await?;
    let Some(person) = store.person_of(&email).await? else { return Err(CommandError::NoSuchPerson(asked.email.clone())) };
    let secret =
        store.reset_link(None, person.editor.id, asked.second_factor, clock.now()).await.map_err(CommandError::person)?;
    tell!("With this link {} chooses a new password; nothing was mailed:", person.editor.name);
    tell!("{}", link(&asked.public_url, secret.reveal()));
    tell!("It works once, for {} hours.", Purpose::Reset.valid_for().num_hours());
    Ok(store.close().await?)
}

fn link(site: &str, token: &str) -> String {
    format!("{site}/link?token={token}")
}

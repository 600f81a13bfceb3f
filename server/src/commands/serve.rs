//! `pledgebook serve`: answers HTTP until told to stop, then finishes what it has begun.

use std::{num::NonZeroU32, time::Duration};

use capture::Fetcher;
use domain::log::{Signer, tree::Hash};
use store::{Purpose, StoreError};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};
use tracing::{error, info, warn};

use super::{CommandError, open_copies, open_migrated, prepare, tell::tell};
use crate::{
    Front, Rates, admin,
    capturing::Capturing,
    clock::Clock,
    config::{ServeSettings, Settings},
    link_health::LinkWatch,
    listen::{Connections, listen},
    record_key,
    state::AppState,
};

/// How often it is looked whether something is to be published by now.
const PUBLISHING: Duration = Duration::from_secs(10);

/// How often it is looked whether something of those who sent tips is still there that no longer counts.
const FORGETTING: Duration = Duration::from_mins(10);

/// How long to wait where what other servers publish can't be heard.
const HEARING: Duration = Duration::from_secs(2);

/// How often addresses from which nothing came lately are forgotten.
const RATES: Duration = Duration::from_mins(1);

/// How often it is looked whether another day begins soon.
const DAYS: Duration = Duration::from_mins(1);

/// How many sources are captured at once.
const CAPTURED_AT_ONCE: usize = 2;

/// How often it is looked whether the log has a new head.
const KEEPING: Duration = Duration::from_secs(10);

/// How long requests in flight may go on after the signal to stop.
const GRACE: Duration = Duration::from_secs(25);

pub(super) async fn serve(settings: &Settings, serving: &ServeSettings, clock: Clock) -> Result<(), CommandError> {
    // The port first: whoever runs two by mistake learns it before anything else happens.
    let address = serving.listen;
    let listener = TcpListener::bind(address).await.map_err(|cause| CommandError::Listen { address, cause })?;
    let address = listener.local_addr().map_err(CommandError::Serve)?;
    let admin = match serving.admin_listen {
        Some(address) => Some(TcpListener::bind(address).await.map_err(|cause| CommandError::AdminListen { address, cause })?),
        None => None,
    };
    let (store, location) = open_migrated(settings).await?;
    prepare(&store, &clock).await?;
    let now = clock.now();
    let site = serving.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let key_file = settings.record_key().map_err(CommandError::Setting)?;
    let key = record_key::open(&key_file)?;
    let kept = record_key::checkpoint_beside(&key_file);
    let due_clock = clock.clone();
    let copies = open_copies(settings)?;
    let fetcher = Fetcher::new(&site).map_err(|error| CommandError::Setting(error.to_string()))?;
    let capturing = Capturing { store: store.clone(), copies: copies.clone(), fetcher, clock: clock.clone() };
    let state = AppState::new(store.clone(), clock, &site)
        .with_copies(copies)
        .with_record_key(&key)
        .with_security_contact(serving.security_contact.clone())
        .with_room(serving.cache_mib << 20)
        .with_rates(NonZeroU32::new(serving.requests_per_second).map(Rates::of))
        .behind_proxy(serving.behind_proxy);

    info!(%address, database = location, "serving {site}");
    tell!("Pledgebook is open at http://{address}/ (in Spanish at http://{address}/es). The record is in {location}.");
    match store.set_up_link(now).await? {
        Some(secret) => {
            tell!(
                "Nobody can sign in to the desk yet. Whoever opens this link within {} minutes becomes its administrator:",
                Purpose::SetUp.valid_for().num_minutes()
            );
            tell!("{site}/set-up?token={}", secret.reveal());
        }
        None => tell!("Reading needs no account. Editors sign in at {site}/sign-in."),
    }
    if !carries_sign_in(&site) {
        tell!("Browsers sign nobody in over plain HTTP but on this machine itself: give --public-url an https:// address.");
    }
    if store.is_empty().await? {
        tell!("The record is empty. To see it filled, stop this and run: pledgebook example");
    }

    if let Some(admin) = admin {
        info!(address = %admin.local_addr().map_err(CommandError::Serve)?, "figures are at /metrics");
        tokio::spawn(admin::serve(admin, state.clone()));
    }
    let (stopped, mut stopping) = watch::channel(false);
    tokio::spawn(until(stopping.clone(), publish_on_time(store.clone(), due_clock.clone())));
    tokio::spawn(until(stopping.clone(), forget_senders(store.clone(), due_clock.clone())));
    tokio::spawn(until(stopping.clone(), listen_for_editions(store.clone())));
    if let Some(rates) = state.rates.clone() {
        tokio::spawn(until(stopping.clone(), forget_rates(rates)));
    }
    if let Some(signer) = state.record_key.clone() {
        let before = record_key::kept(&kept, &key)?;
        tokio::spawn(until(stopping.clone(), keep_checkpoints(store.clone(), signer, kept, before)));
    }
    tokio::spawn(until(stopping.clone(), read_ahead(store.clone(), due_clock.clone())));
    let at_once = if serving.no_capture { 0 } else { CAPTURED_AT_ONCE };
    let mut at_work: Vec<_> = (0..at_once).map(|_| tokio::spawn(capturing.clone().run(stopping.clone()))).collect();
    if !serving.no_capture {
        at_work.push(tokio::spawn(LinkWatch::from(capturing).run(stopping.clone())));
    }
    tokio::spawn(async move {
        told_to_stop().await;
        info!("told to stop; finishing requests in flight");
        _ = stopped.send(true);
    });
    let connections = Connections {
        from_one_address: Connections::default().from_one_address.filter(|_| !serving.behind_proxy),
        most: serving.max_connections,
        ..Connections::default()
    };
    let server = listen(listener, Front::new(state), connections, stopping.clone());
    let too_late = async {
        _ = stopping.wait_for(|stopped| *stopped).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = server => {}
        () = too_late => warn!("some requests did not end in {} seconds and were cut off", GRACE.as_secs()),
    }
    for work in at_work {
        if let Err(error) = work.await {
            warn!(%error, "a capture or a look at a link did not end well");
        }
    }
    store.close().await?;
    info!("stopped");
    Ok(())
}

/// Works until the server is told to stop: when the connections are closed nobody may want one any more.
async fn until(mut stopping: watch::Receiver<bool>, work: impl Future<Output = ()>) {
    tokio::select! {
        () = work => {}
        _ = stopping.wait_for(|stopped| *stopped) => {}
    }
}

/// Reads the record ahead of the first reader, and makes each day ready before it begins.
async fn read_ahead(store: store::Store, clock: Clock) {
    if let Err(error) = store.warm(clock.now().date_naive()).await {
        warn!(%error, "the record could not be read ahead of the first reader");
    }
    let mut ticks = tokio::time::interval(DAYS);
    loop {
        ticks.tick().await;
        store.make_ready((clock.now() + DAYS * 2).date_naive()).await;
    }
}

/// Publishes what was approved for a time, when that time has come.
async fn publish_on_time(store: store::Store, clock: Clock) {
    let mut ticks = tokio::time::interval(PUBLISHING);
    loop {
        ticks.tick().await;
        match store.publish_due(clock.now()).await {
            Ok(0) => {}
            Ok(published) => info!(published, "published what was due"),
            Err(error) => warn!(%error, "what is due could not be published; tried again soon"),
        }
    }
}

/// Forgets who sent tips as soon as it no longer counts, also where no tip comes after the last.
async fn forget_senders(store: store::Store, clock: Clock) {
    let mut ticks = tokio::time::interval(FORGETTING);
    loop {
        ticks.tick().await;
        if let Err(error) = store.forget_senders(clock.now()).await {
            warn!(%error, "who sent tips could not be forgotten; tried again soon");
        }
    }
}

/// Hears what other servers publish. Where that can't be, it is asked for all the same, and so shows a little later.
async fn listen_for_editions(store: store::Store) {
    loop {
        if let Err(error) = store.listen_for_editions().await {
            warn!(%error, "what other servers publish is not told just now; tried again soon");
        }
        tokio::time::sleep(HEARING).await;
    }
}

/// Forgets the addresses from which nothing came lately.
async fn forget_rates(rates: Rates) {
    let mut ticks = tokio::time::interval(RATES);
    loop {
        ticks.tick().await;
        rates.forget();
    }
}

/// Keeps the newest checkpoint in a file beside the key: `pledgebook verify` holds the database against it. One with which the
/// log no longer begins is never written over.
async fn keep_checkpoints(store: store::Store, signer: Signer, file: std::path::PathBuf, mut kept: Option<(u64, Hash)>) {
    let mut ticks = tokio::time::interval(KEEPING);
    let mut written = None;
    loop {
        ticks.tick().await;
        let newest = async {
            let head = store.log_head().await?;
            let goes_on = match kept {
                Some((size, root)) => size <= head.size && store.log_root(size).await? == root,
                None => true,
            };
            Ok::<_, StoreError>((head, goes_on))
        };
        match newest.await {
            Ok((_, false)) => {
                let file = file.display();
                error!(%file, "the log does not begin with what was signed before; run: pledgebook verify");
                return;
            }
            Ok((head, true)) if written == Some(head.size) => {}
            Ok((head, true)) => match record_key::keep_checkpoint(&file, &signer, head.size, head.root) {
                Ok(()) => (kept, written) = (Some((head.size, head.root)), Some(head.size)),
                Err(error) => warn!(%error, file = %file.display(), "the newest checkpoint could not be kept; tried again soon"),
            },
            Err(error) => warn!(%error, "the head of the log could not be read; tried again soon"),
        }
    }
}

/// Whether browsers keep the cookie of signing in from this address: over an encrypted connection, and on the machine itself.
fn carries_sign_in(site: &str) -> bool {
    let Ok(url) = url::Url::parse(site) else { return false };
    url.scheme() == "https" || matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// Waits for SIGTERM or SIGINT.
async fn told_to_stop() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        warn!("signals can't be listened to; only a hard stop will end this");
        return std::future::pending().await;
    };
    tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
}

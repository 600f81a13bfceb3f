//! Work in a task of its own, and what becomes of it where that does not come to its end.

use sea_orm::DbErr;
use tokio::task::{JoinError, spawn_blocking};

use crate::StoreError;

/// Does what keeps a processor busy where it holds nobody up.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    spawn_blocking(work).await.map_err(|error| cut_off(&error))
}

/// Does something that goes on when the one who asked for it has gone.
pub(crate) async fn by_itself<T: Send + 'static>(
    work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::spawn(work).await.map_err(|error| cut_off(&error))?
}

/// A task panicked, or the server stops.
fn cut_off(error: &JoinError) -> StoreError {
    DbErr::Custom(error.to_string()).into()
}

//! Taking in a body up to a size, from a host that must not fall silent.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::time::timeout;

use crate::{Failed, Limits};

/// All of a body, as it comes.
pub(crate) async fn take(mut body: Incoming, limits: &Limits) -> Result<Bytes, Failed> {
    // What says beforehand that it is too large is not begun with.
    if body.size_hint().lower() > limits.bytes as u64 {
        return Err(Failed::too_large(limits.bytes));
    }
    let mut taken = BytesMut::new();
    loop {
        let frame = timeout(limits.silence, body.frame()).await.map_err(|_| Failed::too_slow("waiting for more"))?;
        let Some(frame) = frame else { return Ok(taken.freeze()) };
        let frame = frame.map_err(Failed::broken)?;
        let Ok(data) = frame.into_data() else { continue };
        if taken.len() + data.len() > limits.bytes {
            return Err(Failed::too_large(limits.bytes));
        }
        taken.extend_from_slice(&data);
    }
}

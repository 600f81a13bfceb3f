//! The token that a program sends in place of a cookie (RFC 6750, section 2.1).

use axum::http::{HeaderMap, header};

/// What the header `Authorization` holds as bearer token. Two headers, or another scheme, are none.
pub(crate) fn read(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn one_token_is_read_and_nothing_else() {
        let read_from = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(header::AUTHORIZATION, HeaderValue::from_str(value).unwrap());
            }
            read(&headers).map(str::to_owned)
        };
        assert_eq!(read_from(&["Bearer pb_x"]).as_deref(), Some("pb_x"));
        assert_eq!(read_from(&["bearer  pb_x "]).as_deref(), Some("pb_x"));
        for none in [&[][..], &["Bearer"], &["Bearer "], &["Basic pb_x"], &["pb_x"], &["Bearer pb_x", "Bearer pb_x"]] {
            assert_eq!(read_from(none), None, "{none:?}");
        }
    }
}

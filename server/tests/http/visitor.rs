//! A browser at the site: it keeps its cookies and sends forms as browsers do.

use std::{collections::BTreeMap, sync::LazyLock};

use argon2::{Argon2, PasswordHasher};
use axum::{
    body::Body,
    http::{Request, header},
};
use domain::{DeskRole, NewPerson};
use store::Editor;

use crate::site::{Answer, Site, now, send};

/// The password of everybody in these tests.
pub const PASSWORD: &str = "tres tristes tigres";

/// Its hash, made once: most tests are not about it.
static HASH: LazyLock<String> =
    LazyLock::new(|| Argon2::default().hash_password(PASSWORD.as_bytes()).expect("a hash").to_string());

/// A browser.
pub struct Visitor {
    router: server::Front,
    pub cookies: BTreeMap<String, String>,
}

impl Site {
    /// A browser that has been nowhere yet.
    pub fn visitor(&self) -> Visitor {
        Visitor { router: self.router.clone(), cookies: BTreeMap::new() }
    }

    /// Lets somebody in, with [`PASSWORD`]. Their address is `{name}@example.org`.
    pub async fn let_in(&self, name: &str, role: DeskRole) -> Editor {
        let store = &self.test.store;
        let new = NewPerson { email: format!("{name}@example.org"), name: name.to_owned(), role };
        let secret = store.invite(None, &new, now()).await.unwrap();
        store.follow_link(secret.reveal(), HASH.clone(), now()).await.unwrap().unwrap()
    }

    /// The browser of somebody in this role who has signed in; they are called like their role.
    pub async fn signed_in(&self, role: DeskRole) -> Visitor {
        let editor = match self.test.store.account(&format!("{role}@example.org")).await.unwrap() {
            Some(account) => account.editor,
            None => self.let_in(role.code(), role).await,
        };
        self.signed_in_as(&editor).await
    }

    /// The browser of somebody who has signed in.
    pub async fn signed_in_as(&self, editor: &Editor) -> Visitor {
        let secret = self.test.store.begin_session(editor, false, None, now()).await.unwrap();
        let mut visitor = self.visitor();
        visitor.cookies.insert("__Host-pledgebook".to_owned(), secret.reveal().to_owned());
        visitor
    }
}

impl Visitor {
    /// The same browser, with all its cookies, at this site: the same at another time.
    pub fn at(self, site: &Site) -> Self {
        Self { router: site.router.clone(), ..self }
    }

    /// Opens a page; a redirect is not followed.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).header("sec-fetch-site", "same-origin").body(Body::empty()).unwrap()).await
    }

    /// Sends a form from a page of the site.
    pub async fn post_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from("same-origin", path, fields).await
    }

    /// Sends a form from a page of some site.
    pub async fn post_from(&mut self, from: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = encoded(fields);
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::CONTENT_LENGTH, body.len())
            .header("sec-fetch-site", from)
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    /// Sends a request with the cookies of the browser, and keeps those that come back.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        let answer = send(&self.router, request).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// Signs in by the form.
    pub async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.post_form("/sign-in", &[("email", email), ("password", password)]).await
    }
}

/// Fields as a browser sends them.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

impl Answer {
    /// The fields of the page as a browser would send them, in order.
    pub fn filled_in(&self) -> Vec<(String, String)> {
        let attribute = |tag: &str, name: &str| {
            let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
            Some(unescaped(&tag[start..start + tag[start..].find('"')?]))
        };
        let main = self.text().split("<main").nth(1).unwrap_or_default();
        let mut fields = Vec::new();
        for (at, _) in main.match_indices('<') {
            let element = &main[at..];
            let tag = element.split('>').next().unwrap_or_default();
            let Some(name) = attribute(tag, "name") else { continue };
            let value = if tag.starts_with("<textarea") {
                // The line break behind the tag is none of the text.
                element[tag.len() + 1..].split("</textarea>").next().map(|text| unescaped(text.trim_start_matches('\n')))
            } else if tag.starts_with("<select") {
                let options = element.split("</select>").next().unwrap_or_default().split("<option").skip(1);
                let mut options = options.map(|option| option.split('>').next().unwrap_or_default());
                let chosen = options.clone().find(|option| option.ends_with(" selected")).or_else(|| options.next());
                chosen.and_then(|option| attribute(option, "value"))
            } else if tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"") {
                tag.contains(" checked").then(|| attribute(tag, "value")).flatten()
            } else if tag.starts_with("<input") {
                attribute(tag, "value")
            } else {
                None
            };
            fields.extend(value.map(|value| (name, value)));
        }
        fields
    }

    /// The first address on the page that begins so, without its host.
    pub fn found_link(&self, path: &str) -> String {
        let text = self.text();
        let start = text.find(path).unwrap_or_else(|| panic!("no {path} on the page:\n{text}"));
        let rest = &text[start..];
        rest[..rest.find(['"', '<', ' ', '\n']).unwrap_or(rest.len())].replace("&amp;", "&")
    }
}

/// A text of a page as it is meant.
fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#x27;", "'").replace("&amp;", "&")
}

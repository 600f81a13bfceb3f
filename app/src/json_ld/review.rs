//! What came of a pledge, as a review of the claim that it would be kept.

use serde_json::{Value, json};
use store::Dossier;

use super::{LICENCE, SCHEMA_ORG, date, named, publisher, url, work};
use crate::{i18n, visit::Visit};

/// The review of a pledge that somebody has judged (schema.org's `ClaimReview`); of others there is none.
///
/// Its rating is the place of the status on a scale from 1 to 5 ([`domain::PledgeStatus::rating`]), beside the status in words;
/// where no place on that scale would be true, the word stands alone.
#[must_use]
pub fn review(visit: &Visit, pledge: &Dossier) -> Option<Value> {
    let state = pledge.state.filter(|state| state.status.is_assessed())?;
    let url = url(visit, &format!("/pledges/{}", pledge.slug));
    let mut rating = json!({
        "@type": "Rating",
        "alternateName": i18n::timeliness_of(visit.texts(), state.status, pledge.timeliness),
        "ratingExplanation": visit.t_code("status-meaning", state.status.code()),
    });
    if let Some(value) = state.status.rating() {
        rating["ratingValue"] = value.into();
        rating["bestRating"] = 5.into();
        rating["worstRating"] = 1.into();
    }
    let authors: Vec<Value> = pledge
        .parties
        .iter()
        .filter(|(_, role)| role.owes())
        .map(|(party, _)| {
            Value::Object(named(visit, "Thing", &super::url(visit, &format!("/parties/{}", party.slug)), &party.name))
        })
        .collect();
    let appearances: Vec<Value> = pledge.citations.iter().map(|cited| work(&cited.source)).collect();
    let mut review = json!({
        "@context": SCHEMA_ORG,
        "@type": "ClaimReview",
        "@id": format!("{url}#review"),
        "url": url,
        "name": visit.words(&pledge.title),
        "inLanguage": visit.locale.code(),
        "datePublished": pledge.changed_at.date_naive().to_string(),
        "author": publisher(visit),
        "license": LICENCE,
        "claimReviewed": visit.words(&pledge.summary),
        "reviewRating": rating,
        "itemReviewed": {
            "@type": "Claim",
            "@id": format!("{url}#claim"),
            "name": visit.words(&pledge.title),
            "text": visit.words(pledge.wording.as_ref().unwrap_or(&pledge.summary)),
            "datePublished": date(pledge.made_on),
            "author": authors,
            "appearance": appearances,
        },
    });
    if let Some(step) = pledge.steps.iter().find(|step| step.corrected_by.is_none() && step.status == state.status) {
        review["reviewBody"] = visit.words(&step.rationale).into();
    }
    Some(review)
}

//! What stands beside a pledge: who, with whom, where, by when and how much.

use domain::Role;
use leptos::prelude::*;
use store::{Dossier, Named};

use crate::{
    components::{dated, due_or_none, named_link, named_links, words},
    i18n,
    visit::Visit,
};

pub(super) fn facts(visit: &Visit, pledge: &Dossier) -> AnyView {
    let fact = |name: &str, value: AnyView| view! { <div><dt>{visit.t(name)}</dt><dd>{value}</dd></div> };
    // Where somebody leads or hosts, the others are with them.
    let led = pledge.parties.iter().any(|(_, role)| matches!(role, Role::Lead | Role::Host));
    let label = |role: Role| match role {
        Role::Party if led => "role-party-with".to_owned(),
        role => format!("role-{}", role.code()),
    };
    let roles = [Role::Lead, Role::Host, Role::Party, Role::Beneficiary].iter().filter_map(|role| {
        let parties: Vec<Named> = pledge.parties.iter().filter(|(_, of)| of == role).map(|(party, _)| party.clone()).collect();
        (!parties.is_empty()).then(|| fact(&label(*role), named_links(visit, "parties", &parties)))
    });
    let meeting = pledge.meeting.as_ref().map(|meeting| {
        let place = view! { {named_link(visit, "meetings", &meeting.named)}", "{words(visit, &meeting.place)} };
        fact("pledge-made-at", place.into_any())
    });
    let quantity = pledge.quantity.as_ref().map(|quantity| {
        let value = i18n::number(visit.locale, quantity.value);
        fact(
            "pledge-quantity",
            view! { <span class="tabular-nums">{value}</span>"\u{a0}"{words(visit, &quantity.unit)} }.into_any(),
        )
    });
    let topics = (!pledge.topics.is_empty()).then(|| fact("topics", named_links(visit, "topics", &pledge.topics)));
    view! {
        <dl class="facts">
            {roles.collect_view()}
            {meeting}
            {fact("pledge-made-on", dated(visit, pledge.made_on))}
            {fact("pledge-due", due_or_none(visit, pledge.due.as_ref()))}
            {quantity}
            {topics}
        </dl>
    }
    .into_any()
}

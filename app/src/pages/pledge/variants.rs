//! What sources say differently: each wording with its source and who speaks in it, and which one the record goes by.

use domain::{Authority, pledge::VariantField};
use leptos::prelude::*;
use store::{Dossier, VariantRow};

use crate::{
    components::{due_dated, read_it, source_line},
    visit::Visit,
};

pub(super) fn variants(visit: &Visit, pledge: &Dossier) -> AnyView {
    if pledge.variants.is_empty() {
        return ().into_any();
    }
    let tables = VariantField::ALL.iter().filter_map(|field| {
        let of_field: Vec<&VariantRow> = pledge.variants.iter().filter(|variant| variant.field == *field).collect();
        (!of_field.is_empty()).then(|| table(visit, *field, of_field))
    });
    view! {
        <h2>{visit.t("variants-title")}</h2>
        <p class="meta">{visit.t("variants-text")}</p>
        {tables.collect_view()}
    }
    .into_any()
}

fn table(visit: &Visit, field: VariantField, mut variants: Vec<&VariantRow>) -> AnyView {
    // The weightiest voice first; nobody named comes last.
    let weight = |variant: &VariantRow| variant.cited.authority.map_or(Authority::ALL.len(), |authority| authority as usize);
    variants.sort_by_key(|variant| weight(variant));
    let rows = variants.into_iter().map(|variant| {
        let taken = variant.taken.then(|| view! { " "<span class="taken">{visit.t("variant-taken")}</span> });
        let authority = variant.cited.authority.map(|authority| visit.t_code("authority", authority.code()));
        let about = visit.href(&format!("/sources/{}", variant.cited.source.id));
        let read = read_it(visit, &variant.cited).map(|links| view! { {links}" · " });
        let source =
            view! { {source_line(visit, &variant.cited.source)}" · "{read}<a href=about>{visit.t("about-this-source")}</a> };
        view! { <tr><td>{due_dated(visit, &variant.value)}{taken}</td><td>{authority}</td><td>{source}</td></tr> }
    });
    view! {
        <table class="variants">
            <caption>{visit.t_code("field", field.code())}</caption>
            <thead>
                <tr>
                    <th scope="col">{visit.t("variant-says")}</th>
                    <th scope="col">{visit.t("variant-authority")}</th>
                    <th scope="col">{visit.t("variant-source")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

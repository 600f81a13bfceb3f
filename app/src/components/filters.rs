//! The form that narrows a list: choices with how many pledges each would leave, and what is chosen now.

use domain::{Params, PledgeQuery, PledgeSort, PledgeStatus, Role, Timely};
use leptos::prelude::*;
use store::{Counted, Facets, MOST_OFFERED, Named};

use super::classes;
use crate::{i18n, visit::Visit};

/// A choice among few values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The status.
    Status,
    /// How it stands to its due date.
    Timeliness,
    /// The party.
    Party,
    /// The role of the party.
    Role,
    /// The topic.
    Topic,
    /// The meeting.
    Meeting,
    /// The year in which it is due.
    Due,
    /// The language of a source.
    SourceLanguage,
}

impl Choice {
    /// Its parameter, the key of its label, and that of choosing none.
    const fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Status => ("status", "filter-status", "any-status"),
            Self::Timeliness => ("timeliness", "filter-timeliness", "any-timeliness"),
            Self::Party => ("party", "filter-party", "any-party"),
            Self::Role => ("role", "filter-role", "any-role"),
            Self::Topic => ("topic", "filter-topic", "any-topic"),
            Self::Meeting => ("meeting", "filter-meeting", "any-meeting"),
            Self::Due => ("due", "filter-due", "any-due"),
            Self::SourceLanguage => ("source_language", "filter-source-language", "any-source-language"),
        }
    }

    /// Where all its values are, if there may be more than are offered.
    const fn all_of_them(self) -> Option<&'static str> {
        match self {
            Self::Party => Some("/parties"),
            Self::Topic => Some("/topics"),
            Self::Meeting => Some("/meetings"),
            _ => None,
        }
    }

    /// Its values, what they are called, and how many pledges each would leave, in the order in which they are offered.
    fn options(self, visit: &Visit, facets: &Facets) -> Vec<(String, String, u64)> {
        let mut options = self.values(visit, facets);
        if matches!(self, Self::Party | Self::Topic | Self::SourceLanguage) {
            options.sort_by_cached_key(|(_, name, _)| domain::text::fold(name));
        }
        options
    }

    /// The same, as they come.
    fn values(self, visit: &Visit, facets: &Facets) -> Vec<(String, String, u64)> {
        let named = |all: &[Counted<Named>]| {
            let option = |counted: &Counted<Named>| {
                (counted.thing.slug.to_string(), visit.words(&counted.thing.name).to_owned(), counted.pledges)
            };
            all.iter().map(option).collect::<Vec<_>>()
        };
        match self {
            Self::Status => coded(&facets.statuses, PledgeStatus::code, |code| visit.t_code("status", code)),
            Self::Timeliness => coded(&facets.timeliness, Timely::code, |code| visit.t_code("timeliness", code)),
            Self::Role => coded(&facets.roles, Role::code, |code| visit.t_code("role", code)),
            Self::Party => named(&facets.parties),
            Self::Topic => named(&facets.topics),
            Self::Meeting => named(&facets.meetings),
            Self::Due => facets
                .due
                .iter()
                .map(|(year, count)| match year {
                    Some(year) => (year.to_string(), year.to_string(), *count),
                    None => ("none".to_owned(), visit.t("no-due-date"), *count),
                })
                .collect(),
            Self::SourceLanguage => facets
                .source_languages
                .iter()
                .map(|(tag, count)| (tag.clone(), i18n::language(visit.texts(), tag), *count))
                .collect(),
        }
    }
}

fn coded<T: Copy>(
    counts: &[(T, u64)],
    code: impl Fn(T) -> &'static str,
    words: impl Fn(&str) -> String,
) -> Vec<(String, String, u64)> {
    counts.iter().map(|(value, count)| (code(*value).to_owned(), words(code(*value)), *count)).collect()
}

/// The select of a choice. What is chosen is in it even where it leaves nothing.
pub fn select(visit: &Visit, params: &Params, choice: Choice, facets: &Facets) -> AnyView {
    let (name, label, any) = choice.names();
    let chosen = params.get(name).unwrap_or_default().to_owned();
    let mut options = choice.options(visit, facets);
    let more = choice.all_of_them().filter(|_| options.len() >= MOST_OFFERED).map(|all| {
        view! { <p class="meta"><a href=visit.href(all)>{visit.t_with("filter-most", &[("count", i18n::count(visit.locale, options.len() as u64).into())])}</a></p> }
    });
    if !chosen.is_empty() && !options.iter().any(|(value, ..)| *value == chosen) {
        options.push((chosen.clone(), chosen.clone(), 0));
    }
    let options = options.into_iter().map(|(value, words, count)| {
        let selected = value == chosen;
        let words = format!("{words} ({})", i18n::count(visit.locale, count));
        view! { <option value=value selected=selected>{words}</option> }
    });
    view! {
        <div class=classes("field")>
            <label for=name>{visit.t(label)}</label>
            <select id=name name=name><option value="">{visit.t(any)}</option>{options.collect_view()}</select>
            {more}
        </div>
    }
    .into_any()
}

/// The select of the order.
pub fn order_select(visit: &Visit, query: &PledgeQuery) -> AnyView {
    let order = query.order();
    let options = PledgeSort::ALL.iter().filter(|sort| query.search.is_some() || **sort != PledgeSort::Relevance).map(|sort| {
        // What is meant anyway needs no parameter.
        let meant = PledgeQuery { sort: None, ..query.clone() }.order() == *sort;
        let value = if meant { "" } else { sort.code() };
        view! { <option value=value selected={*sort == order}>{visit.t_code("sort", sort.code())}</option> }
    });
    view! {
        <div class=classes("field")>
            <label for="sort">{visit.t("filter-sort")}</label>
            <select id="sort" name="sort">{options.collect_view()}</select>
        </div>
    }
    .into_any()
}

/// The field for the first day of what is new.
pub fn changed_since_field(visit: &Visit, params: &Params) -> AnyView {
    let value = params.get("changed_since").unwrap_or_default().to_owned();
    view! {
        <div class=classes("field")>
            <label for="changed_since">{visit.t("filter-changed-since")}</label>
            <input id="changed_since" type="date" name="changed_since" value=value min="1900-01-01" max=visit.today() />
        </div>
    }
    .into_any()
}

/// What is chosen now, each with a link that leaves it out.
pub fn chosen(visit: &Visit, path: &str, query: &PledgeQuery, facets: &Facets) -> AnyView {
    let pairs = query.pairs();
    let kept = |left_out: &str| {
        let rest: Vec<(&str, &str)> =
            pairs.iter().filter(|(name, _)| *name != left_out).map(|(name, value)| (*name, value.as_str())).collect();
        visit.href_with(path, &rest)
    };
    let choices = [
        Choice::Status,
        Choice::Timeliness,
        Choice::Party,
        Choice::Role,
        Choice::Topic,
        Choice::Meeting,
        Choice::Due,
        Choice::SourceLanguage,
    ];
    let mut chips: Vec<(&'static str, String, String)> = Vec::new();
    for (name, value) in &pairs {
        if let Some(choice) = choices.iter().find(|choice| choice.names().0 == *name) {
            let words = choice
                .values(visit, facets)
                .into_iter()
                .find(|(code, ..)| code == value)
                .map_or_else(|| value.clone(), |(_, words, _)| words);
            chips.push((name, visit.t(choice.names().1), words));
        } else if *name == "q" {
            chips.push((name, visit.t("filter-words"), format!("“{value}”")));
        } else if *name == "changed_since" {
            let day = query.changed_since.map(|day| i18n::date(visit.texts(), day.into()));
            chips.push((name, visit.t("filter-changed-since"), day.unwrap_or_default()));
        }
    }
    if chips.is_empty() {
        return ().into_any();
    }
    let items = chips.into_iter().map(|(name, label, words)| {
        let remove = visit.t_with("filter-remove", &[("filter", label.clone().into())]);
        view! { <li><span>{label}": "<b>{words}</b></span><a href=kept(name) aria-label=remove.clone() title=remove>"×"</a></li> }
    });
    let label = visit.t("filter-chosen");
    view! { <ul class="chosen" aria-label=label>{items.collect_view()}</ul> }.into_any()
}

//! `/desk/import`: files are sent, what they would do is shown row by row, and all of it is done or undone at one stroke.

mod rows;

use domain::{
    DraftState, Locale, Localized,
    import::{Counts, Outcome, PlannedRow},
    page::Page as Rows,
};
use leptos::prelude::*;
use store::{Batch, BatchState, Stage, Undone};

use super::DeskRequest;
use crate::{
    components::{Field, Form, check_box, crumbs, error_summary, text_area, text_field},
    i18n::{self, Texts},
    page::{Head, Page},
    visit::Visit,
};

/// The page on which files are sent.
#[must_use]
pub fn import_form(request: DeskRequest, form: Form, batches: Vec<Batch>) -> Page {
    let desk = request.at_desk();
    let visit = request.visit;
    let wrong = !form.errors.is_empty();
    let title = visit.t("import-title");
    let page = Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let pasted = Field { lines: 6, ..Field::new("pasted", visit.t("import-pasted")).hint(visit.t("import-pasted-hint")) };
        // What is wrong with a file stands under its name, which no field of the form has.
        let label = |path: &str| if path == "files" { visit.t("import-files") } else { path.to_owned() };
        view! {
            <h1>{title}</h1>
            <p class="lede">{visit.t("import-lede")}</p>
            {error_summary(&visit, &form, label)}
            <form class="form" method="post" enctype="multipart/form-data" action=visit.href("/desk/import")>
                <div class="form-field">
                    <label for="f-files">{visit.t("import-files")}</label>
                    <p class="hint" id="f-files-hint">{visit.t("import-files-hint")}" "<a href=visit.href("/data")>{visit.t("data-title")}</a></p>
                    <input id="f-files" name="files" type="file" multiple=true accept=".csv,.tsv,.txt,.json,.jsonl" aria-describedby="f-files-hint" />
                </div>
                {text_area(&visit, &form, &pasted)}
                <div class="actions"><button type="submit">{visit.t("import-show")}</button></div>
            </form>
            {earlier(&visit, &batches)}
        }
        .into_any()
    })
    .at_desk(desk);
    if wrong { page.failed(422) } else { page }
}

/// The imports of lately.
fn earlier(visit: &Visit, batches: &[Batch]) -> AnyView {
    if batches.is_empty() {
        return ().into_any();
    }
    let rows = batches.iter().map(|batch| {
        let refused = batch.counts.of(Outcome::Refused);
        let touched = i18n::count(visit.locale, batch.counts.pledges_touched() as u64);
        view! {
            <tr>
                <th scope="row"><a href=visit.href(&format!("/desk/import/{}", batch.id))>{batch.files.join(", ")}</a></th>
                <td>{i18n::timestamp(visit.texts(), batch.created_at)}</td>
                <td>{batch.by.clone()}</td>
                <td class="tabular-nums">{touched}</td>
                <td class="tabular-nums">{i18n::count(visit.locale, refused as u64)}</td>
                <td>{visit.t(state_key(batch.state))}</td>
            </tr>
        }
    });
    view! {
        <h2>{visit.t("import-earlier")}</h2>
        <table>
            <thead>
                <tr>
                    <th scope="col">{visit.t("import-files")}</th>
                    <th scope="col">{visit.t("import-when")}</th>
                    <th scope="col">{visit.t("import-who")}</th>
                    <th scope="col">{visit.t("import-touched")}</th>
                    <th scope="col">{visit.t_code("import-outcome", Outcome::Refused.code())}</th>
                    <th scope="col">{visit.t("import-state")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

const fn state_key(state: BatchState) -> &'static str {
    match state {
        BatchState::Planned => "import-planned",
        BatchState::Applied(_) => "import-applied",
        BatchState::Undone(_) => "import-undone",
    }
}

/// What is happening to an import, or has just happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportNews {
    /// It is being applied.
    Running(Stage, usize, usize),
    /// The record has changed; the plan is another.
    PlanChanged,
    /// Rows are refused; nothing was done.
    Refused,
    /// Somebody else has done something to it at the same time.
    Overtaken,
    /// It could not be done.
    Failed,
    /// It was undone.
    Undone(Undone),
}

/// An import as its page shows it.
#[derive(Clone, Debug)]
pub struct ImportPlan {
    /// The import.
    pub batch: Batch,
    /// What becomes of its rows, a page of them.
    pub rows: Rows<PlannedRow>,
    /// Rows of which outcome are shown; `None` is all.
    pub outcome: Option<Outcome>,
    /// What is happening to it.
    pub news: Option<ImportNews>,
}

/// The page of an import whose rows are being compared with the record.
#[must_use]
pub fn import_waiting(request: DeskRequest, news: ImportNews) -> Page {
    let desk = request.at_desk();
    let visit = request.visit;
    let title = visit.t("import-title");
    Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        view! {
            {crumbs(&visit, vec![(visit.href("/desk/import"), title.clone())])}
            <h1>{title}</h1>
            {told(&visit, news)}
        }
        .into_any()
    })
    .at_desk(desk)
}

/// The page of an import.
#[must_use]
pub fn import_plan(request: DeskRequest, plan: ImportPlan) -> Page {
    let desk = request.at_desk();
    let visit = request.visit;
    let title = visit.t_with("import-of", &[("files", plan.batch.files.join(", ").into())]);
    Page::new(Head { title: title.clone(), ..Head::default() }, move || {
        let batch = &plan.batch;
        let when = i18n::timestamp(visit.texts(), batch.created_at);
        let running = matches!(plan.news, Some(ImportNews::Running(..)));
        let acts = (!running).then(|| acts(&visit, batch));
        view! {
            {crumbs(&visit, vec![(visit.href("/desk/import"), visit.t("import-title"))])}
            <h1>{title}</h1>
            <p class="meta">{batch.by.clone()}" · "{when}" · "{visit.t(state_key(batch.state))}</p>
            {plan.news.map(|news| told(&visit, news))}
            {notices(&visit, batch)}
            {counts(&visit, batch, plan.outcome)}
            {acts}
            {rows::rows(&visit, &plan)}
        }
        .into_any()
    })
    .at_desk(desk)
}

/// What is happening, or has just happened.
fn told(visit: &Visit, news: ImportNews) -> AnyView {
    let number = |n: u64| i18n::Arg::Number(i64::try_from(n).unwrap_or(i64::MAX));
    let words = match news {
        ImportNews::Running(stage, done, total) => {
            let key = if stage == Stage::Comparing { "import-comparing" } else { "import-writing" };
            let words = visit.t_with(key, &[("done", number(done as u64)), ("total", number(total as u64))]);
            let again = visit.href(&visit.path);
            return view! {
                <div class="notice" role="status">
                    <p>{words}</p>
                    <progress max=total.max(1).to_string() value=done.to_string()></progress>
                    <p><a href=again>{visit.t("import-look-again")}</a></p>
                </div>
            }
            .into_any();
        }
        ImportNews::PlanChanged => visit.t("import-plan-changed"),
        ImportNews::Refused => visit.t("import-nothing-done"),
        ImportNews::Overtaken => visit.t("import-overtaken"),
        ImportNews::Failed => visit.t("import-failed"),
        ImportNews::Undone(Undone { discarded, published }) => {
            visit.t_with("import-undone-now", &[("discarded", number(discarded)), ("published", number(published))])
        }
    };
    view! { <p class="notice" role="status">{words}</p> }.into_any()
}

/// What somebody should know before they apply it.
fn notices(visit: &Visit, batch: &Batch) -> AnyView {
    let twin = batch.twin.filter(|_| batch.state == BatchState::Planned).map(|twin| {
        view! { <p class="notice"><a href=visit.href(&format!("/desk/import/{twin}"))>{visit.t("import-twin")}</a></p> }
    });
    let unknown = (!batch.unknown.is_empty()).then(|| {
        let columns = batch.unknown.iter().map(|unknown| {
            let file = batch.files.get(unknown.file).cloned().unwrap_or_default();
            view! { <li><code>{unknown.column.clone()}</code>" ("{file}")"</li> }
        });
        view! { <div class="notice"><p>{visit.t("import-unknown")}</p><ul>{columns.collect_view()}</ul></div> }
    });
    view! { {twin}{unknown} }.into_any()
}

/// How many rows have which outcome, each a way to see these alone.
fn counts(visit: &Visit, batch: &Batch, chosen: Option<Outcome>) -> AnyView {
    let Counts { pledges, others } = batch.counts;
    let path = format!("/desk/import/{}", batch.id);
    let link = |outcome: Option<Outcome>, name: String| {
        let current = (outcome == chosen).then_some("true");
        let href = visit.href_with(&path, &[("outcome", outcome.map_or("", Outcome::code))]);
        view! { <a href=href aria-current=current>{name}</a> }
    };
    let number = |n: usize| i18n::count(visit.locale, n as u64);
    let rows = Outcome::ALL.iter().filter(|outcome| batch.counts.of(**outcome) > 0).map(|outcome| {
        let name = visit.t_code("import-outcome", outcome.code());
        let about = visit.t_code("import-outcome-about", outcome.code());
        view! {
            <tr>
                <th scope="row">{link(Some(*outcome), name)}</th>
                <td class="tabular-nums">{number(pledges[*outcome as usize])}</td>
                <td class="tabular-nums">{number(others[*outcome as usize])}</td>
                <td>{about}</td>
            </tr>
        }
    });
    let all = link(None, visit.t("import-all"));
    let drafts = (!batch.drafts.is_empty()).then(|| {
        let states = batch.drafts.iter().map(|(state, count): &(DraftState, u64)| {
            view! { <li>{visit.t_code("draft-state", state.code())}": "<span class="tabular-nums">{i18n::count(visit.locale, *count)}</span></li> }
        });
        view! { <h2>{visit.t("import-drafts")}</h2><ul>{states.collect_view()}</ul> }
    });
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{all}</th>
                    <th scope="col">{visit.t("import-pledges")}</th>
                    <th scope="col">{visit.t("import-others")}</th>
                    <th scope="col">{visit.t("import-means")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {drafts}
    }
    .into_any()
}

/// What can be done with it.
fn acts(visit: &Visit, batch: &Batch) -> AnyView {
    let at = |act: &str| visit.href(&format!("/desk/import/{}/{act}", batch.id));
    match batch.state {
        BatchState::Planned if batch.counts.pledges_touched() > 0 => {
            let mut form = Form::default();
            let reason = import_reason(&batch.files);
            form.fields.set("reason.en", reason.en.unwrap_or_default());
            form.fields.set("reason.es", reason.es.unwrap_or_default());
            let changed = batch.counts.pledges[Outcome::Changed as usize] > 0;
            let reason = changed.then(|| {
                let field = |name: &str, key: &str, lang: &'static str| {
                    text_field(visit, &form, &Field { lang, required: true, ..Field::new(name, visit.t(key)) })
                };
                view! {
                    <fieldset>
                        <legend>{visit.t("import-reason")}</legend>
                        <p class="hint">{visit.t("import-reason-hint")}</p>
                        <div class="form-pair">
                            {field("reason.en", "import-in-english", "en")}
                            {field("reason.es", "import-in-spanish", "es")}
                        </div>
                    </fieldset>
                }
            });
            let refused = batch.counts.of(Outcome::Refused);
            let skip = (refused > 0).then(|| {
                let label = visit.t_with("import-skip-refused", &[("n", i18n::Arg::from(refused as u64))]);
                view! { <p class="hint">{visit.t("import-refused-hint")}</p>{check_box(&form, "skip_refused", label)} }
            });
            view! {
                <form class="form" method="post" action=at("apply")>
                    {reason}
                    {skip}
                    <div class="actions">
                        <button type="submit" name="as" value="draft">{visit.t("import-as-drafts")}</button>
                        <button class="quiet" type="submit" name="as" value="review">{visit.t("import-for-review")}</button>
                    </div>
                </form>
            }
            .into_any()
        }
        BatchState::Planned => view! { <p class="notice">{visit.t("import-nothing-to-do")}</p> }.into_any(),
        BatchState::Applied(_) => view! {
            <form class="form" method="post" action=at("undo")>
                <p class="hint">{visit.t("import-undo-hint")}</p>
                <div class="actions"><button class="quiet" type="submit">{visit.t("import-undo")}</button></div>
            </form>
        }
        .into_any(),
        BatchState::Undone(_) => ().into_any(),
    }
}

/// Why published pledges are edited, where nobody says more.
#[must_use]
pub fn import_reason(files: &[String]) -> Localized {
    let of = |locale| Texts::in_language(locale).with("import-reason-default", &[("files", files.join(", ").into())]);
    Localized::both(of(Locale::En), of(Locale::Es))
}

/// What text is called that was pasted and has no name.
#[must_use]
pub fn import_pasted_name(visit: &Visit) -> String {
    visit.t("import-pasted-name")
}

//! The picture of a pledge for where its address is shared: its title, its status and its strip, drawn as SVG.

mod title;

use std::fmt::Write as _;

use domain::{
    Due, FuzzyDate, PledgeStatus, Timeliness,
    strip::{FULL, Strip},
};
use store::Dossier;

use crate::{
    components::shape,
    i18n,
    markup::{escape, fit_for_xml},
    page::Card,
    visit::Visit,
};

/// Its width and height in pixels: what those who show such pictures ask for.
pub const SIZE: (u32, u32) = (1200, 630);

/// The family of its letters; whoever renders it must have the bold ones too.
pub const FONT: &str = "DejaVu Serif";

/// The margin to the left and right.
const MARGIN: f32 = 72.0;

/// How long the strip is, and how wide the title may be.
const LENGTH: f32 = 1200.0 - 2.0 * MARGIN;

/// Where the strip lies.
const STRIP: f32 = 500.0;

/// The picture of a pledge, as its page names it.
#[must_use]
pub fn linked(visit: &Visit, pledge: &Dossier) -> Card {
    let alt = match pledge.state {
        Some(state) => {
            format!("{}: {}", visit.words(&pledge.title), i18n::timeliness_of(visit.texts(), state.status, pledge.timeliness))
        }
        None => visit.words(&pledge.title).to_owned(),
    };
    Card { href: visit.url(&format!("/cards/{}.png", pledge.slug)), alt, size: SIZE }
}

/// The picture. `width_of` tells how wide a text is in bold letters one pixel high.
#[must_use]
pub fn svg(visit: &Visit, pledge: &Dossier, width_of: &dyn Fn(&str) -> f32) -> String {
    let (width, height) = SIZE;
    let (paper, accent) = (colour("paper"), colour("accent"));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"{FONT}\" fill=\"{ink}\"><rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>\
         <rect width=\"{width}\" height=\"14\" fill=\"{accent}\"/>\
         <text x=\"{MARGIN}\" y=\"96\" font-size=\"34\" font-weight=\"bold\">Pledge<tspan fill=\"{accent}\">book</tspan></text>",
        ink = colour("ink"),
    );
    for (line, y, size) in title::set(visit.words(&pledge.title), LENGTH, width_of) {
        text(&mut svg, (MARGIN, y), &format!("font-size=\"{size}\" font-weight=\"bold\""), &line);
    }
    status(&mut svg, visit, pledge, width_of);
    if let Some(strip) = &pledge.strip {
        drawn(&mut svg, visit, strip, pledge.due.as_ref().and_then(Due::date));
    } else {
        let made = visit.t_with("pledge-not-made-yet", &[("date", i18n::date(visit.texts(), pledge.made_on).into())]);
        text(&mut svg, (MARGIN, STRIP), &format!("font-size=\"26\" fill=\"{}\"", colour("muted")), &made);
    }
    svg + "</svg>"
}

fn text(svg: &mut String, (x, y): (f32, f32), attributes: &str, words: &str) {
    _ = write!(svg, "<text x=\"{x}\" y=\"{y}\" {attributes}>{}</text>", escape(&fit_for_xml(words)));
}

/// The status: its shape, its words, and how it stands to its due date.
fn status(svg: &mut String, visit: &Visit, pledge: &Dossier, width_of: &dyn Fn(&str) -> f32) {
    let Some(state) = pledge.state else { return };
    let own = colour(&state.status.code().replace('_', "-"));
    let shape = shape(state.status).replace("currentColor", own).replace("var(--paper)", colour("paper"));
    _ = write!(
        svg,
        "<g transform=\"translate({MARGIN} 407) scale(2.5)\" fill=\"none\" stroke=\"{own}\" stroke-width=\"2\">{shape}</g>"
    );
    let words = i18n::timeliness_of(visit.texts(), state.status, pledge.timeliness);
    let bold = |size: f32, fill: &str| format!("font-size=\"{size}\" font-weight=\"bold\" fill=\"{fill}\"");
    text(svg, (MARGIN + 56.0, 440.0), &bold(38.0, own), &words);
    if let Some(lateness) = i18n::lateness(visit.texts(), pledge.timeliness) {
        let overdue = matches!(pledge.timeliness, Some(Timeliness::Overdue { .. }));
        let x = MARGIN + 56.0 + width_of(&words) * 38.0 + 32.0;
        text(svg, (x, 440.0), &bold(28.0, colour(if overdue { "not-fulfilled" } else { "muted" })), &lateness);
    }
}

/// The strip, with its first and last day, and the day on which the pledge is due.
fn drawn(svg: &mut String, visit: &Visit, strip: &Strip, due: Option<FuzzyDate>) {
    let texts = visit.texts();
    let (line, muted) = (colour("line"), colour("muted"));
    let end = MARGIN + LENGTH;
    _ = write!(svg, "<path d=\"M{MARGIN} {STRIP}H{end}\" stroke=\"{line}\" stroke-width=\"4\"/>");
    for segment in &strip.segments {
        let (from, to) = (at(segment.start), at(segment.start + segment.length));
        let (width, dashes) = stroke(segment.status);
        let (opacity, dashes) = if segment.uncertain { ("0.45", "4 4") } else { ("1", dashes) };
        let own = colour(&segment.status.code().replace('_', "-"));
        _ = write!(
            svg,
            "<path d=\"M{from} {STRIP}H{to}\" stroke=\"{own}\" stroke-width=\"{width}\" stroke-dasharray=\"{dashes}\" \
             opacity=\"{opacity}\"/>"
        );
    }
    if let Some((position, due)) = strip.due.zip(due) {
        let x = at(position);
        let anchor = match position {
            0..1500 => "start",
            1500..8500 => "middle",
            _ => "end",
        };
        _ = write!(svg, "<path d=\"M{x} {}V{}\" stroke=\"{}\" stroke-width=\"4\"/>", STRIP - 22.0, STRIP + 24.0, colour("ink"));
        text(svg, (x, 552.0), &format!("font-size=\"24\" text-anchor=\"{anchor}\""), &i18n::due_words(texts, due));
    }
    let day = |day: chrono::NaiveDate| i18n::date(texts, day.into());
    text(svg, (MARGIN, 590.0), &format!("font-size=\"24\" fill=\"{muted}\""), &day(strip.from));
    text(svg, (end, 590.0), &format!("font-size=\"24\" text-anchor=\"end\" fill=\"{muted}\""), &day(strip.to));
}

/// Where a position of the strip lies.
fn at(position: u32) -> f32 {
    let hundredths = u16::try_from(position.min(FULL)).unwrap_or(u16::MAX);
    MARGIN + LENGTH * f32::from(hundredths) / 10_000.0
}

/// How wide a status's line is and how it is broken: as in the stylesheet (`strip.css`), at twice the size.
const fn stroke(status: PledgeStatus) -> (u32, &'static str) {
    match status {
        PledgeStatus::Announced => (8, "none"),
        PledgeStatus::InProgress => (14, "none"),
        PledgeStatus::PartlyFulfilled => (20, "none"),
        PledgeStatus::Fulfilled => (26, "none"),
        PledgeStatus::NoActionFound => (8, "4 8"),
        PledgeStatus::Stalled => (14, "14 6"),
        PledgeStatus::NotFulfilled => (26, "6 6"),
        PledgeStatus::Superseded | PledgeStatus::Withdrawn => (8, "18 8"),
        PledgeStatus::NotAssessed | PledgeStatus::NotAssessable => (4, "4 4"),
    }
}

/// A colour of the stylesheet, on light paper: a picture can't know what it is seen on.
fn colour(name: &str) -> &'static str {
    const TOKENS: &str = include_str!("../../style/css/tokens.css");
    let start = TOKENS.find(&format!("--{name}: #")).map_or(0, |at| at + name.len() + 4);
    let rest = &TOKENS[start..];
    // A test asks for every colour that is drawn.
    if start == 0 { "#000" } else { &rest[..rest.find(';').unwrap_or(0)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_is_that_of_the_stylesheet() {
        assert_eq!((colour("paper"), colour("ink"), colour("line")), ("#fbfaf6", "#17201d", "#d9d6cb"));
        for status in PledgeStatus::ALL {
            let colour = colour(&status.code().replace('_', "-"));
            assert!(colour.len() == 7 && colour.starts_with('#'), "{status}: {colour}");
        }
    }

    #[test]
    fn no_shape_keeps_a_variable_that_only_the_stylesheet_knows() {
        for status in PledgeStatus::ALL {
            let shape = shape(*status).replace("currentColor", "").replace("var(--paper)", "");
            assert!(!shape.contains("var("), "{status}");
        }
    }
}

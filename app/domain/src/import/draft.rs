//! The drafts that an import makes, as the forms of the desk have them: names that are new to the record come with what they
//! stand for.

use serde_json::{Value, json};

use super::{Known, Proposal};
use crate::{
    citation::Citation,
    desk_form::fields_of,
    draft::DraftKind,
    form::Fields,
    pledge::{Due, Pledge, StatusChange, Variant},
};

/// Where the things stand that a draft names.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    /// What the import brings.
    pub(super) new: &'a Known,
    /// What the record has.
    pub(super) known: &'a Known,
}

impl Named<'_> {
    /// The drafts that make of what is published what an import says: of a new pledge one; of a published one an edit, if
    /// more than its history differs, and one for each change of status that it adds.
    pub(super) fn proposals(self, pledge: &Pledge, published: Option<&Pledge>) -> Vec<Proposal> {
        let proposal = |kind, fields| Proposal { id: pledge.id.clone(), title: pledge.title.clone(), kind, fields };
        let Some(published) = published else { return vec![proposal(DraftKind::Pledge, self.pledge(pledge))] };
        let mut proposals = Vec::new();
        if (Pledge { history: published.history.clone(), ..pledge.clone() }) != *published {
            proposals.push(proposal(DraftKind::Edit, self.edit(pledge, published)));
        }
        let added = pledge.history.iter().skip(published.history.len());
        proposals.extend(added.map(|change| {
            let mut fields = Fields::default();
            self.change(change, "", &mut fields);
            proposal(DraftKind::StatusChange, fields)
        }));
        proposals
    }

    fn pledge(self, pledge: &Pledge) -> Fields {
        let mut fields = self.own(pledge);
        self.add(pledge, 0, 0, &mut fields);
        for (index, change) in pledge.history.iter().enumerate() {
            self.change(change, &format!("history[{index}]."), &mut fields);
        }
        fields
    }

    /// A form in which citations and variants are those that are added.
    fn edit(self, pledge: &Pledge, published: &Pledge) -> Fields {
        let mut fields = self.own(pledge);
        self.add(pledge, published.citations.len(), published.variants.len(), &mut fields);
        fields
    }

    /// What a pledge says for itself.
    fn own(self, pledge: &Pledge) -> Fields {
        let mut fields = fields_of(pledge);
        for (index, of) in pledge.parties.iter().enumerate() {
            if let Some(party) = self.new.parties.get(&of.party) {
                put(&mut fields, &format!("parties[{index}].new"), &json!(party));
            }
        }
        for (index, topic) in pledge.topics.iter().enumerate() {
            if let Some(topic) = self.new.topics.get(topic) {
                put(&mut fields, &format!("topics[{index}].new"), &json!(topic));
            }
        }
        if let Some(meeting) = pledge.meeting.as_ref().and_then(|name| self.new.meetings.get(name)) {
            put(&mut fields, "new_meeting", &json!(meeting));
        }
        fields
    }

    /// Citations and variants from some place on.
    fn add(self, pledge: &Pledge, citations: usize, variants: usize, fields: &mut Fields) {
        for (index, citation) in pledge.citations.iter().skip(citations).enumerate() {
            self.cite(citation, &format!("citations[{index}]"), fields);
        }
        for (index, Variant { field, value, taken, citation }) in pledge.variants.iter().skip(variants).enumerate() {
            let path = format!("variants[{index}]");
            fields.set(format!("{path}.field"), field.code());
            match value {
                Due::On(date) => fields.set(format!("{path}.value_on"), date.to_string()),
                Due::Words(words) => put(fields, &format!("{path}.value"), &json!(words)),
            }
            fields.set(format!("{path}.taken"), if *taken { "true" } else { "" });
            self.cite(citation, &path, fields);
        }
    }

    fn change(self, change: &StatusChange, prefix: &str, fields: &mut Fields) {
        let bare = StatusChange { citations: Vec::new(), ..change.clone() };
        for (name, value) in Fields::from_json(&json!(bare)).iter() {
            fields.set(format!("{prefix}{name}"), value);
        }
        for (index, citation) in change.citations.iter().enumerate() {
            self.cite(citation, &format!("{prefix}citations[{index}]"), fields);
        }
    }

    /// A citation names its source by all that the form asks of one.
    fn cite(self, citation: &Citation, path: &str, fields: &mut Fields) {
        for (name, value) in Fields::from_json(&json!(citation)).iter().filter(|(name, _)| *name != "source") {
            fields.set(format!("{path}.{name}"), value);
        }
        let mut source = self.new.sources.get(&citation.source).or_else(|| self.known.sources.get(&citation.source));
        let mut path = format!("{path}.source");
        // Originals come along as far as the import brings them; no chain is longer than there are sources.
        for _ in 0..=self.new.sources.len() {
            let Some(cited) = source else { break };
            put(fields, &path, &json!(cited));
            source = cited.translation_of.as_ref().and_then(|original| self.new.sources.get(original));
            path += ".original";
        }
    }
}

fn put(fields: &mut Fields, path: &str, value: &Value) {
    for (name, value) in Fields::from_json(value).iter() {
        fields.set(format!("{path}.{name}"), value);
    }
}

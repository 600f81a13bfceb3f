//! What a pledge said before corrections that came after the moment asked for.

use std::collections::{BTreeSet, HashMap};

use domain::{Fields, Localized, Originals, PledgeText, Slug, desk_form::fields_of, pledge::Quantity};

use sea_orm::ConnectionTrait;

use super::{Dossier, PledgeCorrection};
use crate::{
    MeetingDossier, Named, StoreError,
    export::{meetings_named, parties_named, topics_named},
    row,
};

/// What parties, meetings and topics are called that corrections have taken from pledges.
#[derive(Debug, Default)]
pub struct FormerNames {
    /// The parties.
    pub parties: HashMap<Slug, Named>,
    /// The meetings.
    pub meetings: HashMap<Slug, MeetingDossier>,
    /// The topics.
    pub topics: HashMap<Slug, Named>,
}

impl FormerNames {
    /// Those that some corrections speak of.
    pub(super) async fn of(
        db: &impl ConnectionTrait,
        corrections: impl Iterator<Item = &PledgeCorrection>,
    ) -> Result<Self, StoreError> {
        let (mut parties, mut meetings, mut topics) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (name, value) in corrections.flat_map(|correction| correction.before.iter()) {
            let names = match name {
                "meeting" => &mut meetings,
                name if name.starts_with("parties[") && name.ends_with("].party") => &mut parties,
                name if name.starts_with("topics[") && name.ends_with("].topic") => &mut topics,
                _ => continue,
            };
            names.insert(row::slug(value)?);
        }
        let list = |names: BTreeSet<Slug>| names.into_iter().collect::<Vec<_>>();
        let mut former = Self::default();
        for party in parties_named(db, &list(parties)).await? {
            former.parties.insert(party.id.clone(), Named { slug: party.id, name: party.name });
        }
        for meeting in meetings_named(db, &list(meetings)).await? {
            let named = Named { slug: meeting.id.clone(), name: meeting.name };
            former.meetings.insert(meeting.id, MeetingDossier { named, held_on: meeting.held_on, place: meeting.place });
        }
        for topic in topics_named(db, &list(topics)).await? {
            former.topics.insert(topic.id.clone(), Named { slug: topic.id, name: topic.name });
        }
        Ok(former)
    }
}

impl Dossier {
    /// Takes back corrections, given in their order: everything that an edit can change is as it was before them, but for the
    /// name in addresses, by which the pledge is found at every moment.
    pub(super) fn roll_back(&mut self, later: &[PledgeCorrection], former: &FormerNames) -> Result<(), StoreError> {
        if later.is_empty() {
            return Ok(());
        }
        let mut fields = fields_of(&self.as_recorded());
        for correction in later.iter().rev() {
            fields.undo(&correction.before, &correction.after);
        }
        let original = |text: PledgeText| {
            let said = Some(fields.get(&format!("originals.{text}"))).filter(|said| !said.is_empty());
            row::parsed_if("originals", said)
        };
        self.title = localized(&fields, "title");
        self.summary = localized(&fields, "summary");
        self.wording = Some(localized(&fields, "wording")).filter(|wording| !wording.is_empty());
        self.originals = Originals {
            title: original(PledgeText::Title)?,
            summary: original(PledgeText::Summary)?,
            wording: original(PledgeText::Wording)?,
        };
        self.made_on = row::parsed("made_on", fields.get("made_on"))?;
        let words = localized(&fields, "due_words");
        let due_on = Some(fields.get("due_on")).filter(|date| !date.is_empty());
        self.due = row::due(due_on, words.en, words.es)?;
        self.quantity = match fields.get("quantity.value") {
            "" => None,
            value => Some(Quantity { value: row::parsed("quantity", value)?, unit: localized(&fields, "quantity.unit") }),
        };
        self.parties = (0..fields.rows("parties"))
            .map(|row| {
                let slug = row::slug(fields.get(&format!("parties[{row}].party")))?;
                let now = self.parties.iter().map(|(named, _)| named).find(|named| named.slug == slug);
                let named = now.or_else(|| former.parties.get(&slug)).cloned().ok_or_else(|| gone(&slug))?;
                Ok((named, row::parsed("role", fields.get(&format!("parties[{row}].role")))?))
            })
            .collect::<Result<_, StoreError>>()?;
        self.topics = (0..fields.rows("topics"))
            .map(|row| {
                let slug = row::slug(fields.get(&format!("topics[{row}].topic")))?;
                let now = self.topics.iter().find(|named| named.slug == slug);
                now.or_else(|| former.topics.get(&slug)).cloned().ok_or_else(|| gone(&slug))
            })
            .collect::<Result<_, StoreError>>()?;
        self.meeting = match fields.get("meeting") {
            "" => None,
            name => {
                let slug = row::slug(name)?;
                let now = self.meeting.as_ref().filter(|meeting| meeting.named.slug == slug);
                Some(now.or_else(|| former.meetings.get(&slug)).cloned().ok_or_else(|| gone(&slug))?)
            }
        };
        Ok(())
    }
}

fn localized(fields: &Fields, name: &str) -> Localized {
    let text = |language: &str| Some(fields.get(&format!("{name}.{language}")).to_owned()).filter(|text| !text.is_empty());
    row::localized(text("en"), text("es"))
}

/// Parties, meetings and topics are never deleted: whoever was named once has a name.
fn gone(slug: &Slug) -> StoreError {
    StoreError::NotUnderstood { column: "before", value: slug.to_string() }
}

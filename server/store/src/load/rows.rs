//! The rows that pledges become.

use chrono::{DateTime, Utc};
use domain::{
    Citation, Due, FuzzyDate, Localized, Pledge, PledgeText, history,
    pledge::{PledgeParty, StatusChange, Variant},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    prelude::{Expr, Uuid},
};

use super::{Names, find};
use crate::{
    StoreError,
    entity::{citation, pledge, pledge_party, pledge_topic, pledge_variant, status_change},
    publish::insert_all,
    revision::Publication,
};

/// How many changes are sealed with one statement.
const SEALED_AT_ONCE: usize = 500;

/// What a citation is cited for.
#[derive(Clone, Copy)]
enum Claim {
    Pledge(Uuid),
    Variant(Uuid),
    StatusChange(Uuid),
}

/// The rows of some pledges, gathered to be written together.
pub(crate) struct Rows<'a> {
    names: &'a Names,
    publication: &'a mut Publication,
    pledges: Vec<pledge::ActiveModel>,
    parties: Vec<pledge_party::ActiveModel>,
    topics: Vec<pledge_topic::ActiveModel>,
    variants: Vec<pledge_variant::ActiveModel>,
    changes: Vec<status_change::ActiveModel>,
    citations: Vec<citation::ActiveModel>,
    numbers: Vec<(Uuid, i64)>,
}

impl<'a> Rows<'a> {
    pub fn new(names: &'a Names, publication: &'a mut Publication) -> Self {
        Self {
            names,
            publication,
            pledges: Vec::new(),
            parties: Vec::new(),
            topics: Vec::new(),
            variants: Vec::new(),
            changes: Vec::new(),
            citations: Vec::new(),
            numbers: Vec::new(),
        }
    }

    fn now(&self) -> DateTime<Utc> {
        self.publication.recorded_at
    }

    /// Adds a pledge with all that belongs to it.
    pub fn add(&mut self, pledge: &Pledge) -> Result<(), StoreError> {
        let id = Uuid::now_v7();
        let number = self.publication.next_pledge;
        self.publication.next_pledge += 1;
        self.numbers.push((id, number));
        let row = self.pledge(id, number, pledge)?;
        self.pledges.push(row);
        self.belongings(id, pledge)?;
        self.cite(Claim::Pledge(id), 0, &pledge.citations)?;
        for (position, variant) in (0..).zip(&pledge.variants) {
            self.variant(id, position, variant)?;
        }
        let mut earlier = Vec::with_capacity(pledge.history.len());
        for change in &pledge.history {
            earlier.push(self.change(id, change, &earlier)?);
        }
        Ok(())
    }

    /// Adds a status change to a published pledge. `earlier` are its changes before it, in the order of recording.
    pub fn add_change(&mut self, pledge: (Uuid, i64), change: &StatusChange, earlier: &[Uuid]) -> Result<Uuid, StoreError> {
        self.numbers.push(pledge);
        self.change(pledge.0, change, earlier)
    }

    /// Adds to a published pledge the citations and variants that it has beyond its first so many, and everything of it that
    /// can be replaced; gives the pledge's own row.
    pub fn replace(
        &mut self,
        (id, number): (Uuid, i64),
        pledge: &Pledge,
        (cited, varied): (usize, usize),
    ) -> Result<pledge::ActiveModel, StoreError> {
        self.numbers.push((id, number));
        self.belongings(id, pledge)?;
        let place = |index: usize| i32::try_from(index).unwrap_or(i32::MAX);
        self.cite(Claim::Pledge(id), place(cited), &pledge.citations[cited.min(pledge.citations.len())..])?;
        for (index, variant) in pledge.variants.iter().enumerate().skip(varied) {
            self.variant(id, place(index), variant)?;
        }
        self.pledge(id, number, pledge)
    }

    /// Adds the parties and topics of a pledge.
    fn belongings(&mut self, id: Uuid, pledge: &Pledge) -> Result<(), StoreError> {
        for (position, PledgeParty { party, role }) in (0..).zip(&pledge.parties) {
            self.parties.push(pledge_party::ActiveModel {
                pledge_id: Set(id),
                party_id: Set(self.names.party(party)?),
                role: Set(role.code().to_owned()),
                position: Set(position),
            });
        }
        for (position, topic) in (0..).zip(&pledge.topics) {
            self.topics.push(pledge_topic::ActiveModel {
                pledge_id: Set(id),
                topic_id: Set(find(&self.names.topics, "topic", topic)?),
                position: Set(position),
            });
        }
        Ok(())
    }

    fn pledge(&self, id: Uuid, number: i64, pledge: &Pledge) -> Result<pledge::ActiveModel, StoreError> {
        let meeting_id = pledge.meeting.as_ref().map(|slug| find(&self.names.meetings, "meeting", slug)).transpose()?;
        let (due_on, due_words) = match &pledge.due_on {
            Some(Due::On(date)) => (Some(*date), Localized::default()),
            Some(Due::Words(words)) => (None, words.clone()),
            None => (None, Localized::default()),
        };
        let wording = pledge.wording.clone().unwrap_or_default();
        let unit = pledge.quantity.as_ref().map(|quantity| quantity.unit.clone()).unwrap_or_default();
        let original = |text| Set(pledge.originals.of(text).map(|original| original.code().to_owned()));
        Ok(pledge::ActiveModel {
            id: Set(id),
            slug: Set(pledge.id.to_string()),
            title_en: Set(pledge.title.en.clone()),
            title_es: Set(pledge.title.es.clone()),
            summary_en: Set(pledge.summary.en.clone()),
            summary_es: Set(pledge.summary.es.clone()),
            wording_en: Set(wording.en),
            wording_es: Set(wording.es),
            made_on: Set(pledge.made_on.to_string()),
            meeting_id: Set(meeting_id),
            due_on: Set(due_on.map(|date| date.to_string())),
            due_last: Set(due_on.map(FuzzyDate::last_day)),
            due_words_en: Set(due_words.en),
            due_words_es: Set(due_words.es),
            quantity_value: Set(pledge.quantity.as_ref().map(|quantity| quantity.value)),
            quantity_unit_en: Set(unit.en),
            quantity_unit_es: Set(unit.es),
            recorded_at: Set(Some(self.now())),
            number: Set(Some(number)),
            revision: Set(self.publication.revision),
            title_original: original(PledgeText::Title),
            summary_original: original(PledgeText::Summary),
            wording_original: original(PledgeText::Wording),
            // Only a correction leaves a translation behind.
            outdated_since: Set(None),
        })
    }

    fn variant(&mut self, pledge_id: Uuid, position: i32, variant: &Variant) -> Result<(), StoreError> {
        let id = Uuid::now_v7();
        let (value_on, words) = match &variant.value {
            Due::On(date) => (Some(date.to_string()), Localized::default()),
            Due::Words(words) => (None, words.clone()),
        };
        self.variants.push(pledge_variant::ActiveModel {
            id: Set(id),
            pledge_id: Set(pledge_id),
            position: Set(position),
            field: Set(variant.field.code().to_owned()),
            value_on: Set(value_on),
            value_en: Set(words.en),
            value_es: Set(words.es),
            taken: Set(variant.taken),
        });
        self.cite(Claim::Variant(id), 0, std::slice::from_ref(&variant.citation))
    }

    /// Adds a status change, a draft until it is sealed, and its evidence. `earlier` are the pledge's changes before it.
    fn change(&mut self, pledge_id: Uuid, change: &StatusChange, earlier: &[Uuid]) -> Result<Uuid, StoreError> {
        let id = Uuid::now_v7();
        let party_id = change.party.as_ref().map(|party| self.names.party(party)).transpose()?;
        let texts = |text: &Option<Localized>| text.clone().unwrap_or_default();
        let (searched, override_reason, reason) =
            (texts(&change.searched), texts(&change.override_reason), texts(&change.reason));
        self.changes.push(status_change::ActiveModel {
            id: Set(id),
            pledge_id: Set(pledge_id),
            position: Set(i32::try_from(earlier.len()).unwrap_or(i32::MAX)),
            party_id: Set(party_id),
            status: Set(change.status.code().to_owned()),
            effective_on: Set(change.effective_on.to_string()),
            effective_last: Set(history::latest_day(change.effective_on, self.now())),
            rationale_en: Set(change.rationale.en.clone()),
            rationale_es: Set(change.rationale.es.clone()),
            confidence: Set(change.confidence.map(|confidence| confidence.code().to_owned())),
            searched_en: Set(searched.en),
            searched_es: Set(searched.es),
            override_reason_en: Set(override_reason.en),
            override_reason_es: Set(override_reason.es),
            replaces_id: Set(change.replaces.and_then(|index| earlier.get(index)).copied()),
            reason_en: Set(reason.en),
            reason_es: Set(reason.es),
            recorded_at: Set(None),
        });
        self.cite(Claim::StatusChange(id), 0, &change.citations)?;
        Ok(id)
    }

    fn cite(&mut self, claim: Claim, from: i32, citations: &[Citation]) -> Result<(), StoreError> {
        let (pledge_id, variant_id, status_change_id) = match claim {
            Claim::Pledge(id) => (Some(id), None, None),
            Claim::Variant(id) => (None, Some(id), None),
            Claim::StatusChange(id) => (None, None, Some(id)),
        };
        for (position, cited) in (from..).zip(citations) {
            self.citations.push(citation::ActiveModel {
                id: Set(Uuid::now_v7()),
                pledge_id: Set(pledge_id),
                variant_id: Set(variant_id),
                status_change_id: Set(status_change_id),
                position: Set(position),
                source_id: Set(self.names.source(&cited.source)?),
                quote: Set(cited.quote.clone()),
                locator: Set(cited.locator.clone()),
                language: Set(cited.language.clone()),
                stance: Set(cited.stance.code().to_owned()),
                authority: Set(cited.authority.map(|authority| authority.code().to_owned())),
                recorded_at: Set(Some(self.now())),
            });
        }
        Ok(())
    }

    /// Writes the rows and seals the changes, each of which has its evidence by then. Gives the pledges with their numbers.
    pub async fn write(self, db: &impl ConnectionTrait) -> Result<Vec<(Uuid, i64)>, StoreError> {
        let now = self.now();
        let changes: Vec<Uuid> = self.changes.iter().filter_map(|change| change.id.try_as_ref().copied()).collect();
        insert_all(db, self.pledges).await?;
        insert_all(db, self.parties).await?;
        insert_all(db, self.topics).await?;
        insert_all(db, self.variants).await?;
        insert_all(db, self.changes).await?;
        insert_all(db, self.citations).await?;
        for changes in changes.chunks(SEALED_AT_ONCE) {
            status_change::Entity::update_many()
                .col_expr(status_change::Column::RecordedAt, Expr::value(now))
                .filter(status_change::Column::Id.is_in(changes.iter().copied()))
                .exec(db)
                .await?;
        }
        Ok(self.numbers)
    }
}

//! The texts of pledges: what a search looks through, what its passages are cut from, and their index in the database.

use std::collections::HashMap;

use chrono::SubsecRound as _;
use domain::{FuzzyDate, Localized, Moment, search::words};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait,
    prelude::{DateTimeUtc, Expr, Uuid},
    sea_query::{Query, SimpleExpr},
};

use crate::{
    Dossier, Store, StoreError,
    entity::{citation, meeting, party, pledge, pledge_party, pledge_variant, record_state, status_change},
    index::glance,
    log, lookups, publish, revision, row,
};

/// The version of the rules by which texts are indexed. A database indexed by another is indexed anew.
const VERSION: i32 = 1;

/// How many pledges are indexed at a time.
const BATCH: usize = 500;

/// The table of the index, and how many of its rows are written with one statement.
const TABLE: &str = "pledge_text";
const ROWS: usize = 50;

/// The most words of a pledge that are indexed on PostgreSQL, which numbers no more places in a text.
const PLACES: usize = 16_000;

/// A text of a pledge and its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub language: String,
    pub text: String,
}

/// Everything that is said about a pledge, from what names it to what bears it out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    /// Its titles.
    pub title: Vec<Text>,
    /// What was promised, and by whom, where.
    pub body: Vec<Text>,
    /// What came of it: rationales and quotes.
    pub evidence: Vec<Text>,
}

impl Texts {
    /// What the row of a pledge itself says.
    pub fn of(row: &pledge::Model) -> Self {
        let mut texts = Self::default();
        add(&mut texts.title, row.title_en.as_deref(), row.title_es.as_deref());
        add(&mut texts.body, row.summary_en.as_deref(), row.summary_es.as_deref());
        add(&mut texts.body, row.wording_en.as_deref(), row.wording_es.as_deref());
        texts
    }

    /// What a pledge promised as it was told at a moment, and by whom, where; without what its sources say differently.
    pub fn of_dossier(pledge: &Dossier) -> Self {
        let mut texts = Self::default();
        let of = |texts: &mut Vec<Text>, text: &Localized| add(texts, text.en.as_deref(), text.es.as_deref());
        of(&mut texts.title, &pledge.title);
        of(&mut texts.body, &pledge.summary);
        pledge.wording.iter().for_each(|wording| of(&mut texts.body, wording));
        pledge.meeting.iter().for_each(|meeting| texts.name(&meeting.named.name));
        pledge.parties.iter().for_each(|(party, _)| texts.name(&party.name));
        texts
    }

    /// Adds what its meeting or a party of it is called.
    pub fn name(&mut self, name: &Localized) {
        add(&mut self.body, name.en.as_deref(), name.es.as_deref());
    }
}

fn add(texts: &mut Vec<Text>, en: Option<&str>, es: Option<&str>) {
    let of = |language: &str, text: Option<&str>| text.map(|text| Text { language: language.to_owned(), text: text.to_owned() });
    texts.extend([of("en", en), of("es", es)].into_iter().flatten());
}

/// The public texts of some pledges, as they could be read at a moment.
pub(crate) async fn texts_of(
    db: &impl ConnectionTrait,
    pledges: &[Uuid],
    moment: Moment,
) -> Result<HashMap<Uuid, Texts>, StoreError> {
    let (mut all, evidence) = tokio::try_join!(promised(db, pledges, moment), evidence_of(db, pledges, moment))?;
    for (pledge, text) in evidence {
        if let Some(texts) = all.get_mut(&pledge) {
            texts.evidence.push(text);
        }
    }
    Ok(all)
}

/// The same without the evidence, which is most of it.
async fn promised(db: &impl ConnectionTrait, pledges: &[Uuid], moment: Moment) -> Result<HashMap<Uuid, Texts>, StoreError> {
    let ids = || pledges.iter().copied();
    let rows = pledge::Entity::find()
        .find_also_related(meeting::Entity)
        .filter(pledge::Column::Id.is_in(ids()))
        .filter(pledge::Column::RecordedAt.lte(moment.known_at));
    let parties = pledge_party::Entity::find()
        .find_also_related(party::Entity)
        .filter(pledge_party::Column::PledgeId.is_in(ids()))
        .order_by_asc(pledge_party::Column::Position);
    // Side by side, where there are connections for it: none needs what another brings.
    let (rows, parties, variants) =
        Box::pin(async { tokio::try_join!(rows.all(db), parties.all(db), variants_of(db, pledges, moment)) }).await?;
    let mut all: HashMap<Uuid, Texts> = HashMap::with_capacity(pledges.len());
    for (row, meeting) in rows {
        let texts = all.entry(row.id).or_insert(Texts::of(&row));
        if let Some(meeting) = meeting {
            texts.name(&row::localized(meeting.name_en, meeting.name_es));
        }
    }
    for (link, party) in parties {
        if let (Some(texts), Some(party)) = (all.get_mut(&link.pledge_id), party) {
            texts.name(&row::localized(party.name_en, party.name_es));
        }
    }
    for (pledge, variants) in variants {
        if let Some(texts) = all.get_mut(&pledge) {
            texts.body.extend(variants);
        }
    }
    Ok(all)
}

/// What sources say differently of some pledges. A variant is as public as its source.
pub(crate) async fn variants_of(
    db: &impl ConnectionTrait,
    pledges: &[Uuid],
    moment: Moment,
) -> Result<HashMap<Uuid, Vec<Text>>, DbErr> {
    let cited = citation::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(
            Expr::col((citation::Entity, citation::Column::VariantId))
                .equals((pledge_variant::Entity, pledge_variant::Column::Id)),
        )
        .filter(citation::Column::RecordedAt.lte(moment.known_at));
    let rows = pledge_variant::Entity::find()
        .filter(pledge_variant::Column::PledgeId.is_in(pledges.iter().copied()))
        .filter(Expr::exists(cited.into_query()))
        .order_by_asc(pledge_variant::Column::Position)
        .all(db)
        .await?;
    let mut variants: HashMap<Uuid, Vec<Text>> = HashMap::new();
    for row in rows {
        add(variants.entry(row.pledge_id).or_default(), row.value_en.as_deref(), row.value_es.as_deref());
    }
    Ok(variants)
}

/// The rationales and quotes of some pledges, each with its pledge.
pub(crate) async fn evidence_of(
    db: &impl ConnectionTrait,
    pledges: &[Uuid],
    moment: Moment,
) -> Result<Vec<(Uuid, Text)>, StoreError> {
    let ids = || pledges.iter().copied();
    let of_change = Condition::all()
        .add(status_change::Column::PledgeId.is_in(ids()))
        .add(status_change::Column::RecordedAt.lte(moment.known_at))
        .add(status_change::Column::EffectiveLast.lte(moment.as_of));
    let rationales = status_change::Entity::find()
        .select_only()
        .columns([status_change::Column::PledgeId, status_change::Column::RationaleEn, status_change::Column::RationaleEs])
        .filter(of_change.clone())
        .order_by_asc(status_change::Column::Position)
        .into_tuple::<(Uuid, Option<String>, Option<String>)>();
    let quotes = |of_pledge: SimpleExpr| {
        citation::Entity::find()
            .select_only()
            .expr(of_pledge)
            .columns([citation::Column::Language, citation::Column::Quote])
            .filter(citation::Column::RecordedAt.lte(moment.known_at))
            .filter(citation::Column::Quote.is_not_null())
            .order_by_asc(citation::Column::Position)
    };
    let of_pledges = quotes(citation::Column::PledgeId.into_expr()).filter(citation::Column::PledgeId.is_in(ids()));
    let of_variants = quotes(pledge_variant::Column::PledgeId.into_expr())
        .join(JoinType::InnerJoin, citation::Relation::Variant.def())
        .filter(pledge_variant::Column::PledgeId.is_in(ids()));
    let of_changes = quotes(status_change::Column::PledgeId.into_expr())
        .join(JoinType::InnerJoin, citation::Relation::StatusChange.def())
        .filter(of_change);
    let (rationales, of_pledges, of_variants, of_changes) = Box::pin(async {
        let [of_pledges, of_variants, of_changes] =
            [of_pledges, of_variants, of_changes].map(sea_orm::Select::into_tuple::<(Uuid, String, String)>);
        tokio::try_join!(rationales.all(db), of_pledges.all(db), of_variants.all(db), of_changes.all(db))
    })
    .await?;
    let mut evidence = Vec::new();
    for (pledge, en, es) in rationales {
        let mut texts = Vec::new();
        add(&mut texts, en.as_deref(), es.as_deref());
        evidence.extend(texts.into_iter().map(|text| (pledge, text)));
    }
    let quotes = of_pledges.into_iter().chain(of_variants).chain(of_changes);
    evidence.extend(quotes.map(|(pledge, language, text)| (pledge, Text { language, text })));
    Ok(evidence)
}

/// The moment of which texts are indexed: whatever has been published, whenever it took effect. A moment narrows it when it is
/// searched.
pub(crate) fn indexed_at(now: DateTimeUtc) -> Moment {
    Moment { as_of: FuzzyDate::Year(9999).last_day(), ..Moment::now(now) }
}

/// Indexes the texts of some published pledges, given with their numbers; what was indexed of them before is forgotten.
pub(crate) async fn index(db: &impl ConnectionTrait, pledges: &[(Uuid, i64)], now: DateTimeUtc) -> Result<(), StoreError> {
    let backend = db.get_database_backend();
    for batch in pledges.chunks(BATCH) {
        let ids: Vec<Uuid> = batch.iter().map(|(id, _)| *id).collect();
        let texts = texts_of(db, &ids, indexed_at(now)).await?;
        let numbers: Vec<i64> = batch.iter().map(|(_, number)| *number).collect();
        forget(db, &numbers).await?;
        let rows: Vec<(i64, &Texts)> =
            batch.iter().filter_map(|(id, number)| texts.get(id).map(|texts| (*number, texts))).collect();
        for rows in rows.chunks(ROWS) {
            let mut insert = Query::insert();
            insert.into_table(TABLE).columns([rowid(backend), "title", "body", "evidence"]);
            for (number, texts) in rows {
                let parts = [&texts.title, &texts.body, &texts.evidence];
                let [title, body, evidence] = match backend {
                    DbBackend::Sqlite => parts.map(|part| Expr::value(spaced(&[part]))),
                    _ => [&parts[..1], &parts[..2], &parts[..]].map(|parts| Expr::value(placed(parts)).cast_as("tsvector")),
                };
                insert.values_panic([Expr::value(*number), title, body, evidence]);
            }
            db.execute(&insert).await?;
        }
    }
    Ok(())
}

/// Forgets what was indexed of some pledges.
pub(crate) async fn forget(db: &impl ConnectionTrait, numbers: &[i64]) -> Result<(), StoreError> {
    let number = Expr::col(rowid(db.get_database_backend()));
    db.execute(Query::delete().from_table(TABLE).and_where(number.is_in(numbers.iter().copied()))).await?;
    Ok(())
}

/// Makes the index ready for a whole record: SQLite gathers more words in memory before it writes them (32 MiB) and merges what
/// it has written only where there would be too much of it (FTS5, sections 6.1 and 6.8).
pub(crate) async fn expect_many(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    configure(db, &[("hashsize", 32 << 20), ("automerge", 0)]).await
}

/// Ends that: the index is merged into one piece, and grows from now on as it does by default.
pub(crate) async fn settle(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    configure(db, &[("hashsize", 1 << 20), ("automerge", 4)]).await?;
    if db.get_database_backend() == DbBackend::Sqlite {
        db.execute_unprepared("insert into pledge_text (pledge_text) values ('optimize')").await?;
    }
    Ok(())
}

async fn configure(db: &impl ConnectionTrait, settings: &[(&str, u32)]) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Sqlite {
        for (name, value) in settings {
            db.execute_unprepared(&format!("insert into pledge_text (pledge_text, rank) values ('{name}', {value})")).await?;
        }
    }
    Ok(())
}

const fn rowid(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Sqlite => "rowid",
        _ => "number",
    }
}

/// Words with spaces between them, and between texts a character of private use that nobody searches.
fn spaced(parts: &[&Vec<Text>]) -> String {
    let mut line = String::new();
    for text in parts.iter().flat_map(|texts| texts.iter()) {
        for word in words(&text.text) {
            line.push_str(&word);
            line.push(' ');
        }
        line.push_str("\u{E000} ");
    }
    line
}

/// Words with their places, as PostgreSQL writes a `tsvector`: `'celula':3 'operativa':4`. Between texts one place is left out.
fn placed(parts: &[&Vec<Text>]) -> String {
    use std::fmt::Write as _;
    let mut line = String::new();
    let mut place = 0;
    for text in parts.iter().flat_map(|texts| texts.iter()) {
        place += 1;
        for word in words(&text.text) {
            place += 1;
            // Letters and digits alone: nothing in it that would have to be escaped. Longer ones PostgreSQL refuses.
            if place < PLACES && word.len() < 2_000 {
                _ = write!(line, "'{word}':{place} ");
            }
        }
    }
    line
}

impl Store {
    /// Begins the log where something was published before there was one, makes what is derived from the record anew where this
    /// version derives it otherwise than the one before, and puts back what readers look by where writing a whole record broke
    /// off. To be called after the migrations, unless [`Store::is_prepared`].
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn prepare(&self, now: DateTimeUtc) -> Result<(), StoreError> {
        let db = self.begin_writing().await?;
        let state = revision::lock(&db).await?;
        log::begin(&db, &state, now.trunc_subsecs(6)).await?;
        derive_all(&db, state.texts != VERSION, !glance::is_kept(&db).await?, now).await?;
        if state.texts != VERSION || !lookups::lookups(&db, false).await?.is_empty() {
            lookups::put_back(&db).await?;
        }
        db.commit().await?;
        self.indexes.forget_words();
        Ok(())
    }

    /// Whether [`Store::prepare`] has nothing to do.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn is_prepared(&self) -> Result<bool, StoreError> {
        let state = record_state::Entity::find_by_id(1).one(&self.db).await?;
        let Some(state) = state.filter(|state| state.texts == VERSION) else { return Ok(false) };
        let logged = state.revision == 0 || log::newest(&self.db).await?.is_some();
        Ok(logged && glance::is_kept(&self.db).await? && lookups::lookups(&self.db, false).await?.is_empty())
    }
}

/// Makes anew what is derived of every published pledge, as far as it is asked for: the index of its words, and what is kept of it
/// at a glance.
async fn derive_all(db: &impl ConnectionTrait, words: bool, glances: bool, now: DateTimeUtc) -> Result<(), StoreError> {
    if !words && !glances {
        return Ok(());
    }
    if words {
        expect_many(db).await?;
    }
    let mut last = 0;
    loop {
        let batch = publish::numbered_after(db, last, BATCH).await?;
        let Some((_, number)) = batch.last() else { break };
        last = *number;
        if words {
            index(db, &batch, now).await?;
        }
        if glances {
            let numbers: Vec<i64> = batch.iter().map(|(_, number)| *number).collect();
            glance::keep(db, &numbers, now).await?;
        }
    }
    if words {
        record_state::Entity::update_many().col_expr(record_state::Column::Texts, Expr::value(VERSION)).exec(db).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_phrase_runs_from_one_text_into_the_next() {
        let text = |text: &str| Text { language: "en".into(), text: text.into() };
        let (title, body) = (vec![text("One cell")], vec![text("Céls-2 'x'")]);
        assert_eq!(placed(&[&title, &body]), "'one':2 'cell':3 'cels':5 '2':6 'x':7 ");
        assert_eq!(spaced(&[&title, &body]), "one cell \u{E000} cels 2 x \u{E000} ");
    }
}

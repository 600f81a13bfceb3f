//! Searching the texts of pledges: the full text of SQLite (FTS5) and of PostgreSQL behind one function, with the same results.

use std::{
    collections::{BTreeSet, HashMap},
    slice,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use domain::{
    Moment, Search,
    search::{Term, words},
};
use futures_util::future::try_join_all;
use roaring::RoaringBitmap;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement,
    prelude::{DateTimeUtc, Uuid},
};

use crate::{
    Engine, Named, Store, StoreError,
    entity::pledge,
    index::{Held, Said},
    row,
    texts::{Texts, indexed_at, texts_of, variants_of},
};

/// A word of fewer letters says little of what a title is about.
const TELLING: usize = 4;

/// A word is common that one pledge in so many has.
const COMMON: usize = 100;

/// For how many of the common words it is found out at the start who has them, and how long that may take.
const MOST_COMMON: usize = 700;
const FINDING: Duration = Duration::from_mins(2);

/// How many words of a title are looked for.
const WORDS: usize = 12;

/// How many pledges that have words of a title are looked at more closely.
const ALIKE: usize = 40;

/// How many candidates are read again at a time, where a search goes to another moment.
const BATCH: usize = 500;

/// How well a pledge fits a search: the fewer of its texts it takes to find every term, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// All terms are in its titles.
    Title,
    /// All are in what was promised, by whom and where.
    Body,
    /// All are somewhere in it, also in the evidence.
    Evidence,
}

/// The pledges that have what is searched, by how well they fit: those that fit so well or better. How well is asked for only where
/// it matters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    /// The revision of the record at a glance when it was searched.
    pub revision: i64,
    all: RoaringBitmap,
    body: Option<RoaringBitmap>,
    title: Option<RoaringBitmap>,
}

impl Hits {
    /// All of them, by number.
    pub fn all(&self) -> &RoaringBitmap {
        &self.all
    }

    /// Those that fit exactly so well, the best first, as far as was asked for.
    pub fn exactly(&self) -> [(Fit, RoaringBitmap); 3] {
        let none = RoaringBitmap::new();
        let title = self.title.as_ref().unwrap_or(&none);
        let body = self.body.as_ref().unwrap_or(title);
        [(Fit::Title, title.clone()), (Fit::Body, body - title), (Fit::Evidence, &self.all - body)]
    }

    pub fn insert(&mut self, number: u32, fit: Fit) {
        let (body, title) = (self.body.get_or_insert_default(), self.title.get_or_insert_default());
        self.all.insert(number);
        if fit <= Fit::Body {
            body.insert(number);
        }
        if fit == Fit::Title {
            title.insert(number);
        }
    }

    /// Whether it is known, of as many of the best of some pledges, how well they fit.
    pub fn are_told_apart(&self, some: &RoaringBitmap, best: usize) -> bool {
        let enough = |title: &RoaringBitmap| title.intersection_len(some) >= best as u64;
        self.body.is_some() || self.title.as_ref().is_some_and(enough)
    }
}

impl Store {
    /// The published pledges that have every term of the search in their texts of today, and which have them in their titles if it
    /// matters how well they fit.
    pub(crate) async fn hits(&self, search: &Search, by_fit: bool) -> Result<Hits, StoreError> {
        let title = async { if by_fit { Ok(Some(self.numbers_with(search, Fit::Title).await?)) } else { Ok(None) } };
        let revision = self.indexes.known();
        // At the same time, each on a connection of its own.
        let (all, title) = tokio::try_join!(self.numbers_with(search, Fit::Evidence), title)?;
        Ok(Hits { revision, all: title.as_ref().map_or_else(|| all.clone(), |title| &all | title), body: None, title })
    }

    /// Finds out which fit as well as [`Fit::Body`].
    pub(crate) async fn tell_apart(&self, search: &Search, hits: &mut Hits) -> Result<(), StoreError> {
        let mut body = self.numbers_with(search, Fit::Body).await?;
        body &= &hits.all;
        hits.title.iter().for_each(|title| body |= title);
        hits.body = Some(body);
        Ok(())
    }

    /// The numbers of the pledges that fit a search so well or better.
    async fn numbers_with(&self, search: &Search, fit: Fit) -> Result<RoaringBitmap, StoreError> {
        let known = |term: &Term| self.indexes.found(&(vec![term.clone()], fit)).is_ok();
        // SQLite reads all that has a term that may go on, whatever else is asked for; so each is asked for by itself, and need not
        // be asked for again with other terms. PostgreSQL can do better with all of them.
        let apart = self.engine == Engine::Sqlite || search.terms.iter().all(known);
        let together = if apart { 1 } else { search.terms.len().max(1) };
        let mut found: Option<RoaringBitmap> = None;
        for terms in search.terms.chunks(together) {
            let numbers = self.numbers_of(terms, fit).await?;
            found = Some(found.map_or_else(|| numbers.as_ref().clone(), |found| found & numbers.as_ref()));
            if found.as_ref().is_some_and(RoaringBitmap::is_empty) {
                break;
            }
        }
        Ok(found.unwrap_or_default())
    }

    /// Finds out who has the words that come up often in some pledges, for those who will search them.
    pub(crate) async fn find_common_words(&self, sample: &[Uuid], today: NaiveDate, now: DateTimeUtc) -> Result<(), StoreError> {
        let texts = texts_of(&self.db, sample, indexed_at(now)).await?;
        let said: Vec<Said> = texts.values().map(Said::of).collect();
        let mut often: HashMap<&str, usize> = HashMap::new();
        for word in said.iter().flat_map(Said::words).filter(|word| word.chars().count() >= TELLING) {
            *often.entry(word).or_default() += 1;
        }
        let mut often: Vec<(usize, &str)> =
            often.into_iter().map(|(word, count)| (count, word)).filter(|(count, _)| *count * COMMON >= said.len()).collect();
        often.sort_unstable_by(|a, b| b.cmp(a));
        let begun = Instant::now();
        for (_, word) in often.into_iter().take(MOST_COMMON).take_while(|_| begun.elapsed() < FINDING) {
            let term = Term { words: vec![word.to_owned()], prefix: true };
            for fit in [Fit::Title, Fit::Evidence] {
                let found = self.numbers_of(slice::from_ref(&term), fit).await?;
                if fit == Fit::Evidence {
                    self.count_found(today, &term, &found).await;
                }
            }
        }
        Ok(())
    }

    /// The numbers of the pledges that have some terms in as much of their texts, from memory where it was asked before.
    async fn numbers_of(&self, terms: &[Term], fit: Fit) -> Result<Arc<RoaringBitmap>, StoreError> {
        let asked = (terms.to_vec(), fit);
        let revision = match self.indexes.found(&asked) {
            Ok(found) => return Ok(found),
            Err(revision) => revision,
        };
        let found = Arc::new(self.read_numbers_of(terms, fit).await?);
        self.indexes.note_found(asked, &found, revision);
        Ok(found)
    }

    /// The same from the database, with commas between them: many short rows would cost more than they hold.
    async fn read_numbers_of(&self, terms: &[Term], fit: Fit) -> Result<RoaringBitmap, StoreError> {
        let backend = self.db.get_database_backend();
        let statement = if backend == DbBackend::Sqlite {
            let columns = match fit {
                Fit::Title => "{title} : ",
                Fit::Body => "{title body} : ",
                // All there are; to name them would only make FTS5 look where in a text each word is.
                Fit::Evidence => "",
            };
            let sql = "select string_agg(rowid, ',') from pledge_text where pledge_text match $1";
            Statement::from_sql_and_values(backend, sql, [fts5(terms, columns).into()])
        } else {
            let column = match fit {
                Fit::Title => "title",
                Fit::Body => "body",
                Fit::Evidence => "evidence",
            };
            let sql = "select pledge_numbers($1, $2::tsquery)";
            Statement::from_sql_and_values(backend, sql, [column.into(), tsquery(terms).into()])
        };
        let row = self.db.query_one_raw(statement).await?;
        let packed: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
        Ok(packed.unwrap_or_default().split(',').filter_map(|number| number.parse::<u32>().ok()).collect())
    }

    /// Published pledges whose titles have at least half of their words in common with this one, the most alike first: whoever
    /// enters a pledge should see whether it is there already.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn similar(&self, title: &str) -> Result<Vec<Named>, StoreError> {
        let mut sought: Vec<String> = words(title).filter(|word| word.chars().count() >= TELLING).collect();
        sought.sort_unstable();
        sought.dedup();
        sought.truncate(WORDS);
        if sought.is_empty() {
            return Ok(Vec::new());
        }
        let having = sought.iter().map(|word| async {
            let term = |prefix| Term { words: vec![word.clone()], prefix };
            // Who has a common word is known with what goes on from it; no more is needed, since the titles are looked at below.
            match self.indexes.found(&(vec![term(true)], Fit::Title)) {
                Ok(known) => Ok(known),
                Err(_) => self.numbers_of(slice::from_ref(&term(false)), Fit::Title).await,
            }
        });
        let having = Box::pin(try_join_all(having)).await?;
        let numbers = with_most(&having, sought.len().div_ceil(2), ALIKE).into_iter().map(i64::from);
        let found = pledge::Entity::find()
            .filter(pledge::Column::Number.is_in(numbers))
            .filter(pledge::Column::RecordedAt.is_not_null())
            .all(&self.db)
            .await?;
        let mut alike: Vec<(usize, Named)> = Vec::new();
        for row in found {
            let of = |text: &Option<String>| -> BTreeSet<String> {
                words(text.as_deref().unwrap_or_default()).filter(|word| word.chars().count() >= TELLING).collect()
            };
            let best = [of(&row.title_en), of(&row.title_es)].into_iter().filter_map(|title| {
                let common = sought.iter().filter(|word| title.contains(*word)).count();
                (common * 2 >= sought.len().max(title.len()).max(2)).then_some(common)
            });
            if let Some(common) = best.max() {
                let named = Named { slug: row::slug(&row.slug)?, name: row::localized(row.title_en, row.title_es) };
                alike.push((common, named));
            }
        }
        alike.sort_by_key(|(common, named)| (std::cmp::Reverse(*common), named.slug.clone()));
        Ok(alike.into_iter().take(5).map(|(_, named)| named).collect())
    }

    /// What is found at another moment, by what could be read then. Where that is what is read today, nothing is read again.
    pub(crate) async fn hits_at(
        &self,
        search: &Search,
        mut today: Hits,
        held: &Held<'_>,
        moment: Moment,
    ) -> Result<Hits, StoreError> {
        self.tell_apart(search, &mut today).await?;
        let promised = today.body.take().unwrap_or_default();
        let (kept, doubtful) = {
            let index = held.read();
            let (mut kept, others) = index.told_as_today(search, &today.all, moment.as_of);
            let mut doubtful = Vec::new();
            for (entry, again) in others {
                // What was promised does not change with the day, only what came of it.
                if !again && promised.contains(entry.number) {
                    kept.insert(entry.number);
                } else {
                    doubtful.push((entry.id, entry.number, index.told_otherwise(entry.number).cloned()));
                }
            }
            (kept, doubtful)
        };
        let mut hits =
            Hits { revision: 0, body: Some(&promised & &kept), title: today.title.map(|title| title & &kept), all: kept };
        for batch in doubtful.chunks(BATCH) {
            let ids: Vec<Uuid> = batch.iter().map(|(id, ..)| *id).collect();
            let mut texts = texts_of(&self.db, &ids, moment).await?;
            let told = || batch.iter().filter_map(|(id, _, told)| Some((*id, told.as_ref()?)));
            let otherwise: Vec<Uuid> = told().map(|(id, _)| id).collect();
            let mut variants =
                if otherwise.is_empty() { HashMap::new() } else { variants_of(&self.db, &otherwise, moment).await? };
            for (id, told) in told() {
                let Some(texts) = texts.get_mut(&id) else { continue };
                let Texts { title, body, .. } = told.texts(variants.remove(&id));
                (texts.title, texts.body) = (title, body);
            }
            for (id, number, _) in batch {
                if let Some(fit) = texts.get(id).and_then(|texts| fit(search, texts)) {
                    hits.insert(*number, fit);
                }
            }
        }
        Ok(hits)
    }
}

/// The numbers that are in the most of some sets, those in more first: as many as are wanted, and none that is in fewer than `least`.
fn with_most(sets: &[Arc<RoaringBitmap>], least: usize, wanted: usize) -> Vec<u32> {
    // In the place `n`, what is in more than `n` of the sets so far.
    let mut in_more: Vec<RoaringBitmap> = vec![RoaringBitmap::new(); sets.len()];
    for set in sets {
        for place in (1..in_more.len()).rev() {
            let again = &in_more[place - 1] & set.as_ref();
            in_more[place] |= again;
        }
        in_more[0] |= set.as_ref();
    }
    let mut most = Vec::new();
    let mut taken = RoaringBitmap::new();
    for numbers in in_more.iter().skip(least.max(1) - 1).rev() {
        most.extend((numbers - &taken).iter().take(wanted - most.len()));
        if most.len() >= wanted {
            break;
        }
        taken |= numbers;
    }
    most
}

/// How well texts fit a search; `None` if a term is in none of them.
fn fit(search: &Search, texts: &Texts) -> Option<Fit> {
    let mut seen: Vec<&str> = Vec::new();
    for (fit, part) in [(Fit::Title, &texts.title), (Fit::Body, &texts.body), (Fit::Evidence, &texts.evidence)] {
        seen.extend(part.iter().map(|text| text.text.as_str()));
        if search.found_in(&seen) {
            return Some(fit);
        }
    }
    None
}

/// The terms in FTS5's language: `{title body} : ("celula operat" * AND "cell")`. Words are letters and digits alone, so
/// that nothing in them has a meaning of its own within the quotation marks.
fn fts5(terms: &[Term], columns: &str) -> String {
    let terms: Vec<String> =
        terms.iter().map(|term| format!("\"{}\"{}", term.words.join(" "), if term.prefix { " *" } else { "" })).collect();
    format!("{columns}({})", terms.join(" AND "))
}

/// The terms in PostgreSQL's language: `'celula' <-> 'operat':* & 'cell'`.
fn tsquery(terms: &[Term]) -> String {
    let quoted = |term: &Term| {
        let words: Vec<String> = term.words.iter().map(|word| format!("'{word}'")).collect();
        format!("{}{}", words.join(" <-> "), if term.prefix { ":*" } else { "" })
    };
    terms.iter().map(quoted).collect::<Vec<_>>().join(" & ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_in_the_most_sets_come_first() {
        let sets: Vec<Arc<RoaringBitmap>> = [vec![1, 2, 3, 9], vec![2, 3, 4], vec![3, 4, 9], vec![3, 5]]
            .into_iter()
            .map(|set| Arc::new(set.into_iter().collect()))
            .collect();
        assert_eq!(with_most(&sets, 2, 40), [3, 2, 4, 9]);
        assert_eq!(with_most(&sets, 1, 5), [3, 2, 4, 9, 1]);
        assert_eq!(with_most(&sets, 2, 2), [3, 2]);
        assert_eq!(with_most(&sets, 5, 40), Vec::<u32>::new());
        assert_eq!(with_most(&[], 1, 40), Vec::<u32>::new());
    }

    #[test]
    fn each_engine_is_asked_in_its_language() {
        let search = Search::parse("célula co-oper \"grupo trilateral\" a").unwrap();
        assert_eq!(fts5(&search.terms, "{title} : "), r#"{title} : ("celula" * AND "co oper" * AND "grupo trilateral" AND "a")"#);
        assert_eq!(tsquery(&search.terms), "'celula':* & 'co' <-> 'oper':* & 'grupo' <-> 'trilateral' & 'a'");
    }
}

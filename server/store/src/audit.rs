//! The log of every act at the desk, for administrators: written in the transaction of the act itself.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::Act;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, Func, LikeExpr},
};

use crate::{
    Editor, Store, StoreError, Token,
    entity::{audit_entry, person, token},
};

/// What somebody did.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// Which entry it is.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, by name and address; `None` where the command line acted or nobody was signed in.
    pub person: Option<(String, String)>,
    /// The name of the token by which a program acted for them.
    pub token: Option<String>,
    /// What, as a code: `draft.submit`.
    pub act: String,
    /// To what: `draft`, `pledge`, `person`, and its name.
    pub subject: (String, String),
    /// What else there is to say.
    pub detail: Option<String>,
}

/// What an act was done to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a>(pub &'static str, pub &'a str);

/// Notes an act, in its own transaction.
pub(crate) async fn note(
    db: &impl ConnectionTrait,
    editor: Option<&Editor>,
    act: &'static str,
    subject: Subject<'_>,
    detail: Option<String>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = audit_entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        at: Set(now),
        person_id: Set(editor.map(|editor| editor.id)),
        token_id: Set(editor.and_then(|editor| editor.token.as_ref()).map(|token| token.id)),
        act: Set(act.to_owned()),
        subject_kind: Set(subject.0.to_owned()),
        subject: Set(subject.1.to_owned()),
        detail: Set(detail),
    };
    audit_entry::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Which entries are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Only what this person did.
    pub person: Option<Uuid>,
    /// Only what was done by this token.
    pub token: Option<Uuid>,
    /// Only acts of this kind.
    pub act: Option<String>,
    /// Only what was done to something with this in its name.
    pub subject: Option<String>,
    /// Only from this day (UTC) on.
    pub from: Option<NaiveDate>,
    /// Only until this day, with it.
    pub until: Option<NaiveDate>,
}

impl AuditQuery {
    fn condition(&self) -> Condition {
        use audit_entry::Column as C;
        let begin = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        let after = self.until.map(|until| begin(until.checked_add_days(Days::new(1)).unwrap_or(until)));
        // What is typed is looked for as it stands, whatever the letters' case.
        let like = |text: &String| {
            let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            Expr::expr(Func::lower(Expr::col(C::Subject))).like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
        };
        Condition::all()
            .add_option(self.person.map(|person| C::PersonId.eq(person)))
            .add_option(self.token.map(|token| C::TokenId.eq(token)))
            .add_option(self.act.as_ref().map(|act| C::Act.eq(act)))
            .add_option(self.subject.as_ref().map(like))
            .add_option(self.from.map(|from| C::At.gte(begin(from))))
            .add_option(after.map(|after| C::At.lt(after)))
    }
}

/// By what the log can be narrowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// Everybody, by name.
    pub people: Vec<Editor>,
    /// Every token that was ever made, by name.
    pub tokens: Vec<Token>,
    /// Every kind of act that has been done.
    pub acts: Vec<String>,
}

impl Store {
    /// The log, the newest entry first, at most `limit` of them, from before an entry on.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn audit(
        &self,
        editor: &Editor,
        query: &AuditQuery,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        use audit_entry::Column as C;
        editor.must(Act::ReadAudit)?;
        let mut asked = audit_entry::Entity::find().filter(query.condition());
        if let Some(before) = before {
            let Some(last) = audit_entry::Entity::find_by_id(before).one(&self.db).await? else { return Ok(Vec::new()) };
            let older = Condition::all().add(C::At.eq(last.at)).add(C::Id.lt(last.id));
            asked = asked.filter(Condition::any().add(C::At.lt(last.at)).add(older));
        }
        let rows = asked.order_by_desc(C::At).order_by_desc(C::Id).limit(limit).all(&self.db).await?;
        let ids = rows.iter().filter_map(|row| row.person_id);
        let people = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(&self.db).await?;
        let people: HashMap<Uuid, (String, String)> =
            people.into_iter().map(|person| (person.id, (person.name, person.email))).collect();
        let ids = rows.iter().filter_map(|row| row.token_id);
        let tokens = token::Entity::find().filter(token::Column::Id.is_in(ids)).all(&self.db).await?;
        let tokens: HashMap<Uuid, String> = tokens.into_iter().map(|token| (token.id, token.name)).collect();
        let entry = |row: audit_entry::Model| AuditEntry {
            id: row.id,
            at: row.at,
            token: row.token_id.and_then(|id| tokens.get(&id).cloned()),
            person: row.person_id.and_then(|id| people.get(&id).cloned()),
            act: row.act,
            subject: (row.subject_kind, row.subject),
            detail: row.detail,
        };
        Ok(rows.into_iter().map(entry).collect())
    }

    /// By what the log can be narrowed.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn audited(&self, editor: &Editor) -> Result<Audited, StoreError> {
        editor.must(Act::ReadAudit)?;
        let people = person::Entity::find().order_by_asc(person::Column::Name).all(&self.db).await?;
        let acts = audit_entry::Entity::find()
            .select_only()
            .column(audit_entry::Column::Act)
            .distinct()
            .order_by_asc(audit_entry::Column::Act)
            .into_tuple()
            .all(&self.db)
            .await?;
        let people = people.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?;
        Ok(Audited { people, tokens: self.all_tokens().await?, acts })
    }
}

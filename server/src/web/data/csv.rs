//! Tables as CSV (RFC 4180), in UTF-8.

use ::csv::{Terminator, Writer, WriterBuilder};
use domain::{Party, meeting::Meeting, open_data::Table, topic::Topic};
use store::{MeetingDossier, Named, PartyDossier, StoreError};

use super::{
    cells::{Cell, Row},
    flow::{Sink, Stopped},
    rows,
    walk::{Asked, Names, Walk, listed},
};

/// The media type, with what RFC 4180 lets it say.
pub(super) const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";

/// Writes a table.
pub(super) async fn write(table: Table, asked: Asked, mut sink: Sink) -> Result<Sink, Stopped> {
    let header = table.columns.iter().map(|column| Cell::code(column.name)).collect();
    put(&[header], &mut sink)?;
    if asked.query.is_of_all()
        && let Some(rows) = at_once(table.name, &asked).await?
    {
        put(&rows, &mut sink)?;
        return Ok(sink);
    }
    let mut walk = Walk::through(&asked);
    let mut names = Names::default();
    while let Some(dossiers) = walk.next().await? {
        let rows = match table.name {
            "pledges" => dossiers.iter().map(|dossier| rows::pledge(dossier, &asked.site)).collect(),
            "history" => dossiers.iter().flat_map(rows::history).collect(),
            "variants" => dossiers.iter().flat_map(rows::variants).collect(),
            "citations" => dossiers.iter().flat_map(rows::citations).collect(),
            referred_to => {
                let new = names.take(&dossiers);
                of_names(referred_to, &mut names, &new, &asked).await?
            }
        };
        put(&rows, &mut sink)?;
        sink.flow().await?;
    }
    Ok(sink)
}

/// The rows of a short table where all pledges are asked for, so that nobody waits for a walk through them; `None` for others.
async fn at_once(table: &str, asked: &Asked) -> Result<Option<Vec<Row>>, StoreError> {
    let Asked { store, moment, .. } = asked;
    Ok(Some(match table {
        "parties" => {
            let party = |PartyDossier { named: Named { slug: id, name }, kind, iso }| rows::party(&Party { id, name, kind, iso });
            store.parties(*moment).await?.into_iter().map(|counted| party(counted.thing)).collect()
        }
        "meetings" => {
            let meeting = |MeetingDossier { named: Named { slug: id, name }, held_on, place }| {
                rows::meeting(&Meeting { id, name, held_on, place })
            };
            store.meetings(*moment).await?.into_iter().map(|counted| meeting(counted.thing)).collect()
        }
        "topics" => {
            let topic = |Named { slug: id, name }| rows::topic(&Topic { id, name });
            store.topics(*moment).await?.into_iter().map(|counted| topic(counted.thing)).collect()
        }
        _ => return Ok(None),
    }))
}

/// The rows of what pledges refer to by name.
async fn of_names(table: &str, known: &mut Names, new: &Names, asked: &Asked) -> Result<Vec<Row>, StoreError> {
    let store = &asked.store;
    Ok(match table {
        "sources" => known.sources(store, listed(&new.sources)).await?.iter().map(rows::source).collect(),
        "parties" => new.parties(store).await?.iter().map(rows::party).collect(),
        "meetings" => new.meetings(store).await?.iter().map(rows::meeting).collect(),
        _ => new.topics(store).await?.iter().map(rows::topic).collect(),
    })
}

fn put(rows: &[Row], sink: &mut Sink) -> Result<(), Stopped> {
    let mut writer: Writer<&mut Vec<u8>> = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(sink.gathered());
    for row in rows {
        writer.write_record(row.iter().map(|cell| cell.in_csv().into_owned())).map_err(std::io::Error::from)?;
    }
    Ok(writer.flush()?)
}

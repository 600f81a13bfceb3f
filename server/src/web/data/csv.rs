//! Tables as CSV (RFC 4180), in UTF-8.

use ::csv::{Terminator, Writer, WriterBuilder};
use domain::open_data::Table;
use store::StoreError;

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
    let mut walk = Walk::through(&asked);
    let mut names = Names::default();
    while let Some(dossiers) = walk.next().await? {
        let rows = match table.name {
            "pledges" => dossiers.iter().map(|dossier| rows::pledge(dossier, &asked.site)).collect(),
            "history" => dossiers.iter().flat_map(rows::history).collect(),
            "variants" => dossiers.iter().flat_map(rows::variants).collect(),
            "citations" => dossiers.iter().flat_map(rows::citations).collect(),
            named => {
                let new = names.take(&dossiers);
                of_names(named, &mut names, &new, &asked).await?
            }
        };
        put(&rows, &mut sink)?;
        sink.flow().await?;
    }
    Ok(sink)
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

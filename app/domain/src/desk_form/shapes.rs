//! What the API is sent for the forms of the desk: the shape of the record file, and what a form has besides.

use crate::{
    citation::{Authority, Stance},
    draft::DraftKind,
    party::{PartyKind, Role},
    pledge::VariantField,
    shape::{
        Object,
        Shape::{self, Beside, Code, Date, DateOrWords, Flag, List, Number, Short, Text},
        TEXT, objects,
    },
    source::SourceKind,
    status::{Confidence, PledgeStatus},
    translation::Original,
};

const BOTH: Shape = Shape::Object(&TEXT);
const CITATIONS: Shape = List(&Shape::Object(&CITATION));

objects! {
    /// A source, known or new. The known one of an address needs nothing but its `url`.
    SOURCE = "SourceContent" {
        "id": Text, "Its name in addresses; made from publisher and address if it is left out.";
        "url": Text, "Where it was published: http or https.";
        "title": Text, "Its title, in its own language.";
        "publisher": Text, "Who published it.";
        "language": Text, "Its language (BCP 47).";
        "published_on": Date, "When it was published.";
        "kind": Code(SourceKind::CODES), "What kind of document it is; `news` if it is left out.";
        "translation_of": Text, "The `id` of the source that it translates.";
        "archive_url": Text, "Where an archive keeps it: http or https. It may be given later for a known source that has none.";
        "original": Shape::Object(&SOURCE), "That source, if it is new too.";
    }
    /// What a source says for a claim.
    CITATION = "CitationContent" {
        "source": Short("id", &SOURCE), "The source: its `id` if the record has it, or all of it.";
        "quote": Text, "The passage, word for word.";
        "locator": Text, "Where in the source it stands.";
        "language": Text, "The language of the passage (BCP 47); that of the source if it is left out.";
        "stance": Code(Stance::CODES), "How the source stands to the claim; `supports` if it is left out.";
        "authority": Code(Authority::CODES), "Who speaks in it.";
    }
    /// A party that the record does not know yet.
    NEW_PARTY = "NewPartyContent" {
        "id": Text, "Its name in addresses; made from its name if it is left out.";
        "name": BOTH, "What it is called.";
        "kind": Code(PartyKind::CODES), "What it is.";
        "iso": Text, "Two capital letters (ISO 3166-1), for a country.";
    }
    /// A party of a pledge and its role.
    PARTY = "PledgePartyContent" {
        "party": Text, "The party: its `id`, or its name in the record.";
        "role": Code(Role::CODES), "Its role.";
        "new": Shape::Object(&NEW_PARTY), "What a new party is; a known one of its name is taken in its place.";
    }
    /// A topic that the record does not know yet.
    NEW_TOPIC = "NewTopicContent" {
        "id": Text, "Its name in addresses; made from its name if it is left out.";
        "name": BOTH, "What it is called.";
    }
    /// A topic of a pledge.
    TOPIC = "PledgeTopicContent" {
        "topic": Text, "The topic: its `id`, or its name in the record.";
        "new": Shape::Object(&NEW_TOPIC), "What a new topic is.";
    }
    /// A meeting that the record does not know yet.
    NEW_MEETING = "NewMeetingContent" {
        "id": Text, "Its name in addresses; made from its name if it is left out.";
        "name": BOTH, "What it is called.";
        "held_on": Date, "When it was held.";
        "place": BOTH, "Where.";
    }
    /// An amount that was pledged.
    QUANTITY = "QuantityContent" {
        "value": Number, "How many or how much, 0 or more.";
        "unit": BOTH, "Of what.";
    }
    /// What one source says about a field on which sources differ.
    VARIANT = "VariantContent" {
        "field": Code(VariantField::CODES), "The field.";
        "value": DateOrWords("value_on", "value"), "What the source says: a date or a text.";
        "value_on": Beside("value_on", "value"), "A date beside a text, which is one too many.";
        "taken": Flag, "Whether the record goes by this one.";
        "source": Short("id", &SOURCE), "The source: its `id` if the record has it, or all of it.";
        "quote": Text, "The passage, word for word.";
        "locator": Text, "Where in the source it stands.";
        "language": Text, "The language of the passage (BCP 47); that of the source if it is left out.";
        "stance": Code(Stance::CODES), "How the source stands to the claim; `supports` if it is left out.";
        "authority": Code(Authority::CODES), "Who speaks in it.";
    }
    /// A change of status, with its evidence or with where was searched and nothing found.
    STATUS_CHANGE = "StatusChangeContent" {
        "status": Code(PledgeStatus::CODES), "The new status.";
        "effective_on": Date, "When it happened.";
        "rationale": BOTH, "What happened, and why this status.";
        "citations": CITATIONS, "The evidence.";
        "searched": BOTH, "Where was searched and nothing found.";
        "confidence": Code(Confidence::CODES), "How sure one can be.";
        "party": Text, "The party whose own status it is, on a joint pledge.";
        "override_reason": BOTH, "Why the pledge's status differs from what those of its parties amount to.";
        "replaces": Number, "For a correction: the position of the change that it corrects, from 0.";
        "reason": BOTH, "For a correction: why.";
    }
    /// In which language the texts of a pledge were written: in one of the two, so that the other is a translation, or each for itself.
    ORIGINALS = "OriginalsContent" {
        "title": Code(Original::CODES), "That of the title.";
        "summary": Code(Original::CODES), "That of the summary.";
        "wording": Code(Original::CODES), "That of the wording.";
    }
    /// Translations that still hold although their originals were changed.
    STILL_RIGHT = "StillRightContent" {
        "title": Flag, "That of the title.";
        "summary": Flag, "That of the summary.";
        "wording": Flag, "That of the wording.";
    }
    /// A new pledge, as the record file has it.
    PLEDGE = "PledgeContent" {
        "id": Text, "Its name in addresses; made from its title if it is left out.";
        "title": BOTH, "What it is called.";
        "summary": BOTH, "What was promised, in the record's words.";
        "wording": BOTH, "What was promised, in the parties' words.";
        "originals": Shape::Object(&ORIGINALS), "In which language each text was written, where it is known.";
        "made_on": Date, "When it was made.";
        "meeting": Text, "The meeting at which it was made: its `id`, or its name in the record.";
        "new_meeting": Shape::Object(&NEW_MEETING), "That meeting, if it is new.";
        "parties": List(&Shape::Object(&PARTY)), "Who is in it, and as what; at least one.";
        "topics": List(&Short("topic", &TOPIC)), "What it is about: an `id` for each known topic.";
        "due_on": DateOrWords("due_on", "due_words"), "When it is due: a date, or the words in its place.";
        "due_words": Beside("due_on", "due_words"), "Words beside a date, which is one too many.";
        "quantity": Shape::Object(&QUANTITY), "The amount that was pledged.";
        "citations": CITATIONS, "The sources of the pledge itself.";
        "variants": List(&Shape::Object(&VARIANT)), "What sources say differently.";
        "history": List(&Shape::Object(&STATUS_CHANGE)), "Its changes of status. Left out, it was announced when it was made, as its sources show.";
    }
    /// An edit of a published pledge. Its history stays; `citations` and `variants` are added to those that it has.
    EDIT = "EditContent" {
        "id": Text, "A new name in addresses; the old one leads to it.";
        "title": BOTH, "What it is called.";
        "summary": BOTH, "What was promised, in the record's words.";
        "wording": BOTH, "What was promised, in the parties' words.";
        "originals": Shape::Object(&ORIGINALS), "In which language each text was written, where it is known.";
        "made_on": Date, "When it was made.";
        "meeting": Text, "The meeting at which it was made: its `id`, or its name in the record.";
        "new_meeting": Shape::Object(&NEW_MEETING), "That meeting, if it is new.";
        "parties": List(&Shape::Object(&PARTY)), "Who is in it, and as what; at least one.";
        "topics": List(&Short("topic", &TOPIC)), "What it is about: an `id` for each known topic.";
        "due_on": DateOrWords("due_on", "due_words"), "When it is due: a date, or the words in its place.";
        "due_words": Beside("due_on", "due_words"), "Words beside a date, which is one too many.";
        "quantity": Shape::Object(&QUANTITY), "The amount that was pledged.";
        "citations": CITATIONS, "Sources to be added.";
        "variants": List(&Shape::Object(&VARIANT)), "What is to be added of what sources say differently.";
        "still_right": Shape::Object(&STILL_RIGHT), "Translations that hold although this changes their originals.";
        "reason": BOTH, "Why it is corrected; readers see it.";
    }
    /// A published pledge is taken out of the record, with a notice in its place.
    WITHDRAWAL = "WithdrawalContent" {
        "notice": BOTH, "What readers find in its place.";
    }
    /// How a draft is approved.
    APPROVAL = "ApprovalContent" {
        "publish_at": Text, "When it is to be published, as an RFC 3339 timestamp; at once if it is left out. A time that is over is refused.";
        "override_reason": Text, "Why an administrator approves a draft of their own; readers see it.";
    }
    /// Words of a reviewer on a field.
    REMARK = "RemarkContent" {
        "field": Text, "The path of the field.";
        "words": Text, "What is to be changed.";
    }
    /// Why a draft is returned to its writers: a note, comments, or both.
    RETURN = "ReturnContent" {
        "note": Text, "Words on the whole.";
        "comments": List(&Shape::Object(&REMARK)), "Words on single fields.";
    }
    /// A look at a pledge that found nothing new.
    CHECK = "CheckContent" {
        "note": Text, "Where one has looked, for the desk alone.";
        "language": Code(crate::locale::Locale::CODES), "The language of the note; `en` if it is left out.";
    }
}

/// The shape of drafts of a kind.
#[must_use]
pub fn of(kind: DraftKind) -> &'static Object {
    match kind {
        DraftKind::Pledge => &PLEDGE,
        DraftKind::Edit => &EDIT,
        DraftKind::StatusChange => &STATUS_CHANGE,
        DraftKind::Withdrawal => &WITHDRAWAL,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{errors::FieldErrors, form::Fields, record::part};

    #[test]
    fn whatever_the_record_file_has_is_read() {
        let [change, variant] = part::CHANGE_AND_VARIANT_FIELDS;
        for (object, of) in [(&PLEDGE, part::PLEDGE_FIELDS), (&STATUS_CHANGE, change), (&VARIANT, variant)] {
            let missing: Vec<_> = of.iter().filter(|name| !object.names.contains(name)).collect();
            assert!(missing.is_empty(), "{}: {missing:?}", object.name);
        }
        // An edit has no history, gives a reason, and says which translations still hold.
        let edited: Vec<_> = EDIT.names.iter().filter(|name| !PLEDGE.names.contains(name)).collect();
        let kept: Vec<_> = PLEDGE.names.iter().filter(|name| !EDIT.names.contains(name)).collect();
        assert_eq!((edited, kept), (vec![&"still_right", &"reason"], vec![&"history"]));
    }

    #[test]
    fn the_shape_of_the_record_file_becomes_the_fields_of_the_form_and_back() {
        let pledge = json!({
            "title": { "en": "Host" }, "due_on": { "en": "soon" }, "topics": ["migration", { "new": { "name": { "en": "Whales" } } }],
            "parties": [{ "party": "gt", "role": "host" }], "quantity": { "value": 5 },
            "citations": [{ "source": "a-source", "quote": "x" }, { "source": { "url": "https://example.org", "title": "T" } }],
            "variants": [{ "field": "due_on", "value": "2024-04", "taken": true }, { "field": "title", "value": { "es": "t" } }],
        });
        let fields = PLEDGE.read(&pledge).unwrap();
        for (field, value) in [
            ("due_words.en", "soon"),
            ("topics[0].topic", "migration"),
            ("topics[1].new.name.en", "Whales"),
            ("quantity.value", "5"),
            ("citations[0].source.id", "a-source"),
            ("variants[0].value_on", "2024-04"),
            ("variants[0].taken", "true"),
            ("variants[1].value.es", "t"),
        ] {
            assert_eq!(fields.get(field), value, "{field}");
        }
        assert_eq!(PLEDGE.tell(&fields), pledge);
    }

    #[test]
    fn what_is_misspelt_or_of_another_type_is_named() {
        let wrong = json!({
            "titel": "x", "title": "x", "parties": { "party": "gt" }, "citations": [{ "sauce": "x", "quote": 5 }], "due_on": 2024,
            "variants": [{ "taken": "yes" }],
        });
        let errors = PLEDGE.read(&wrong).unwrap_err();
        let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
        for path in ["titel", "title", "parties", "citations[0].sauce", "citations[0].quote", "due_on", "variants[0].taken"] {
            assert!(paths.contains(&path), "{path}: {errors}");
        }
        assert_eq!(paths.len(), 7, "{errors}");
        let many = json!({ "topics": vec!["x"; 201] });
        assert!(PLEDGE.read(&many).unwrap_err().to_string().contains("at most 200 items"));
        assert_eq!(PLEDGE.read(&json!([])), Err(FieldErrors::one("", crate::Problem::WrongType("an object"))));
    }

    #[test]
    fn an_edit_says_only_what_it_changes() {
        let mut published = Fields::default();
        for (field, value) in
            [("title.en", "Old"), ("title.es", "Viejo"), ("due_on", "2024"), ("meeting", "m"), ("made_on", "2023")]
        {
            published.set(field, value);
        }
        let edit =
            json!({ "title": { "en": "New" }, "due_on": { "en": "soon" }, "meeting": null, "reason": { "en": "A slip." } });
        let fields = EDIT.read_over(&edit, &published).unwrap();
        let told =
            json!({ "title": { "en": "New" }, "made_on": "2023", "due_on": { "en": "soon" }, "reason": { "en": "A slip." } });
        assert_eq!(EDIT.tell(&fields), told);
    }

    proptest! {
        #[test]
        fn nothing_typed_is_lost_on_the_way(values in prop::collection::vec((0..12_usize, "[a-z0-9 ]{0,3}"), 0..12)) {
            const NAMES: [&str; 12] = [
                "due_on", "due_words.en", "due_words.es", "topics[0].topic", "topics[0].new.name.en", "topics[1].topic",
                "citations[0].source.id", "citations[0].source.url", "variants[0].value_on", "variants[0].value.en",
                "quantity.value", "parties[1].new.kind",
            ];
            let mut fields = Fields::default();
            for (name, value) in values {
                fields.set(NAMES[name], value);
            }
            prop_assert_eq!(PLEDGE.read(&PLEDGE.tell(&fields)).unwrap(), fields);
        }
    }
}

//! A pledge as the record file has it.

use domain::{
    Citation, Pledge,
    pledge::{PledgeParty, StatusChange, Variant},
};

use super::{Dossier, Step};
use crate::Cited;

impl Dossier {
    /// The pledge with the history that it had at the moment.
    #[must_use]
    pub fn as_recorded(&self) -> Pledge {
        let variant = |variant: &super::VariantRow| Variant {
            field: variant.field,
            value: variant.value.clone(),
            taken: variant.taken,
            citation: citation(&variant.cited),
        };
        Pledge {
            id: self.slug.clone(),
            title: self.title.clone(),
            summary: self.summary.clone(),
            wording: self.wording.clone(),
            originals: self.originals,
            made_on: self.made_on,
            meeting: self.meeting.as_ref().map(|meeting| meeting.named.slug.clone()),
            parties: self.parties.iter().map(|(named, role)| PledgeParty { party: named.slug.clone(), role: *role }).collect(),
            topics: self.topics.iter().map(|topic| topic.slug.clone()).collect(),
            due_on: self.due.clone(),
            quantity: self.quantity.clone(),
            citations: citations(&self.citations),
            variants: self.variants.iter().map(variant).collect(),
            history: self.history(),
        }
    }

    /// Its changes up to the moment, in the order of recording.
    #[must_use]
    pub fn steps_as_recorded(&self) -> Vec<&Step> {
        let mut steps: Vec<_> = self.steps.iter().collect();
        steps.sort_by_key(|step| step.position);
        steps
    }

    /// A correction names the place of what it replaces in this very list, which may lack what had not happened by then.
    fn history(&self) -> Vec<StatusChange> {
        let steps = self.steps_as_recorded();
        let place_of = |position: i32| steps.iter().position(|step| step.position == position);
        let change = |step: &&Step| {
            let correction = step.corrects.as_ref().and_then(|(position, reason)| Some((place_of(*position)?, reason.clone())));
            let (replaces, reason) = correction.unzip();
            StatusChange {
                party: step.party.as_ref().map(|party| party.slug.clone()),
                status: step.status,
                effective_on: step.effective_on,
                rationale: step.rationale.clone(),
                confidence: step.confidence,
                searched: step.searched.clone(),
                override_reason: step.override_reason.clone(),
                replaces,
                reason,
                citations: citations(&step.citations),
            }
        };
        steps.iter().map(change).collect()
    }
}

fn citations(cited: &[Cited]) -> Vec<Citation> {
    cited.iter().map(citation).collect()
}

fn citation(cited: &Cited) -> Citation {
    Citation {
        source: cited.source.id.clone(),
        quote: cited.quote.clone(),
        locator: cited.locator.clone(),
        language: cited.language.clone(),
        stance: cited.stance,
        authority: cited.authority,
    }
}

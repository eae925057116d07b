use crate::{
    me::fact_view,
    scene::{Scene, Unsent},
    view::{InquiryView, Pending},
};
use vekha_model::{FactId, Moment, Text};
use vekha_protocol::{Action, Inquiry, InquiryKind};

/// What the city holds and what still waits here, the newest first.
pub fn all(scene: &Scene) -> Vec<InquiryView> {
    let held = scene.records.inquiries.iter().map(|it| of(scene, it));
    let waiting = scene.records.sent.iter().chain(&scene.records.unsent);
    let mut all: Vec<_> = held
        .chain(waiting.filter_map(|it| waits(scene, it)))
        .collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.asked.start_in(scene.zone())));
    all
}

/// Questions about one thing.
pub fn about(scene: &Scene, thing: &str) -> Vec<InquiryView> {
    let mut found = all(scene);
    found.retain(|it| it.about.as_deref() == Some(thing));
    found
}

/// The newest dispute of a record.
pub fn dispute_of(scene: &Scene, fact: &FactId) -> Option<InquiryView> {
    let disputes =
        scene.records.inquiries.iter().filter(|it| {
            it.kind == InquiryKind::Dispute && it.about.as_deref() == Some(fact.as_str())
        });
    let newest = disputes.max_by_key(|it| it.asked.start_in(scene.zone()));
    let waiting = scene.records.sent.iter().chain(&scene.records.unsent);
    let waiting = waiting.rev().find(
        |wish| matches!(&wish.action, Action::DisputeFact { fact: about, .. } if about == fact),
    );
    // Without a title: this stands at the record itself.
    let view = waiting
        .and_then(|wish| unsent(scene, wish))
        .or_else(|| newest.map(view));
    view.map(|it| InquiryView { title: None, ..it })
}

fn of(scene: &Scene, inquiry: &Inquiry) -> InquiryView {
    let mut view = view(inquiry);
    view.title = view.about.as_deref().and_then(|it| title(scene, it));
    view
}

fn view(inquiry: &Inquiry) -> InquiryView {
    InquiryView {
        id: inquiry.id.clone(),
        kind: inquiry.kind,
        about: inquiry.about.clone(),
        title: None,
        text: inquiry.text.clone(),
        asked: inquiry.asked,
        answer: inquiry.answer.clone(),
        pending: None,
        refused: None,
    }
}

fn waits(scene: &Scene, wish: &Unsent) -> Option<InquiryView> {
    let mut view = unsent(scene, wish)?;
    view.title = view.about.as_deref().and_then(|it| title(scene, it));
    Some(view)
}

fn unsent(scene: &Scene, wish: &Unsent) -> Option<InquiryView> {
    let (kind, about, text) = match &wish.action {
        Action::DisputeFact { fact, text } => (InquiryKind::Dispute, Some(fact.to_string()), text),
        Action::AskHuman { text, about } => (InquiryKind::Question, about.clone(), text),
        _ => return None,
    };
    Some(InquiryView {
        id: wish.key.to_string(),
        kind,
        about,
        title: None,
        text: text.clone(),
        asked: Moment::at(wish.queued, scene.zone()),
        answer: None,
        pending: if wish.refused.is_some() {
            Some(Pending::Refused)
        } else {
            let waits = scene.records.unsent.iter().any(|it| it.key == wish.key);
            waits.then_some(Pending::Waiting)
        },
        refused: wish.refused.clone(),
    })
}

/// What it was asked about, in the words the resident saw.
fn title(scene: &Scene, about: &str) -> Option<Text> {
    let step = scene.steps().find(|it| it.id.as_str() == about);
    if let Some(step) = step {
        return Some(crate::tact::name(scene, step));
    }
    if let Some(fact) = scene.records.fact(&FactId::new(about)) {
        return Some(fact_view(scene, fact).title);
    }
    let mut documents = scene.records.documents.iter();
    let document = documents.find(|it| it.id.as_str() == about)?;
    Some(document.title.clone())
}

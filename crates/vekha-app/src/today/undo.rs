use crate::{scene::Scene, view::Undo};
use vekha_model::Text;
use vekha_protocol::{Action, OfferAnswer};

/// The newest answer to an offer that has not left the device yet.
pub fn undo(scene: &Scene) -> Option<Undo> {
    let held = scene.records.standing().filter_map(|wish| {
        let until = wish.not_before.filter(|until| *until > scene.now)?;
        match &wish.action {
            Action::AnswerOffer {
                appointment,
                answer,
                ..
            } => Some((wish.queued, until, appointment, *answer)),
            _ => None,
        }
    });
    let (_, until, appointment, answer) = held.max_by_key(|(queued, ..)| *queued)?;
    Some(Undo {
        appointment: appointment.clone(),
        until: until.to_string(),
        words: match answer {
            OfferAnswer::Accept => {
                Text::new("Вы приняли предложенное время.", "You took the time.")
            }
            OfferAnswer::Change => {
                Text::new("Вы попросили другое время.", "You asked for another time.")
            }
            OfferAnswer::Decline => Text::new(
                "Вы отказались от этого времени.",
                "You said no to this time.",
            ),
        },
    })
}

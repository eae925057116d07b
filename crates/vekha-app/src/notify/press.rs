use crate::{
    App, CommandError,
    view::{AnswerOffer, Nothing, NotificationAction, Session},
};
use std::sync::Arc;
use vekha_model::AppointmentId;
use vekha_protocol::OfferAnswer;

/// A button of a notification. Accepting answers the offer, with the network or without; everything else only opens.
pub async fn press(app: &Arc<App>, args: NotificationAction) -> Result<Session, CommandError> {
    if let Some(id) = args.tag.strip_prefix("offer/")
        && args.action == "accept"
    {
        let answer = AnswerOffer {
            appointment: AppointmentId::new(id),
            answer: OfferAnswer::Accept,
            slot: None,
            reason: None,
        };
        crate::card::answer_offer(app, answer).await?;
    }
    crate::session::read(app, Nothing {}).await
}

use crate::{
    App, CommandError,
    view::{CardDetail, CardOf},
};
use std::sync::Arc;

pub async fn read(app: &Arc<App>, args: CardOf) -> Result<CardDetail, CommandError> {
    super::detail(app, &app.scene()?, &args.id).ok_or_else(CommandError::not_found)
}

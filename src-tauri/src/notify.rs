//! Desktop notifications by the freedesktop specification 1.2: one per thing, replaced when the thing changes, taken
//! back when it is gone. Pressing a button answers, pressing the body opens the card.

use notify_rust::{Hint, Notification, NotificationResponse, Urgency};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{Mutex as Turn, oneshot};

/// What is shown; the words are already neutral.
pub struct Shown {
    pub tag: String,
    pub app: String,
    pub title: String,
    pub body: String,
    /// The label of pressing the body.
    pub open: String,
    /// Identifier and label.
    pub actions: Vec<(String, String)>,
}

/// What was pressed: an action's identifier, or `open` for the body.
pub type Pressed = Arc<dyn Fn(String, String) + Send + Sync>;

#[derive(Clone, Default)]
pub struct Notifier {
    alive: Arc<Mutex<HashMap<String, Alive>>>,
    /// One is shown after the other, so that what replaces knows what it replaces.
    turn: Arc<Turn<()>>,
}

struct Alive {
    id: Option<u32>,
    /// Sent: taken back. Dropped: something newer stands in its place.
    take_back: oneshot::Sender<()>,
}

impl Notifier {
    /// Shows or replaces, and reports the press. A desktop without a daemon is logged, not fatal: the Today screen holds
    /// the same thing.
    pub fn show(&self, shown: Shown, pressed: Pressed) {
        let (take_back, taken_back) = oneshot::channel();
        let earlier = self
            .alive()
            .remove(&shown.tag)
            .and_then(|earlier| earlier.id);
        let alive = Alive {
            id: earlier,
            take_back,
        };
        self.alive().insert(shown.tag.clone(), alive);
        let notifier = self.clone();
        tauri::async_runtime::spawn(async move {
            if let Err(error) = notifier.stand(&shown, &pressed, taken_back).await {
                tracing::warn!(%error, "no notification daemon answered");
            }
        });
    }

    /// Takes a notification back, wherever it is.
    pub fn retract(&self, tag: &str) {
        if let Some(alive) = self.alive().remove(tag) {
            // One that was pressed or closed has nobody left to hear this.
            let _ = alive.take_back.send(());
        }
    }

    async fn stand(
        &self,
        shown: &Shown,
        pressed: &Pressed,
        taken_back: oneshot::Receiver<()>,
    ) -> Result<(), notify_rust::error::Error> {
        let turn = self.turn.lock().await;
        let mut notification = words(shown);
        if let Some(id) = self.alive().get(&shown.tag).and_then(|alive| alive.id) {
            notification.id(id);
        }
        let handle = notification.show_async().await?;
        if let Some(alive) = self.alive().get_mut(&shown.tag) {
            alive.id = Some(handle.id());
        }
        drop(turn);
        let press = |response: &NotificationResponse| match response {
            NotificationResponse::Default => pressed(shown.tag.clone(), "open".into()),
            NotificationResponse::Action(action) => pressed(shown.tag.clone(), action.clone()),
            _ => {}
        };
        tokio::select! {
            () = handle.wait_for_action_async(press) => {}
            told = taken_back => if told.is_ok() {
                handle.close_async().await;
            },
        }
        Ok(())
    }

    fn alive(&self) -> MutexGuard<'_, HashMap<String, Alive>> {
        self.alive.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn words(shown: &Shown) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname(&shown.app)
        .icon("app.vekha")
        .summary(&shown.title)
        .body(&shown.body)
        .urgency(Urgency::Normal)
        .hint(Hint::DesktopEntry("app.vekha".into()))
        .hint(Hint::Category("presence".into()))
        .action("default", &shown.open);
    for (id, label) in &shown.actions {
        notification.action(id, label);
    }
    notification
}

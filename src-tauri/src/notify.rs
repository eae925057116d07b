//! Desktop notifications by the freedesktop specification 1.2: one per thing, replaced when the thing changes, taken
//! back when it is gone. Pressing a button answers, pressing the body opens the card.

use notify_rust::{Hint, Notification, NotificationResponse, Urgency};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    thread,
};

/// What is shown; the words are already neutral.
pub struct Shown {
    pub tag: String,
    pub title: String,
    pub body: String,
    /// Identifier and label.
    pub actions: Vec<(String, String)>,
}

/// What was pressed: an action's identifier, or `open` for the body.
pub type Pressed = Arc<dyn Fn(String, String) + Send + Sync>;

#[derive(Clone, Default)]
pub struct Notifier {
    ids: Arc<Mutex<HashMap<String, u32>>>,
}

impl Notifier {
    /// Shows or replaces, and reports the press from a thread of its own. A desktop without a daemon is logged, not fatal:
    /// the Today screen holds the same thing.
    pub fn show(&self, shown: Shown, pressed: Pressed) {
        let notifier = self.clone();
        thread::spawn(move || {
            if let Err(error) = notifier.show_and_wait(&shown, &pressed) {
                tracing::warn!(%error, "no notification daemon answered");
            }
        });
    }

    fn show_and_wait(
        &self,
        shown: &Shown,
        pressed: &Pressed,
    ) -> Result<(), notify_rust::error::Error> {
        let mut notification = Notification::new();
        notification
            .appname("Веха")
            .icon("app.vekha")
            .summary(&shown.title)
            .body(&shown.body)
            .urgency(Urgency::Normal)
            .hint(Hint::DesktopEntry("app.vekha".into()))
            .hint(Hint::Category("presence".into()))
            .action("default", "Открыть");
        if let Some(id) = self.known(&shown.tag) {
            notification.id(id);
        }
        for (id, label) in &shown.actions {
            notification.action(id, label);
        }
        let handle = notification.show()?;
        self.remember(&shown.tag, handle.id());
        handle.wait_for_response(|response: &NotificationResponse| match response {
            NotificationResponse::Default => pressed(shown.tag.clone(), "open".into()),
            NotificationResponse::Action(action) => pressed(shown.tag.clone(), action.clone()),
            _ => {}
        })
    }

    /// Takes a notification back, by replacing it with one that closes at once.
    pub fn retract(&self, tag: &str) {
        let id = self
            .ids
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(tag);
        let Some(id) = id else { return };
        thread::spawn(move || {
            let mut notification = Notification::new();
            notification
                .appname("Веха")
                .summary("Веха")
                .id(id)
                .timeout(1);
            if let Ok(handle) = notification.show() {
                handle.close();
            }
        });
    }

    fn known(&self, tag: &str) -> Option<u32> {
        self.ids
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(tag)
            .copied()
    }

    fn remember(&self, tag: &str, id: u32) {
        self.ids
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(tag.to_owned(), id);
    }
}

use crate::{
    CommandError, Host,
    kept::Kept,
    scene::{Reading, Records, Scene, Shelf, Turns},
    session::Services,
    view::*,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::{
    path::{Path as FilePath, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{sync::broadcast, task::JoinHandle};
use vekha_lifepath::Catalogue;
use vekha_model::LifeLine;
use vekha_protocol::{City, CityError, Slot};
use vekha_store::{FolderLock, OpenError, Store, Tag};
use vekha_sync::Runner;

/// One resident's Vekha on one device. Everything it does is a command.
pub struct App {
    pub(crate) host: Arc<dyn Host>,
    pub(crate) data: PathBuf,
    pub(crate) runner: Runner,
    /// Held while the city's catalogue is asked for and taken: two at once would tell of each other's.
    pub(crate) catalogue_turn: Arc<tokio::sync::Mutex<()>>,
    turns: Arc<Turns>,
    live: Mutex<Live>,
    events: broadcast::Sender<Vec<Tag>>,
    _lock: FolderLock,
}

/// What changes while the app runs.
pub(crate) struct Live {
    pub kept: Kept,
    pub catalogue: Arc<Catalogue>,
    pub store: Option<Arc<Store>>,
    /// Goes with the store.
    pub shelf: Arc<Mutex<Shelf>>,
    pub city: Option<Arc<dyn City>>,
    pub syncing: Option<SyncProgress>,
    pub unreachable: bool,
    pub services: Services,
    pub locked: bool,
    pub sign_in: Option<(String, JoinHandle<()>)>,
    pub sync_task: Option<JoinHandle<()>>,
    pub problem: Option<SessionProblem>,
    /// A catalogue of the city's that was not taken over, and why.
    pub catalogue_problem: Option<SessionProblem>,
    /// When the city was last asked for its catalogue, by this device's clock.
    pub catalogue_asked: Option<Timestamp>,
}

impl App {
    /// Opens what the device holds; the city is asked later, in the background.
    ///
    /// # Errors
    /// Another instance uses the folder, or it cannot be used at all.
    pub async fn start(host: Arc<dyn Host>, data: &FilePath) -> Result<Arc<Self>, CommandError> {
        let lock = FolderLock::take(data)?;
        let kept = Kept::read(data);
        let now = kept.in_city_time(host.now());
        let planned = crate::catalogue::open(data, &kept, now);
        let app = Arc::new(Self {
            runner: Runner::default(),
            catalogue_turn: Arc::default(),
            turns: Arc::default(),
            live: Mutex::new(Live {
                kept,
                catalogue: planned.catalogue,
                store: None,
                shelf: Arc::default(),
                city: None,
                syncing: None,
                unreachable: false,
                services: Services::default(),
                locked: false,
                sign_in: None,
                sync_task: None,
                problem: None,
                catalogue_problem: planned.problem,
                catalogue_asked: None,
            }),
            events: broadcast::channel(64).0,
            host,
            data: data.to_owned(),
            _lock: lock,
        });
        app.runner.set_offline(app.live().kept.offline);
        crate::session::open_at_start(&app)?;
        app.read_ahead();
        crate::notify::watch(&app);
        Ok(app)
    }

    /// Closes the account's file before the process ends, whoever still holds the app.
    pub fn end(&self) {
        crate::session::end(self);
    }

    /// Whether this data folder is in use, by whatever process.
    pub fn is_open(data: &FilePath) -> bool {
        matches!(FolderLock::take(data), Err(OpenError::SecondInstance))
    }

    /// Says which screens to read again.
    pub fn events(&self) -> broadcast::Receiver<Vec<Tag>> {
        self.events.subscribe()
    }

    pub(crate) fn stale(&self, tags: impl IntoIterator<Item = Tag>) {
        let tags: Vec<Tag> = tags.into_iter().collect();
        if !tags.is_empty() {
            // Nobody listening is fine.
            let _ = self.events.send(tags);
        }
    }

    pub(crate) fn everything_stale(&self) {
        self.stale([Tag::Session, Tag::Today, Tag::Path, Tag::Calendar, Tag::Me]);
    }

    pub(crate) fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The city's time, as far as it is known. What is queued and sent keeps to the device's own clock, which does not jump.
    pub(crate) fn now(&self) -> Timestamp {
        self.live().kept.in_city_time(self.host.now())
    }

    pub(crate) fn store(&self) -> Result<Arc<Store>, CommandError> {
        let live = self.live();
        if live.locked {
            return Err(CommandError::locked());
        }
        live.store.clone().ok_or_else(CommandError::signed_out)
    }

    /// The city, to be asked something now.
    pub(crate) fn city(&self) -> Result<Arc<dyn City>, CommandError> {
        let city = self.live().city.clone();
        city.filter(|_| !self.runner.is_offline())
            .ok_or_else(|| CommandError::from(&CityError::Offline(None)))
    }

    /// For tests of a full disk: the account's file may not grow any more.
    ///
    /// # Errors
    /// Nobody is signed in.
    #[doc(hidden)]
    pub fn fill_disk(&self) -> Result<(), CommandError> {
        Ok(self.store()?.limit_pages(1)?)
    }

    /// What the device holds, with unsent wishes applied.
    pub(crate) fn records(&self) -> Result<Records, CommandError> {
        self.reading()?.records()
    }

    /// Everything a screen is composed from: the records, and what is planned by them.
    pub(crate) fn scene(&self) -> Result<Scene, CommandError> {
        self.reading()?.scene()
    }

    fn reading(&self) -> Result<Reading, CommandError> {
        // Before the store: should that change in between, what is read goes to a shelf nobody looks at any more.
        let (kept, catalogue, shelf) = {
            let live = self.live();
            let catalogue = Arc::clone(&live.catalogue);
            (live.kept.clone(), catalogue, Arc::clone(&live.shelf))
        };
        Ok(Reading {
            store: self.store()?,
            kept,
            catalogue,
            shelf,
            turns: Arc::clone(&self.turns),
            now: self.host.now(),
        })
    }

    /// A long life is read while the window is still being made: it finds on the shelf what it asks for first.
    fn read_ahead(&self) {
        if let Ok(reading) = self.reading() {
            tokio::task::spawn_blocking(move || reading.scene().map(drop));
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let live = self.live.get_mut().unwrap_or_else(PoisonError::into_inner);
        let signing = live.sign_in.take().map(|(_, task)| task);
        for task in signing.into_iter().chain(live.sync_task.take()) {
            task.abort();
        }
    }
}

macro_rules! serve {
    ($($name:ident($args:ty) -> $answer:ty = $area:ident::$case:ident;)*) => {
        /// Every command there is.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        impl App {
            /// Runs a command by its name.
            ///
            /// # Errors
            /// See [`CommandError`]; nothing was changed then.
            pub async fn call(self: &Arc<Self>, name: &str, args: Value) -> Result<Value, CommandError> {
                let args = if args.is_null() { json!({}) } else { args };
                $(if name == stringify!($name) {
                    let args: $args = serde_json::from_value(args).map_err(|error| bad_arguments(&error))?;
                    let answer: $answer = Box::pin(crate::$area::$case(self, args)).await?;
                    return serde_json::to_value(answer).map_err(|error| CommandError::inside(&error));
                })*
                Err(CommandError::filled("unknown-command", &[("name", &name)]))
            }
        }
    };
}

every_command!(serve);

fn bad_arguments(error: &serde_json::Error) -> CommandError {
    CommandError::filled("bad-arguments", &[("error", &error.to_string())])
}

use crate::{
    AddressError, City, Clock, ContentError, Fault, SignIn, address::Address, api,
    catalogue::Content, date, db, demo, operator, refused, sign_in, state::Inner, turn,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
    serve::ListenerExt,
};
use jiff::Timestamp;
use sqlx::SqlitePool;
use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    sync::{Mutex, broadcast, watch},
    task::JoinHandle,
};

/// How long what is under way may take when the city stops.
const PATIENCE: Duration = Duration::from_secs(2);
/// Nothing a resident or a laboratory sends is larger.
const LARGEST: usize = 1024 * 1024;

/// How a city is started.
#[derive(Debug, Clone)]
pub struct Config {
    /// Loopback only; port 0 lets the system choose.
    pub listen: SocketAddr,
    pub data: PathBuf,
    /// Fills an empty city with twelve residents and opens the operator page.
    pub demo: bool,
    /// Where a demo clock starts; a kept clock that is later wins.
    pub now: Option<Timestamp>,
    /// The address residents reach the city by, where a proxy stands before it.
    pub public_url: Option<String>,
    /// A catalogue to plan by instead of the built-in one.
    pub catalogue: Option<PathBuf>,
    /// What its region lays down otherwise: a region the catalogue has a file for, or a file `<region>.yaml`.
    pub region: Option<String>,
    /// A socket that already listens, used instead of binding `listen`: who starts the city may tell its address
    /// before the city is ready, and early calls wait instead of being refused.
    pub listener: Option<Arc<std::net::TcpListener>>,
}

impl Config {
    /// A plain city: no demo, the real clock, its own address, the built-in catalogue.
    pub fn new(listen: SocketAddr, data: impl Into<PathBuf>) -> Self {
        Self {
            listen,
            data: data.into(),
            demo: false,
            now: None,
            public_url: None,
            catalogue: None,
            region: None,
            listener: None,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("a demo city listens on this machine only (127.0.0.1), not on {0}")]
    NotLoopback(SocketAddr),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] std::io::Error),
    #[error("cannot use the data folder {0}: {1}")]
    Folder(PathBuf, #[source] std::io::Error),
    #[error("the city's database cannot be opened: {0}")]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Address(#[from] AddressError),
    #[error(transparent)]
    Content(#[from] ContentError),
    #[error("{0}")]
    Inside(String),
}

/// A city that runs until [`Shutdown::stop`], or until this is dropped.
#[derive(Debug)]
pub struct Running {
    /// Where it listens; the manifest tells the public address.
    pub url: String,
    pub shutdown: Shutdown,
}

#[derive(Debug)]
pub struct Shutdown {
    signal: watch::Sender<bool>,
    server: JoinHandle<()>,
    database: SqlitePool,
}

impl Shutdown {
    /// Answers what is being asked, then stops and closes the database: a process that ends while another thread still
    /// closes it may crash.
    pub async fn stop(mut self) {
        let _ = self.signal.send(true);
        if tokio::time::timeout(PATIENCE, &mut self.server)
            .await
            .is_err()
        {
            self.server.abort();
        }
        let _ = tokio::time::timeout(PATIENCE, self.database.close()).await;
    }

    /// Returns when the city has stopped by itself.
    pub async fn stopped(&mut self) {
        let _ = (&mut self.server).await;
    }
}

/// Starts the city.
///
/// # Errors
/// The address is taken or not loopback, or the data folder cannot be used.
pub async fn serve(config: Config) -> Result<Running, StartError> {
    if config.listener.is_none() && !config.listen.ip().is_loopback() {
        return Err(StartError::NotLoopback(config.listen));
    }
    tokio::fs::create_dir_all(&config.data)
        .await
        .map_err(|error| StartError::Folder(config.data.clone(), error))?;
    let listener = listen(&config)
        .await
        .map_err(|error| StartError::Listen(config.listen, error))?;
    let address = listener
        .local_addr()
        .map_err(|error| StartError::Listen(config.listen, error))?;
    if !address.ip().is_loopback() {
        return Err(StartError::NotLoopback(address));
    }
    let url = format!("http://{address}");
    let (signal, stopping) = watch::channel(false);
    let address = Address::new(url.clone(), config.public_url.as_deref())?;
    let city = open(&config, address, stopping.clone()).await?;
    let inside = |fault: crate::Fault| StartError::Inside(fault.to_string());
    if config.demo {
        demo::seed(&city).await.map_err(inside)?;
    }
    turn::catch_up(&city).await.map_err(inside)?;
    tokio::spawn(turn::keep(city.clone()));
    let database = city.pool().clone();
    let app = router(city);
    let server = tokio::spawn(run(listener, app, stopping));
    Ok(Running {
        url,
        shutdown: Shutdown {
            signal,
            server,
            database,
        },
    })
}

async fn listen(config: &Config) -> std::io::Result<TcpListener> {
    match &config.listener {
        Some(given) => {
            let listener = given.try_clone()?;
            listener.set_nonblocking(true)?;
            TcpListener::from_std(listener)
        }
        None => TcpListener::bind(config.listen).await,
    }
}

async fn open(
    config: &Config,
    address: Address,
    stopping: watch::Receiver<bool>,
) -> Result<City, StartError> {
    let (data, chosen) = (config.data.clone(), config.catalogue.clone());
    let own = config.demo && config.catalogue.is_none();
    let region = config
        .region
        .clone()
        .or(own.then(|| demo::REGION.to_owned()));
    let opening = move || Content::open(&data, chosen.as_deref(), region.as_deref());
    let catalogue = tokio::task::spawn_blocking(opening)
        .await
        .map_err(|error| StartError::Inside(error.to_string()))??;
    let pool = db::open(&config.data).await?;
    let clock = Clock::open(&pool, config.now).await?;
    let sign_in = SignIn::open(pool.clone(), address.public())
        .await
        .map_err(|error| StartError::Inside(error.to_string()))?;
    let id = match db::setting(&pool, "city_id").await? {
        Some(id) => id,
        None => {
            let id = format!("beregovoy-{}", uuid::Uuid::new_v4().simple());
            db::set_setting(&pool, "city_id", &id).await?;
            id
        }
    };
    let (bus, _) = broadcast::channel(1024);
    Ok(City::new(Inner {
        pool,
        clock,
        address,
        sign_in,
        zone: catalogue.zone().clone(),
        catalogue,
        shelf: db::Shelf::default(),
        demo: config.demo,
        id,
        bus,
        stopping,
        turn: Arc::new(Mutex::new(())),
        turning: Mutex::new(()),
    }))
}

fn router(city: City) -> Router {
    let operator = if city.demo {
        operator::router(&city).merge(demo::map())
    } else {
        Router::new()
    };
    Router::new()
        .merge(operator)
        .merge(sign_in::router::<City>())
        .merge(api::router())
        .nest("/fhir", crate::fhir::router())
        .fallback(|| async { Fault::not_found() })
        .method_not_allowed_fallback(|| async { Fault::wrong_method() })
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(from_fn(refused::tell))
        .layer(from_fn_with_state(city.clone(), date::tell))
        .with_state(city)
}

async fn run(listener: TcpListener, app: Router, mut stopping: watch::Receiver<bool>) {
    let listener = listener.tap_io(|socket| {
        if let Err(error) = socket.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY was not set");
        }
    });
    let served = axum::serve(listener, app)
        .with_graceful_shutdown(async move {
            // An error means the handle was dropped: stop as well.
            let _ = stopping.wait_for(|stop| *stop).await;
        })
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "the city's server failed");
    }
}

//! What the screens read and what the commands are given; exported to TypeScript.

mod args;
mod card;
mod file;
mod inquiry;
mod me;
mod path;
mod question;
mod session;
mod what_if;

pub use args::{
    AnswerOffer, AnswerQuestion, AnswerStep, AskHuman, BookStep, CardOf, ConnectCity, DisputeFact,
    DocumentOf, EndSituation, IcsOf, Nothing, NotificationAction, OfferOf, OpenLink, PathOf,
    ScanCode, SetConsent, SetNetwork, SetSetting, SignIn, Span, Suppose, Supposition, UndoOf,
    Unlock,
};
pub use card::{Amount, Card, CardDetail, CardKind, Material, Notice, Pending, Today, Undo};
pub use file::{SavedFile, TextFile};
pub use inquiry::InquiryView;
pub use me::{AccessView, ConsentCase, ConsentView, DocumentView, FactGroup, FactView, Me};
pub use path::{CalendarEntry, CalendarSubscription, EntryKind, Path, PathFork, PathRun, PathStep};
pub use question::{AnswerKind, AnswerOption, Question, QuestionField};
pub use session::{
    CityCard, HardNews, Scanned, Service, Session, SessionProblem, SessionState, Settings,
    SyncProgress, Theme,
};
pub use what_if::{Supposable, WhatIf, WhatIfRun, WhatIfStep, WhatIfTurn};

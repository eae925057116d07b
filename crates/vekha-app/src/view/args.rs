//! What each command is given.

use super::{HardNews, Theme};
use jiff::civil;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use vekha_model::{
    AppointmentId, ConsentId, DocumentId, FactId, InstanceId, Language, Missing, Moment,
    ResidentId, SlotId, StepId,
};
use vekha_protocol::{OfferAnswer, Reach, StepAnswer};

macro_rules! args {
    ($($(#[$doc:meta])* $name:ident { $($(#[$meta:meta])* $field:ident: $type:ty),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
        #[serde(deny_unknown_fields)]
        #[ts(export, optional_fields)]
        pub struct $name { $($(#[$meta])* pub $field: $type),* }
    )* };
}

args! {
    Nothing {}
    ConnectCity {
        /// An address, or `demo` for the built-in city.
        address: String,
    }
    ScanCode {
        width: u32,
        height: u32,
        /// How light each pixel is, row by row, a byte each (base64).
        grey: String,
    }
    SignIn { login_hint: Option<String> }
    SetNetwork { offline: bool }
    Unlock { passphrase: String }
    CardOf { id: StepId }
    AnswerOffer {
        appointment: AppointmentId,
        answer: OfferAnswer,
        slot: Option<SlotId>,
        reason: Option<String>,
    }
    OfferOf { appointment: AppointmentId }
    UndoOf { thing: String }
    AnswerStep { id: StepId, answer: StepAnswer }
    BookStep { id: StepId, slot: SlotId, start: Moment }
    AnswerQuestion {
        resident: Option<ResidentId>,
        missing: Missing,
        #[ts(type = "unknown")]
        value: Value,
        /// A private answer never leaves the device.
        private: bool,
    }
    EndSituation { id: InstanceId }
    PathOf { resident: Option<ResidentId> }
    Supposition {
        missing: Missing,
        #[ts(type = "unknown")]
        value: Value,
    }
    Suppose {
        resident: Option<ResidentId>,
        facts: Vec<Supposition>,
    }
    Span {
        #[ts(as = "Option<String>")]
        from: Option<civil::Date>,
        #[ts(as = "Option<String>")]
        to: Option<civil::Date>,
    }
    OpenLink { url: String }
    IcsOf {
        /// One appointment; all where absent.
        id: Option<String>,
    }
    SetConsent { id: ConsentId, reach: Reach, given: bool }
    DisputeFact { id: FactId, text: String }
    AskHuman { text: String, about: Option<String> }
    SetSetting {
        language: Option<Language>,
        theme: Option<Theme>,
        news: Option<HardNews>,
        #[ts(as = "Option<String>")]
        quiet_from: Option<civil::Time>,
        #[ts(as = "Option<String>")]
        quiet_to: Option<civil::Time>,
        notifications: Option<bool>,
    }
    DocumentOf { id: DocumentId }
    NotificationAction {
        tag: String,
        /// `open`, `accept`, `change` or `dismiss`.
        action: String,
    }
}

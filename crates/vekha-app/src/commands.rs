//! The one list of commands. Served by the window and by `vekha-host`; a command without a use-case does not compile.

/// Hands the whole list to another macro: `name(arguments) -> answer = use-case`.
macro_rules! every_command {
    ($then:ident) => {
        $then! {
            session(Nothing) -> Session = session::read;
            connect_city(ConnectCity) -> Session = session::connect;
            scan_code(ScanCode) -> Scanned = session::scan;
            sign_in(SignIn) -> Session = session::sign_in;
            sign_out(Nothing) -> Session = session::sign_out;
            unlock(Unlock) -> Session = session::unlock;
            sync(Nothing) -> Session = session::sync;
            set_network(SetNetwork) -> Session = session::set_network;
            set_setting(SetSetting) -> Session = settings::set;
            today(Nothing) -> Today = today::read;
            card(CardOf) -> CardDetail = card::read;
            answer_offer(AnswerOffer) -> Card = card::answer_offer;
            undo(UndoOf) -> Session = today::undo;
            other_times(OfferOf) -> Vec<Slot> = card::other_times;
            answer_step(AnswerStep) -> Card = card::answer_step;
            step_times(CardOf) -> Vec<Slot> = card::step_times;
            book_step(BookStep) -> Card = card::book_step;
            answer_question(AnswerQuestion) -> Session = question::answer;
            end_situation(EndSituation) -> Session = path::end;
            path(PathOf) -> Path = path::read;
            life(PathOf) -> LifeLine = path::life;
            supposable(PathOf) -> Vec<Supposable> = path::supposable;
            what_if(Suppose) -> WhatIf = path::what_if;
            calendar(Span) -> Vec<CalendarEntry> = calendar::read;
            calendar_ics(IcsOf) -> TextFile = calendar::export;
            save_ics(IcsOf) -> SavedFile = calendar::save;
            calendar_link(Nothing) -> CalendarSubscription = calendar::link;
            make_calendar_link(Nothing) -> CalendarSubscription = calendar::make_link;
            end_calendar_link(Nothing) -> CalendarSubscription = calendar::end_link;
            me(Nothing) -> Me = me::read;
            facts(Nothing) -> Vec<FactGroup> = me::facts;
            access(Nothing) -> Vec<AccessView> = me::access;
            export(Nothing) -> TextFile = me::export;
            save_export(Nothing) -> SavedFile = me::save_export;
            set_consent(SetConsent) -> Session = me::set_consent;
            dispute_fact(DisputeFact) -> Session = me::dispute;
            inquiries(Nothing) -> Vec<InquiryView> = me::inquiries;
            ask_human(AskHuman) -> Session = me::ask;
            document(DocumentOf) -> DocumentView = me::document;
            open_link(OpenLink) -> Nothing = link::open;
            notification_action(NotificationAction) -> Session = notify::press;
            erase(Nothing) -> Session = session::erase;
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::view::*;
    use std::{collections::BTreeSet, fmt::Write, fs, path::PathBuf};
    use ts_rs::{Config, TS};
    use vekha_model::LifeLine;
    use vekha_protocol::Slot;

    fn letters(text: &str) -> impl Iterator<Item = &str> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.starts_with(char::is_uppercase))
    }

    macro_rules! typescript {
        ($($name:ident($args:ty) -> $answer:ty = $($case:ident)::+;)*) => {{
            let config = Config::from_env();
            let (mut lines, mut types) = (String::new(), BTreeSet::new());
            $(
                <$args>::export_all(&config).unwrap();
                // A list has no file of its own; what it lists does.
                if !<$answer>::name(&config).starts_with("Array") {
                    <$answer>::export_all(&config).unwrap();
                }
                let (args, answer) = (<$args>::name(&config), <$answer>::name(&config));
                types.extend(letters(&args).map(str::to_owned));
                types.extend(letters(&answer).map(str::to_owned));
                writeln!(lines, "  {}: [{args}, {answer}];", stringify!($name)).unwrap();
            )*
            types.remove("Array");
            let imports: String = types.iter().map(|name| format!("import type {{ {name} }} from \"./{name}\";\n")).collect();
            format!("// Generated from crates/vekha-app/src/commands.rs. Do not edit by hand.\n{imports}\n/** What every command takes and gives. */\nexport interface Commands {{\n{lines}}}\n")
        }};
    }

    #[test]
    fn export_bindings_of_the_command_list() {
        let folder = std::env::var_os("TS_RS_EXPORT_DIR")
            .map_or_else(|| PathBuf::from("bindings"), PathBuf::from);
        Slot::export_all(&Config::from_env()).unwrap();
        let text = every_command!(typescript);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("commands.ts"), text).unwrap();
    }
}

use serde::Serialize;
use vekha_model::Text;
use vekha_protocol::{CityError, NetworkError};
use vekha_store::{OpenError, StoreError};

/// Why a command did nothing: a code for programs, words for the resident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}: {}", message.en)]
pub struct CommandError {
    pub code: String,
    pub message: Text,
}

impl CommandError {
    pub fn new(code: &str, ru: &str, en: &str) -> Self {
        Self {
            code: code.to_owned(),
            message: Text::new(ru, en),
        }
    }

    /// The HTTP status of the same error.
    pub fn status(&self) -> u16 {
        match self.code.as_str() {
            "unknown-command" | "not-found" => 404,
            "bad-arguments" => 400,
            "locked" | "signed-out" => 401,
            "too-large" => 413,
            "offline" => 503,
            "disk-full" => 507,
            "inside" | "damaged-now" => 500,
            _ => 422,
        }
    }

    pub fn locked() -> Self {
        Self::new(
            "locked",
            "Данные закрыты паролем. Введите его, чтобы продолжить.",
            "The data is closed by a passphrase. Enter it to go on.",
        )
    }

    pub fn not_found() -> Self {
        Self::new(
            "not-found",
            "Этого больше нет: возможно, всё уже изменилось. Вернитесь на «Сегодня».",
            "This is no longer here: things may have changed. Go back to Today.",
        )
    }

    pub fn signed_out() -> Self {
        Self::new("signed-out", "Сначала войдите.", "Please sign in first.")
    }

    /// A file could not be written.
    pub fn of_disk(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            return StoreError::Full.into();
        }
        Self::new(
            "folder",
            "На диск не удалось записать: проверьте права на папку с данными.",
            &format!("The disk could not be written: {error}"),
        )
    }

    pub fn inside(why: &impl std::fmt::Display) -> Self {
        tracing::error!(%why, "a command failed inside");
        Self::new(
            "inside",
            "В приложении что-то сломалось. Ваши данные целы. Попробуйте ещё раз.",
            "Something broke inside the app. Your data is safe. Please try again.",
        )
    }
}

impl From<NetworkError> for CommandError {
    fn from(error: NetworkError) -> Self {
        Self {
            code: error.code,
            message: error.words,
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::new(
                "disk-full",
                "На диске кончилось место. Ничего не потеряно: освободите место и повторите.",
                "The disk is full. Nothing was lost: free some space and try again.",
            ),
            StoreError::Damaged => Self::new(
                "damaged-now",
                "Данные на устройстве повреждены. Закройте Веху и откройте снова: она отложит их в сторону, сохранит неотправленное и прочитает остальное у города.",
                "The data on this device is damaged. Close Vekha and open it again: it sets the data aside, keeps what is unsent and reads the rest from the city.",
            ),
            other => Self::inside(&other),
        }
    }
}

impl From<OpenError> for CommandError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::SecondInstance => Self::new(
                "second-instance",
                "Веха уже открыта с этими данными. Перейдите в открытое окно.",
                "Vekha is already open with this data. Please use the open window.",
            ),
            OpenError::WrongKey => Self::new(
                "wrong-key",
                "Ключ не подходит к данным на этом устройстве. Данные не тронуты. Разблокируйте то хранилище паролей, с которым они создавались, и откройте «Веху» снова. Если его больше нет, войдите заново: прежний файл останется рядом, остальное придёт из города.",
                "The key does not open the data on this device. The data is untouched. Unlock the keyring it was made with and open Vekha again. If it is gone, sign in anew: the old file stays beside, the rest comes from the city.",
            ),
            OpenError::FromTheFuture { .. } => Self::new(
                "from-the-future",
                "Эти данные записала более новая версия Вехи. Обновите приложение.",
                "This data was written by a newer Vekha. Please update the app.",
            ),
            OpenError::Folder(error) => Self::new(
                "folder",
                "Папка с данными недоступна. Проверьте, есть ли на неё права.",
                &format!("The data folder cannot be used: {error}"),
            ),
            OpenError::Store(error) => error.into(),
        }
    }
}

impl From<&CityError> for CommandError {
    fn from(error: &CityError) -> Self {
        NetworkError::from(error).into()
    }
}

use crate::{
    App, CommandError,
    view::{ScanCode, Scanned},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::sync::Arc;

/// Reads a city's address off its code; nothing is asked of anybody yet.
pub async fn scan(_app: &Arc<App>, args: ScanCode) -> Result<Scanned, CommandError> {
    let reading = tokio::task::spawn_blocking(move || read(args));
    // A picture the reader trips over has no code in it either.
    reading.await.unwrap_or_else(|_| Err(no_code()))
}

/// Finds the codes (ISO/IEC 18004) in a picture, and an address among what they say.
fn read(picture: ScanCode) -> Result<Scanned, CommandError> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let grey = BASE64_STANDARD
        .decode(picture.grey)
        .ok()
        .filter(|it| !it.is_empty() && Some(it.len()) == width.checked_mul(height))
        .ok_or_else(no_code)?;
    let at = |x, y| grey.get(y * width + x).copied().unwrap_or_default();
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, at);
    let codes = picture.detect_grids();
    let said: Vec<String> = codes
        .iter()
        .filter_map(|it| Some(it.decode().ok()?.1))
        .collect();
    let first = said.first().ok_or_else(no_code)?;
    let address = said
        .iter()
        .map(|text| text.trim())
        .find(|text| text.starts_with("https://") || text.starts_with("http://"))
        .ok_or_else(|| no_address(first))?;
    Ok(Scanned {
        address: address.to_owned(),
    })
}

fn no_code() -> CommandError {
    CommandError::of("no-code")
}

fn no_address(text: &str) -> CommandError {
    let text: String = text.chars().take(60).collect();
    CommandError::filled("no-address", &[("text", &text)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(width: u32, height: u32, grey: &[u8]) -> String {
        let grey = BASE64_STANDARD.encode(grey);
        read(ScanCode {
            width,
            height,
            grey,
        })
        .unwrap_err()
        .code
    }

    #[test]
    fn a_picture_of_any_size_without_a_code_is_said_to_have_none() {
        for (width, height) in [(0, 0), (1, 1), (1, 900), (7, 3), (64, 64), (300, 200)] {
            let noise: Vec<u8> = (0..width * height)
                .map(|it| (it * 7919 % 251) as u8)
                .collect();
            assert_eq!(
                said(width, height, &noise),
                "no-code",
                "{width} by {height}"
            );
        }
    }

    #[test]
    fn a_size_the_picture_does_not_have_is_no_picture() {
        assert_eq!(said(10, 10, &[0; 99]), "no-code");
        assert_eq!(said(u32::MAX, u32::MAX, &[0; 1]), "no-code");
    }
}

//! Takes in one file, piece by piece, so that a large one needs no memory, and in time, so that a slow one ends.

use std::{io, path::Path as FilePath, sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use http_body_util::BodyExt as _;
use serde::Deserialize;
use tokio::{
    fs::{self, OpenOptions},
    io::AsyncWriteExt as _,
    time,
};

use crate::web::{
    House,
    imports::{Stage, inside},
};

/// Longest file, in bytes: 64 GiB.
const LONGEST: u64 = 64 << 30;
/// How long the next piece may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the file is called, with the folders it lies in.
#[derive(Deserialize, Debug)]
pub(in crate::web::route) struct Named {
    path: String,
}

/// Takes it in.
pub(in crate::web::route) async fn file(
    State(house): State<Arc<House>>,
    Path(number): Path<u64>,
    Query(named): Query<Named>,
    body: Body,
) -> Response {
    let Some(import) = house.imports.get(number) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if !matches!(import.stage(), Stage::Collecting) {
        return (StatusCode::CONFLICT, "this import has begun already").into_response();
    }
    let Some(path) = inside(&import.folder, &named.path) else {
        return (StatusCode::UNPROCESSABLE_ENTITY, "this is no name of a file").into_response();
    };
    match keep(&path, body).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(Refused::There) => Refused::There.answer(),
        Err(refused) => {
            // Half a file is none.
            drop(fs::remove_file(&path).await);
            refused.answer()
        }
    }
}

enum Refused {
    TooLong,
    TooSlow,
    BrokenOff,
    There,
    Disk(io::Error),
}

impl Refused {
    fn answer(self) -> Response {
        let (status, what) = match self {
            Self::TooLong => (StatusCode::PAYLOAD_TOO_LARGE, "the file is too long".to_owned()),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "nothing came in time".to_owned()),
            Self::BrokenOff => (StatusCode::BAD_REQUEST, "the file broke off".to_owned()),
            Self::There => {
                (StatusCode::CONFLICT, "there is a file of that name already".to_owned())
            }
            Self::Disk(error) => (StatusCode::INSUFFICIENT_STORAGE, error.to_string()),
        };
        (status, what).into_response()
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

async fn keep(path: &FilePath, mut body: Body) -> Result<(), Refused> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).await?;
    }
    let opened = OpenOptions::new().write(true).create_new(true).open(path).await;
    let mut file = match opened {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(Refused::There),
        opened => opened?,
    };
    let mut length = 0;
    loop {
        let piece = time::timeout(PATIENCE, body.frame()).await.map_err(|_| Refused::TooSlow)?;
        let Some(piece) = piece else { break };
        let Ok(bytes) = piece.map_err(|_| Refused::BrokenOff)?.into_data() else { continue };
        length += bytes.len() as u64;
        if LONGEST < length {
            return Err(Refused::TooLong);
        }
        file.write_all(&bytes).await?;
    }
    Ok(file.flush().await?)
}

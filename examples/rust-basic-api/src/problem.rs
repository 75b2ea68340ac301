//! Errors as the client sees them: problem details for HTTP APIs (RFC 9457).

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What is wrong with one field of the request's body.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field's name.
    pub field: &'static str,
    /// What is wrong, and what is expected.
    pub detail: String,
}

/// An error answer: a status, a sentence for people, and the fields at fault.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    errors: Vec<FieldError>,
}

impl Problem {
    /// A problem that has no fields to name.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), errors: Vec::new() }
    }

    /// The body could be read, but its fields break a rule (422).
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = "Some fields are not valid: see \"errors\".".to_owned();
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, detail, errors }
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

impl From<sqlx::Error> for Problem {
    /// A broken uniqueness rule is the client's (409), an unreachable database passes (503), all
    /// else is a fault of ours (500): logged in full, told without its inner parts.
    fn from(error: sqlx::Error) -> Self {
        if error.as_database_error().is_some_and(|error| error.constraint() == Some("items_name_unique")) {
            return Self::new(StatusCode::CONFLICT, "Another item has this name.");
        }
        tracing::error!(%error, "a query failed");
        match error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "The database cannot be reached at the moment.")
            }
            _ => Self::new(StatusCode::INTERNAL_SERVER_ERROR, "The request could not be completed."),
        }
    }
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    errors: &'a [FieldError],
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Body {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            errors: &self.errors,
        };
        let text = serde_json::to_string(&body).unwrap_or_default();
        let content_type = (CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        let mut response = (self.status, [content_type], text).into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

//! The two questions an orchestrator asks: is the process alive, and can it serve?

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use sqlx::postgres::PgPool;
use tokio::time::timeout;

use crate::problem::Problem;

/// Kubernetes gives a probe one second unless told otherwise: an answer that comes later is not heard.
const ANSWER_TIMEOUT: Duration = Duration::from_millis(800);

/// `GET /health`: the process answers. It does not look at the database: a restart would not mend that.
pub async fn live() -> impl IntoResponse {
    axum::Json(serde_json::json!({ "status": "alive" }))
}

/// `GET /health/ready`: the database answers and holds the tables.
///
/// # Errors
///
/// 503 when the database is away, or when `rust-basic-api migrate` was not run on it.
pub async fn ready(State(pool): State<PgPool>) -> Result<impl IntoResponse, Problem> {
    let query = sqlx::query_scalar("select to_regclass('items') is not null");
    let has_tables: bool = match timeout(ANSWER_TIMEOUT, query.fetch_one(&pool)).await {
        Ok(Ok(has_tables)) => has_tables,
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            return Err(unavailable("The database cannot be used: the log says why."));
        }
        Err(_) => return Err(unavailable("The database does not answer.")),
    };
    if !has_tables {
        return Err(unavailable("The tables are missing: run \"rust-basic-api migrate\"."));
    }
    Ok(axum::Json(serde_json::json!({ "status": "ready" })))
}

/// Whatever is the matter with the database, a probe must hear "not now", and not "broken".
fn unavailable(detail: &str) -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail)
}

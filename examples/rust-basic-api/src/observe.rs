//! Logs as JSON lines, and the wrapper around every request: its time limit, its log line, its count.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::metrics::Metrics;
use crate::problem::Problem;

/// No request takes longer. Below the ten seconds that most supervisors allow a process to stop in.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(8);

/// Writes log events of the given levels to the standard output, one JSON object a line.
pub fn start_logging(levels: Targets) {
    let lines =
        tracing_subscriber::fmt::layer().json().flatten_event(true).with_current_span(false).with_span_list(false);
    tracing_subscriber::registry().with(lines).with(levels).init();
}

/// Limits a request's time, logs it and counts it.
pub async fn observe(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();

    let start = Instant::now();
    let response = match timeout(REQUEST_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(StatusCode::GATEWAY_TIMEOUT, "The request took too long.").into_response(),
    };
    let duration = start.elapsed();
    let status = response.status().as_u16();

    metrics.count(label(&method), &route, status, duration);
    let duration_ms = duration.as_secs_f64() * 1000.0;
    if is_probe(&route) && status < 500 {
        tracing::debug!(%method, path, status, duration_ms, "request");
    } else {
        tracing::info!(%method, path, status, duration_ms, "request");
    }
    response
}

/// Probes and scrapes come every few seconds: their lines would bury the others.
fn is_probe(route: &str) -> bool {
    matches!(route, "/health" | "/health/ready" | "/metrics")
}

/// A method is whatever word the client sent: as a label, only the known ones.
fn label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

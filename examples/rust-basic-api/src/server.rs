//! The HTTP server: its routes, its start and its end.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::get;
use axum::serve::ListenerExt;
use sqlx::postgres::PgPool;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::metrics::{self, Metrics};
use crate::observe::{REQUEST_TIMEOUT, observe};
use crate::problem::Problem;
use crate::settings::Settings;
use crate::{database, health, items, shutdown};

/// The largest body that is read, in bytes: an item of the longest name and description fits many times.
const MAX_BODY: usize = 64 * 1024;

/// How long open requests may take to end after a signal: a little longer than any request may take.
const DRAIN_TIMEOUT: Duration = REQUEST_TIMEOUT.saturating_add(Duration::from_secs(1));

/// Serves until SIGTERM or SIGINT. Then it accepts no more connections, ends the requests that are
/// open, and closes its database connections.
///
/// # Errors
///
/// The address cannot be listened on, or open requests did not end in time.
pub async fn serve(settings: Settings) -> Result<(), String> {
    let stop = shutdown::requested().map_err(|error| format!("cannot listen for signals: {error}"))?;
    let listener = TcpListener::bind(settings.address)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", settings.address))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let pool = database::connect(settings.database);
    let app = routes(pool.clone(), &Metrics::new());
    tracing::info!(%address, "listening");

    // The signal has two listeners: the server, which stops accepting, and the drain's time limit.
    let (stopping, mut stopped) = watch::channel(false);
    let listener = listener.tap_io(|stream| {
        // Small answers leave at once; a socket that refuses the option still works.
        let _ = stream.set_nodelay(true);
    });
    let server = axum::serve(listener, app).with_graceful_shutdown(async move {
        let signal = stop.await;
        tracing::info!(signal, "stopping: ending open requests");
        stopping.send_replace(true);
    });
    tokio::select! {
        result = async { server.await } => result.map_err(|error| format!("the server failed: {error}"))?,
        () = async { let _ = stopped.wait_for(|stopping| *stopping).await; sleep(DRAIN_TIMEOUT).await } => {
            return Err(format!("open requests did not end within {} s", DRAIN_TIMEOUT.as_secs()));
        }
    }
    pool.close().await;
    tracing::info!("stopped");
    Ok(())
}

fn routes(pool: PgPool, metrics: &Metrics) -> Router {
    Router::new()
        .merge(items::routes())
        .route("/health/ready", get(health::ready))
        .with_state(pool)
        .route("/health", get(health::live))
        .route("/metrics", get(metrics::show).with_state(metrics.clone()))
        .fallback(async || Problem::new(StatusCode::NOT_FOUND, "There is nothing at this path."))
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "This path does not answer this method.")
        })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(metrics.clone(), observe))
}

//! When to stop: SIGTERM from an orchestrator, SIGINT from a terminal.

use tokio::signal::unix::{SignalKind, signal};

/// Starts to listen for the signals, and answers a future that ends at the first one, with its name.
/// Listening starts here and not when the future is awaited, so that no early signal is lost.
///
/// # Errors
///
/// The system refuses a signal handler.
pub fn requested() -> std::io::Result<impl Future<Output = &'static str>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = interrupt.recv() => "SIGINT",
        }
    })
}

//! The connection pool and the migrations.

use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{Connection, SqlSafeStr};
use tokio::time::{Instant, sleep};

use crate::settings::Settings;

/// Ten a process: three replicas stay far below PostgreSQL's default of 100 connections.
const MAX_CONNECTIONS: u32 = 10;

/// How long a request waits for a free connection before it is answered 503.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// How long `migrate` waits for a database that is still starting.
const START_TIMEOUT: Duration = Duration::from_secs(30);

const RETRY_INTERVAL: Duration = Duration::from_millis(500);

/// Every migration, in order: version, description, SQL. Compiled in, so that the binary is all that is deployed.
const MIGRATIONS: &[(i64, &str, &str)] = &[(1, "create items", include_str!("../migrations/0001_create_items.sql"))];

/// A pool that connects when it is first used: the service starts, and says that it is not ready,
/// while its database is away.
pub fn connect(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new().max_connections(MAX_CONNECTIONS).acquire_timeout(ACQUIRE_TIMEOUT).connect_lazy_with(options)
}

/// Applies the migrations that the database does not have yet. Waits for a database that is still
/// starting; several runs at once take turns, by a lock in the database.
///
/// # Errors
///
/// The database cannot be reached, refuses the login, or a migration fails or was changed after it ran.
pub async fn migrate(settings: Settings) -> Result<(), String> {
    let mut connection = connect_once_started(&settings.database).await?;
    migrator().run(&mut connection).await.map_err(|error| format!("the migrations were not applied: {error}"))?;
    tracing::info!(migrations = MIGRATIONS.len(), "the tables are up to date");
    connection.close().await.map_err(|error| error.to_string())
}

fn migrator() -> Migrator {
    Migrator::with_migrations(
        MIGRATIONS
            .iter()
            .map(|&(version, description, sql)| {
                Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
            })
            .collect(),
    )
}

async fn connect_once_started(options: &PgConnectOptions) -> Result<PgConnection, String> {
    let deadline = Instant::now() + START_TIMEOUT;
    loop {
        match PgConnection::connect_with(options).await {
            Ok(connection) => return Ok(connection),
            Err(error) if is_starting(&error) && Instant::now() < deadline => {
                tracing::info!(%error, "waiting for the database");
                sleep(RETRY_INTERVAL).await;
            }
            Err(error) => return Err(format!("the database cannot be reached: {error}")),
        }
    }
}

/// Whether the error passes by itself once the server has started: no connection yet, or
/// `cannot_connect_now` (PostgreSQL, appendix A, 57P03).
fn is_starting(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => error.code().as_deref() == Some("57P03"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::MIGRATIONS;

    #[test]
    fn every_file_under_migrations_is_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder can be read")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"))
            .collect();
        files.sort();
        let compiled: Vec<String> = MIGRATIONS
            .iter()
            .map(|(version, description, _)| format!("{version:04}_{}.sql", description.replace(' ', "_")))
            .collect();
        assert_eq!(files, compiled);
    }
}

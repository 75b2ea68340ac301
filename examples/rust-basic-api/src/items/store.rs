//! Items in PostgreSQL.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::postgres::{PgPool, PgRow};
use sqlx::{FromRow, Row};

use super::draft::ValidDraft;
use super::entity_tag::Versions;

/// One row of the table, as clients see it.
#[derive(Debug, Serialize)]
pub struct Item {
    pub id: i64,
    pub name: String,
    pub description: String,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl FromRow<'_, PgRow> for Item {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            description: row.try_get("description")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}

/// What became of a guarded change.
#[derive(Debug)]
pub enum Change<T> {
    Done(T),
    /// There is no item of this id.
    Missing,
    /// The item has another version than the ones asked for.
    Stale,
}

/// Adds an item.
pub async fn insert(pool: &PgPool, draft: &ValidDraft) -> Result<Item, sqlx::Error> {
    sqlx::query_as(
        "insert into items (name, description) values ($1, $2)
         returning id, name, description, version, created_at, updated_at",
    )
    .bind(&draft.name)
    .bind(&draft.description)
    .fetch_one(pool)
    .await
}

/// The item of this id.
pub async fn find(pool: &PgPool, id: i64) -> Result<Option<Item>, sqlx::Error> {
    sqlx::query_as("select id, name, description, version, created_at, updated_at from items where id = $1")
        .bind(id)
        .fetch_optional(pool)
        .await
}

/// At most `limit` items whose id is above `after`, by id. The index answers any page in the same time.
pub async fn list(pool: &PgPool, after: i64, limit: i64) -> Result<Vec<Item>, sqlx::Error> {
    sqlx::query_as(
        "select id, name, description, version, created_at, updated_at from items
         where id > $1 order by id limit $2",
    )
    .bind(after)
    .bind(limit)
    .fetch_all(pool)
    .await
}

/// Replaces an item's content, if it still has one of the `required` versions. The comparison and
/// the change are one statement: of two clients with the same copy, one wins.
pub async fn replace(
    pool: &PgPool,
    id: i64,
    draft: &ValidDraft,
    required: Option<&Versions>,
) -> Result<Change<Item>, sqlx::Error> {
    let changed = sqlx::query_as(
        "update items set name = $2, description = $3, version = version + 1, updated_at = now()
         where id = $1 and ($4::bigint[] is null or version = any($4))
         returning id, name, description, version, created_at, updated_at",
    )
    .bind(id)
    .bind(&draft.name)
    .bind(&draft.description)
    .bind(listed(required))
    .fetch_optional(pool)
    .await?;
    outcome(pool, id, changed).await
}

/// Removes an item, if it still has one of the `required` versions.
pub async fn remove(pool: &PgPool, id: i64, required: Option<&Versions>) -> Result<Change<()>, sqlx::Error> {
    let removed = sqlx::query("delete from items where id = $1 and ($2::bigint[] is null or version = any($2))")
        .bind(id)
        .bind(listed(required))
        .execute(pool)
        .await?;
    outcome(pool, id, (removed.rows_affected() == 1).then_some(())).await
}

/// As a query parameter: null asks for no particular version.
fn listed(required: Option<&Versions>) -> Option<&[i64]> {
    match required {
        None | Some(Versions::Any) => None,
        Some(Versions::Listed(versions)) => Some(versions),
    }
}

async fn outcome<T>(pool: &PgPool, id: i64, changed: Option<T>) -> Result<Change<T>, sqlx::Error> {
    match changed {
        Some(value) => Ok(Change::Done(value)),
        None if find(pool, id).await?.is_some() => Ok(Change::Stale),
        None => Ok(Change::Missing),
    }
}

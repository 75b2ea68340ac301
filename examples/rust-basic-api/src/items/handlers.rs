//! Items over HTTP.

use axum::Router;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Json, Path, Query, State};
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgPool;

use super::draft::{Draft, ValidDraft};
use super::entity_tag::{Versions, entity_tag};
use super::store::{self, Change, Item};
use crate::problem::Problem;

/// The items of one page when the request names no number, and the most it may name.
const DEFAULT_LIMIT: i64 = 20;
const MAX_LIMIT: i64 = 100;

/// The routes under `/items`.
pub fn routes() -> Router<PgPool> {
    Router::new().route("/items", get(list).post(create)).route("/items/{id}", get(show).put(replace).delete(remove))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageQuery {
    after: Option<i64>,
    limit: Option<i64>,
}

#[derive(Serialize)]
struct Page {
    items: Vec<Item>,
    /// What to give as `after` for the next page; null on the last one.
    next: Option<i64>,
}

async fn list(
    State(pool): State<PgPool>,
    query: Result<Query<PageQuery>, QueryRejection>,
) -> Result<Json<Page>, Problem> {
    let Query(query) = query?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        let detail = format!("limit is {limit}: expected 1 to {MAX_LIMIT}");
        return Err(Problem::new(StatusCode::BAD_REQUEST, detail));
    }
    let page_size = usize::try_from(limit).unwrap_or_default();
    // One more than asked for tells whether there is a next page.
    let mut items = store::list(&pool, query.after.unwrap_or(0), limit + 1).await?;
    let has_next = items.len() > page_size;
    items.truncate(page_size);
    let next = if has_next { items.last().map(|item| item.id) } else { None };
    Ok(Json(Page { items, next }))
}

async fn create(State(pool): State<PgPool>, body: Result<Json<Draft>, JsonRejection>) -> Result<Response, Problem> {
    let item = store::insert(&pool, &valid(body)?).await?;
    let location = format!("/items/{}", item.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], tagged(item)).into_response())
}

async fn show(State(pool): State<PgPool>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let item = store::find(&pool, parse_id(&id)?).await?.ok_or_else(|| missing(&id))?;
    if Versions::known(&headers).is_some_and(|known| known.contains(item.version)) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, entity_tag(item.version))]).into_response());
    }
    Ok(tagged(item))
}

async fn replace(
    State(pool): State<PgPool>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Draft>, JsonRejection>,
) -> Result<Response, Problem> {
    let change = store::replace(&pool, parse_id(&id)?, &valid(body)?, Versions::required(&headers).as_ref()).await?;
    done(change, &id).map(tagged)
}

async fn remove(State(pool): State<PgPool>, Path(id): Path<String>, headers: HeaderMap) -> Result<StatusCode, Problem> {
    let change = store::remove(&pool, parse_id(&id)?, Versions::required(&headers).as_ref()).await?;
    done(change, &id).map(|()| StatusCode::NO_CONTENT)
}

fn valid(body: Result<Json<Draft>, JsonRejection>) -> Result<ValidDraft, Problem> {
    let Json(draft) = body?;
    draft.check().map_err(Problem::invalid)
}

/// A word that is no number names no item: to the client it is simply not there.
fn parse_id(text: &str) -> Result<i64, Problem> {
    text.parse().map_err(|_| missing(text))
}

fn missing(id: &str) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("There is no item {id}."))
}

fn done<T>(change: Change<T>, id: &str) -> Result<T, Problem> {
    match change {
        Change::Done(value) => Ok(value),
        Change::Missing => Err(missing(id)),
        Change::Stale => {
            let detail = "The item was changed since you read it: read it again, and send its new ETag as If-Match.";
            Err(Problem::new(StatusCode::PRECONDITION_FAILED, detail))
        }
    }
}

fn tagged(item: Item) -> Response {
    ([(ETAG, entity_tag(item.version))], Json(item)).into_response()
}

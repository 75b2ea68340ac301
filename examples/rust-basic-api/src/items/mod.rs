//! Items: the one resource of this API.

mod draft;
mod entity_tag;
mod handlers;
mod store;

pub use handlers::routes;

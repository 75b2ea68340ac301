//! The whole service on a real PostgreSQL, given by DATABASE_URL. Each test has a schema of its own
//! in that database and removes it again, so that tests run side by side and leave nothing behind.

mod service;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use serde_json::json;
use service::{Answer, PATIENCE, Service, program, send};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};

/// An empty schema, and the URL that leads into it.
struct Schema {
    name: String,
    server: String,
}

impl Schema {
    fn create() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("DATABASE_URL").expect(
            "these tests need a PostgreSQL: set DATABASE_URL to one whose user may create schemas, \
             or run the others alone with: cargo test --bins --test process",
        );
        let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let schema = Self { name, server };
        schema.execute(&format!("create schema {}", schema.name));
        schema
    }

    fn url(&self) -> String {
        let separator = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{separator}options[search_path]={}", self.server, self.name)
    }

    fn execute(&self, statement: &str) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let mut connection = PgConnection::connect(&self.server).await.expect("DATABASE_URL leads to a PostgreSQL");
            sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.expect(statement);
        });
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.execute(&format!("drop schema {} cascade", self.name));
    }
}

fn migrate(schema: &Schema) {
    let output = program().arg("migrate").env("DATABASE_URL", schema.url()).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// A service on migrated tables. Fields drop in order: the service ends before its schema goes.
struct Api {
    service: Service,
    schema: Schema,
}

impl Api {
    fn start() -> Self {
        let schema = Schema::create();
        migrate(&schema);
        Self { service: Service::start(&schema.url()), schema }
    }

    fn send(&self, method: &str, path: &str, body: Option<serde_json::Value>) -> Answer {
        self.send_with(method, path, &[], body)
    }

    fn send_with(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<serde_json::Value>) -> Answer {
        send(method, &self.service.url(path), headers, body.map(|body| body.to_string()).as_deref())
    }

    fn create(&self, name: &str) -> serde_json::Value {
        let answer = self.send("POST", "/items", Some(json!({ "name": name })));
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()
    }
}

#[test]
fn an_item_is_created_read_replaced_and_removed() {
    let api = Api::start();
    let created = api.send("POST", "/items", Some(json!({ "name": "  tea ", "description": "green" })));
    assert_eq!((created.status, created.header("etag")), (201, "\"1\""));
    let item = created.json();
    assert_eq!((item["name"].as_str(), item["description"].as_str()), (Some("tea"), Some("green")));
    let path = format!("/items/{}", item["id"]);
    assert_eq!(created.header("location"), path);

    let read = api.send("GET", &path, None);
    assert_eq!((read.status, read.header("etag"), read.json()), (200, "\"1\"", item.clone()));

    let replaced = api.send("PUT", &path, Some(json!({ "name": "black tea" })));
    assert_eq!((replaced.status, replaced.header("etag")), (200, "\"2\""));
    assert_eq!(replaced.json()["description"], "");
    assert_eq!(replaced.json()["created_at"], item["created_at"]);
    assert_ne!(replaced.json()["updated_at"], item["updated_at"]);

    assert_eq!(api.send("DELETE", &path, None).status, 204);
    assert_eq!(api.send("GET", &path, None).status, 404);
    assert_eq!(api.send("PUT", &path, Some(json!({ "name": "tea" }))).status, 404);
    assert_eq!(api.send("DELETE", &path, None).status, 404);
    assert_eq!(api.send("GET", "/items/seven", None).status, 404);
}

#[test]
fn items_come_in_pages() {
    let api = Api::start();
    assert_eq!(api.send("GET", "/items", None).json(), json!({ "items": [], "next": null }));
    let ids: Vec<_> = ["a", "b", "c", "d", "e"].iter().map(|name| api.create(name)["id"].clone()).collect();

    let mut seen = Vec::new();
    let mut path = "/items?limit=2".to_owned();
    let mut sizes = Vec::new();
    loop {
        let page = api.send("GET", &path, None).json();
        let items = page["items"].as_array().expect("a list");
        sizes.push(items.len());
        seen.extend(items.iter().map(|item| item["id"].clone()));
        if page["next"].is_null() {
            break;
        }
        path = format!("/items?limit=2&after={}", page["next"]);
    }
    assert_eq!((seen, sizes), (ids, vec![2, 2, 1]));
    assert_eq!(api.send("GET", "/items?limit=5", None).json()["next"], json!(null));

    for query in ["limit=0", "limit=101", "limit=x", "after=x", "page=2"] {
        let answer = api.send("GET", &format!("/items?{query}"), None);
        assert_eq!((answer.status, answer.header("content-type")), (400, "application/problem+json"), "{query}");
    }
}

#[test]
fn what_breaks_a_rule_is_refused_with_its_reason() {
    let api = Api::start();
    let both = api.send("POST", "/items", Some(json!({ "name": " ", "description": "a\u{0}b" })));
    assert_eq!(both.status, 422);
    let fields: Vec<_> = both.json()["errors"].as_array().expect("a list").iter().map(|e| e["field"].clone()).collect();
    assert_eq!(fields, ["name", "description"]);

    assert_eq!(api.send("POST", "/items", Some(json!({ "nmae": "tea" }))).status, 422);
    let url = api.service.url("/items");
    assert_eq!(send("POST", &url, &[], Some("{\"name\": ")).status, 400);
    assert_eq!(send("POST", &url, &[], None).status, 415);
    let huge = json!({ "name": "tea", "description": "x".repeat(70_000) }).to_string();
    assert_eq!(send("POST", &url, &[], Some(&huge)).status, 413);
    assert_eq!(api.send("GET", "/items", None).json()["items"], json!([]));

    api.create("tea");
    let conflict = api.send("POST", "/items", Some(json!({ "name": "tea" })));
    assert_eq!((conflict.status, conflict.json()["title"].as_str()), (409, Some("Conflict")));
}

#[test]
fn a_stale_copy_overwrites_nothing() {
    let api = Api::start();
    let path = format!("/items/{}", api.create("tea")["id"]);
    let first = [("if-match", "\"1\"")];
    let put = |name: &str| Some(json!({ "name": name }));

    assert_eq!(api.send_with("PUT", &path, &first, put("green tea")).status, 200);
    assert_eq!(api.send_with("PUT", &path, &first, put("black tea")).status, 412);
    assert_eq!(api.send_with("DELETE", &path, &first, None).status, 412);
    let item = api.send("GET", &path, None).json();
    assert_eq!((item["name"].as_str(), item["version"].as_i64()), (Some("green tea"), Some(2)));

    let unchanged = api.send_with("GET", &path, &[("if-none-match", "\"2\"")], None);
    assert_eq!((unchanged.status, unchanged.text.as_str()), (304, ""));
    assert_eq!(api.send_with("GET", &path, &first.map(|(_, tag)| ("if-none-match", tag)), None).status, 200);
    assert_eq!(api.send_with("PUT", &path, &[("if-match", "*")], put("any tea")).status, 200);
    assert_eq!(api.send_with("DELETE", &path, &[("if-match", "\"3\"")], None).status, 204);
}

#[test]
fn of_many_writers_with_one_copy_one_wins() {
    let api = Api::start();
    let url = api.service.url(&format!("/items/{}", api.create("tea")["id"]));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|writer| {
                let url = &url;
                scope.spawn(move || {
                    let body = json!({ "name": format!("tea {writer}") }).to_string();
                    send("PUT", url, &[("if-match", "\"1\"")], Some(&body)).status
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().expect("no panic")).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 412).count(), 7, "{statuses:?}");
}

#[test]
fn migrations_run_once_and_take_turns() {
    let schema = Schema::create();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| migrate(&schema));
        }
    });
    let service = Service::start(&schema.url());
    assert_eq!(send("GET", &service.url("/health/ready"), &[], None).status, 200);
}

#[test]
fn is_not_ready_without_its_tables() {
    let schema = Schema::create();
    let service = Service::start(&schema.url());
    let ready = send("GET", &service.url("/health/ready"), &[], None);
    assert_eq!(ready.status, 503);
    assert!(ready.text.contains("rust-basic-api migrate"), "{}", ready.text);
    migrate(&schema);
    assert_eq!(send("GET", &service.url("/health/ready"), &[], None).status, 200);
}

#[test]
fn is_not_ready_when_the_database_refuses_it() {
    let schema = Schema::create();
    let url = schema.url().replacen('?', "?dbname=there_is_no_such_database&", 1);
    let service = Service::start(&url);
    assert_eq!(send("GET", &service.url("/health/ready"), &[], None).status, 503);
    service.wait_for_log("not ready");
}

#[test]
fn a_request_that_is_open_when_the_stop_comes_is_answered() {
    let Api { service, schema: _schema } = Api::start();
    let body = r#"{"name":"last order"}"#;
    let mut stream = TcpStream::connect(service.address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    write!(
        stream,
        "POST /items HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         expect: 100-continue\r\n\r\n",
        body.len()
    )
    .expect("the head is sent");
    // The service asks for the body once its handler reads it: from here on the request is open.
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).expect("an interim answer");
    assert!(interim.starts_with(b"HTTP/1.1 100 Continue"));

    service.terminate();
    service.wait_for_log("stopping: ending open requests");
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect(service.address).is_ok() {
        assert!(Instant::now() < deadline, "new connections are still accepted");
    }
    stream.write_all(body.as_bytes()).expect("the body is sent");

    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer, then the end");
    assert!(answer.starts_with("HTTP/1.1 201 Created"), "{answer}");
    assert!(answer.contains("\"name\":\"last order\""), "{answer}");
    assert_eq!(service.wait().code(), Some(0));
}

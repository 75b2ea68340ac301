//! The program without a database: its command line, its environment, its answers while the database is away.

mod service;

use std::net::TcpListener;

use service::{Service, program, send};

/// A URL whose port nothing listens on: the listener is closed again when this returns.
fn absent_database() -> String {
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    format!("postgres://nobody:hunter2@127.0.0.1:{port}/nothing")
}

#[test]
fn explains_itself() {
    let output = program().arg("--help").output().expect("it runs");
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("usage: rust-basic-api"));
}

#[test]
fn refuses_an_unknown_command_with_status_2() {
    let output = program().arg("migrat").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no command \"migrat\""));
}

#[test]
fn refuses_a_wrong_environment_with_status_2() {
    let output = program().env("PORT", "http").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("PORT is \"http\"") && errors.contains("DATABASE_URL is not set"), "{errors}");
}

#[test]
fn names_the_address_that_it_cannot_have() {
    let occupant = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = occupant.local_addr().expect("an address");
    let output = program()
        .env("DATABASE_URL", absent_database())
        .env("HOST", "127.0.0.1")
        .env("PORT", address.port().to_string())
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains(&format!("cannot listen on {address}")));
}

#[test]
fn is_alive_and_not_ready_while_the_database_is_away() {
    let service = Service::start(&absent_database());
    assert_eq!(send("GET", &service.url("/health"), &[], None).status, 200);

    let ready = send("GET", &service.url("/health/ready"), &[], None);
    assert_eq!(ready.status, 503);
    assert_eq!(ready.header("content-type"), "application/problem+json");
    assert_eq!(ready.header("retry-after"), "1");
    assert!(!ready.text.contains("hunter2") && !ready.text.contains("127.0.0.1"), "{}", ready.text);
    assert_eq!(send("GET", &service.url("/items"), &[], None).status, 503);
}

#[test]
fn answers_what_does_not_exist_with_a_problem() {
    let service = Service::start(&absent_database());
    let missing = send("GET", &service.url("/itmes"), &[], None);
    assert_eq!((missing.status, missing.json()["title"].as_str()), (404, Some("Not Found")));
    let wrong_method = send("PATCH", &service.url("/items/1"), &[], Some("{}"));
    assert_eq!((wrong_method.status, wrong_method.header("allow")), (405, "GET,HEAD,PUT,DELETE"));
    assert_eq!(wrong_method.header("content-type"), "application/problem+json");
}

#[test]
fn counts_by_route_and_known_method_only() {
    let service = Service::start(&absent_database());
    send("GET", &service.url("/secret/42"), &[], None);
    send("BREW", &service.url("/health"), &[], None);
    let metrics = send("GET", &service.url("/metrics"), &[], None);
    assert!(metrics.header("content-type").starts_with("application/openmetrics-text"));
    let unmatched = r#"http_requests_total{method="GET",route="unmatched",status="404"} 1"#;
    let other = r#"http_requests_total{method="other",route="/health",status="405"} 1"#;
    assert!(metrics.text.contains(unmatched) && metrics.text.contains(other), "{}", metrics.text);
    assert!(!metrics.text.contains("secret") && !metrics.text.contains("BREW"), "{}", metrics.text);
    assert!(metrics.text.ends_with("# EOF\n"));
}

#[test]
fn stops_with_status_0_when_asked() {
    let service = Service::start(&absent_database());
    service.terminate();
    assert_eq!(service.wait().code(), Some(0));
}

//! The built program as its users run it: a process, its environment, its port.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The longest that any step may take, on a machine that is busy.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The program with an environment of its own: nothing of the test's leaks in.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rust-basic-api"));
    command.env_clear();
    command
}

/// A serving process. It is killed when it is dropped.
pub struct Service {
    child: Child,
    pub address: SocketAddr,
    lines: mpsc::Receiver<String>,
}

impl Service {
    /// Serves on a free port of this machine, and waits until it listens.
    pub fn start(database_url: &str) -> Self {
        let mut child = program()
            .env("DATABASE_URL", database_url)
            .env("HOST", "127.0.0.1")
            .env("PORT", "0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut service = Self { child, address: SocketAddr::from(([0, 0, 0, 0], 0)), lines };
        let listening = service.wait_for_log("listening");
        let address = listening["address"].as_str().expect("an address");
        service.address = address.parse().expect("an address");
        service
    }

    /// The next log event with this message.
    pub fn wait_for_log(&self, message: &str) -> serde_json::Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let line = self
                .lines
                .recv_timeout(deadline.saturating_duration_since(Instant::now()))
                .unwrap_or_else(|_| panic!("no log event \"{message}\""));
            let event: serde_json::Value = serde_json::from_str(&line).expect("every log line is JSON");
            if event["message"] == message {
                return event;
            }
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Asks the process to stop.
    pub fn terminate(&self) {
        let status = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(status.expect("kill runs").success());
    }

    /// Waits for the process to end.
    pub fn wait(mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("the child can be asked") {
                return status;
            }
            assert!(Instant::now() < deadline, "the service does not end");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer, read to its end.
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("plain text"))
    }
}

/// Sends a request; any status is an answer.
pub fn send(method: &str, url: &str, headers: &[(&str, &str)], body: Option<&str>) -> Answer {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .allow_non_standard_methods(true)
        .build()
        .into();
    let mut request = ureq::http::Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = match body {
        Some(body) => {
            let request = request.header("content-type", "application/json").body(body.to_owned());
            agent.run(request.expect("a request"))
        }
        None => agent.run(request.body(()).expect("a request")),
    };
    let mut response = response.unwrap_or_else(|error| panic!("{method} {url}: {error}"));
    let mut text = String::new();
    response.body_mut().as_reader().read_to_string(&mut text).expect("a body of text");
    Answer { status: response.status().as_u16(), headers: response.headers().clone(), text }
}

//! A small HTTP API over one PostgreSQL table.
//!
//! `rust-basic-api` serves; `rust-basic-api migrate` brings the database's tables up to date and ends.

mod database;
mod health;
mod items;
mod metrics;
mod observe;
mod problem;
mod server;
mod settings;
mod shutdown;

use std::process::ExitCode;

use settings::Settings;

const USAGE: &str = "\
usage: rust-basic-api [serve | migrate]

  serve      answer HTTP requests (the default)
  migrate    bring the tables up to date, then end

environment:
  DATABASE_URL   postgres://user:password@host:port/database (required)
  HOST           the address to listen on (default 0.0.0.0)
  PORT           the port to listen on (default 3000)
  RUST_LOG       log levels, such as info or info,sqlx=debug (default info)
";

/// The exit status for a wrong command line or a wrong environment.
const USAGE_ERROR: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] | ["serve"] => run(server::serve),
        ["migrate"] => run(database::migrate),
        ["-h" | "--help"] => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        ["-V" | "--version"] => {
            println!("rust-basic-api {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        unknown => {
            eprint!("rust-basic-api: there is no command \"{}\"\n\n{USAGE}", unknown.join(" "));
            ExitCode::from(USAGE_ERROR)
        }
    }
}

/// Reads the settings, starts logging, and runs one command to its end.
fn run<F>(command: fn(Settings) -> F) -> ExitCode
where
    F: Future<Output = Result<(), String>>,
{
    let settings = match Settings::read(|name| std::env::var(name).ok()) {
        Ok(settings) => settings,
        Err(problems) => {
            for problem in problems {
                eprintln!("rust-basic-api: {problem}");
            }
            return ExitCode::from(USAGE_ERROR);
        }
    };
    observe::start_logging(settings.log_levels.clone());
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("rust-basic-api: cannot start the runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(command(settings)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "stopped");
            ExitCode::FAILURE
        }
    }
}

//! What the environment says: where to listen, which database, how much to log.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use sqlx::postgres::PgConnectOptions;
use tracing_subscriber::filter::{LevelFilter, Targets};

/// The settings of one run. Not `Debug`: that would print the password.
pub struct Settings {
    /// Where to listen. Port 0 lets the system choose one.
    pub address: SocketAddr,
    /// How to reach the database. Holds the password: never log it.
    pub database: PgConnectOptions,
    /// Which log events are written.
    pub log_levels: Targets,
}

impl Settings {
    /// Reads the settings through `variable`, which answers the value of an environment variable.
    ///
    /// # Errors
    ///
    /// Every problem at once, each as a sentence that names the variable. No sentence repeats the
    /// value of `DATABASE_URL`, for it holds a password.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();

        let host = match variable("HOST") {
            None => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            Some(text) => text.parse().unwrap_or_else(|_| {
                problems.push(format!("HOST is \"{text}\": expected an IP address, such as 127.0.0.1"));
                IpAddr::V4(Ipv4Addr::UNSPECIFIED)
            }),
        };
        let port = match variable("PORT") {
            None => 3000,
            Some(text) => text.parse().unwrap_or_else(|_| {
                problems.push(format!("PORT is \"{text}\": expected a number from 0 to 65535"));
                0
            }),
        };
        let log_levels = match variable("RUST_LOG") {
            None => Targets::new().with_default(LevelFilter::INFO),
            Some(text) => text.parse().unwrap_or_else(|_| {
                problems.push(format!("RUST_LOG is \"{text}\": expected levels, such as info or info,sqlx=debug"));
                Targets::new()
            }),
        };
        let database = match variable("DATABASE_URL") {
            None => Err("DATABASE_URL is not set: expected postgres://user:password@host:port/database".to_owned()),
            Some(url) => url.parse::<PgConnectOptions>().map_err(|_| {
                "DATABASE_URL cannot be read: expected postgres://user:password@host:port/database".to_owned()
            }),
        };

        match database {
            Ok(database) if problems.is_empty() => {
                Ok(Self { address: SocketAddr::new(host, port), database, log_levels })
            }
            Ok(_) => Err(problems),
            Err(problem) => {
                problems.push(problem);
                Err(problems)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, Vec<String>> {
        Settings::read(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    fn address(pairs: &[(&str, &str)]) -> String {
        read(pairs).unwrap_or_else(|problems| panic!("{problems:?}")).address.to_string()
    }

    #[test]
    fn listens_on_every_address_and_port_3000_unless_told_otherwise() {
        let database = ("DATABASE_URL", "postgres://u:p@localhost/items");
        assert_eq!(address(&[database]), "0.0.0.0:3000");
        assert_eq!(address(&[database, ("HOST", "::1"), ("PORT", "8080")]), "[::1]:8080");
    }

    #[test]
    fn names_every_wrong_variable_at_once() {
        let problems = read(&[("HOST", "here"), ("PORT", "70000"), ("RUST_LOG", "a=b=c")]).err().expect("invalid");
        let named: Vec<&str> = problems.iter().filter_map(|problem| problem.split(' ').next()).collect();
        assert_eq!(named, ["HOST", "PORT", "RUST_LOG", "DATABASE_URL"]);
    }

    #[test]
    fn never_repeats_the_database_url() {
        for url in ["postgres://u:hunter2@localhost:bad/items", "mysql://u:hunter2@localhost/items", "hunter2"] {
            if let Err(problems) = read(&[("DATABASE_URL", url)]) {
                assert!(!problems.concat().contains("hunter2"), "{problems:?}");
            }
        }
        assert!(read(&[("DATABASE_URL", "postgres://u:hunter2@localhost:bad/items")]).is_err());
    }
}

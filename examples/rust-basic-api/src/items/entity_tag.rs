//! Entity tags (RFC 9110, section 8.8.3): an item's version in quotes.

use axum::http::header::{IF_MATCH, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName};

/// The versions that a request accepts or knows.
#[derive(Debug, PartialEq, Eq)]
pub enum Versions {
    /// `*`: whichever there is.
    Any,
    /// One of these. Empty when the request named only tags that were never ours.
    Listed(Vec<i64>),
}

impl Versions {
    /// The versions of `If-Match`: change the item only if it still has one of these.
    pub fn required(headers: &HeaderMap) -> Option<Self> {
        read(headers, &IF_MATCH, |tag| tag)
    }

    /// The versions of `If-None-Match`: the copies that the client already has. Weak tags count too.
    pub fn known(headers: &HeaderMap) -> Option<Self> {
        read(headers, &IF_NONE_MATCH, |tag| tag.strip_prefix("W/").unwrap_or(tag))
    }

    /// Whether `version` is among them.
    pub fn contains(&self, version: i64) -> bool {
        match self {
            Self::Any => true,
            Self::Listed(versions) => versions.contains(&version),
        }
    }
}

/// The entity tag of a version.
pub fn entity_tag(version: i64) -> String {
    format!("\"{version}\"")
}

fn read(headers: &HeaderMap, name: &HeaderName, strip: impl Fn(&str) -> &str) -> Option<Versions> {
    let tags: Vec<&str> = headers
        .get_all(name)
        .iter()
        .flat_map(|value| value.to_str().unwrap_or_default().split(','))
        .map(str::trim)
        .collect();
    if tags.is_empty() {
        return None;
    }
    if tags.contains(&"*") {
        return Some(Versions::Any);
    }
    let version = |tag: &&str| strip(tag).strip_prefix('"')?.strip_suffix('"')?.parse().ok();
    Some(Versions::Listed(tags.iter().filter_map(version).collect()))
}

#[cfg(test)]
mod tests {
    use axum::http::header::{IF_MATCH, IF_NONE_MATCH};
    use axum::http::{HeaderMap, HeaderValue};

    use super::Versions;

    fn headers(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([
            (IF_MATCH, HeaderValue::from_static(value)),
            (IF_NONE_MATCH, HeaderValue::from_static(value)),
        ])
    }

    #[test]
    fn reads_one_tag_several_tags_and_the_star() {
        assert_eq!(Versions::required(&headers("\"3\"")), Some(Versions::Listed(vec![3])));
        assert_eq!(Versions::required(&headers("\"3\" , \"5\"")), Some(Versions::Listed(vec![3, 5])));
        assert_eq!(Versions::required(&headers("*")), Some(Versions::Any));
        assert_eq!(Versions::required(&HeaderMap::new()), None);
    }

    #[test]
    fn a_tag_that_is_not_ours_matches_nothing() {
        for value in ["\"abc\"", "3", "\"3", ""] {
            let versions = Versions::required(&headers(value)).expect("the header is there");
            assert!(!versions.contains(3), "{value}");
        }
    }

    #[test]
    fn a_weak_tag_guards_no_change_but_knows_a_copy() {
        assert_eq!(Versions::required(&headers("W/\"3\"")), Some(Versions::Listed(vec![])));
        assert_eq!(Versions::known(&headers("W/\"3\"")), Some(Versions::Listed(vec![3])));
    }
}

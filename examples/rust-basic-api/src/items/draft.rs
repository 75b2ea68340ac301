//! What a client sends to create or replace an item, and the rules it must keep.

use serde::Deserialize;

use crate::problem::FieldError;

/// In characters; the table's checks say the same.
const MAX_NAME: usize = 100;
const MAX_DESCRIPTION: usize = 2000;

/// An item as the client sent it: readable, not yet checked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    name: String,
    #[serde(default)]
    description: String,
}

/// A draft that keeps every rule. Only `Draft::check` makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct ValidDraft {
    pub name: String,
    pub description: String,
}

impl Draft {
    /// Trims the name and checks every field.
    ///
    /// # Errors
    ///
    /// All broken rules at once, in the order of the fields.
    pub fn check(self) -> Result<ValidDraft, Vec<FieldError>> {
        let name = self.name.trim().to_owned();
        let mut errors = Vec::new();
        let mut report = |field, detail: String| errors.push(FieldError { field, detail });

        match name.chars().count() {
            0 => report("name", format!("is empty: expected 1 to {MAX_NAME} characters")),
            length if length > MAX_NAME => {
                report("name", format!("has {length} characters: expected 1 to {MAX_NAME}"));
            }
            _ => {}
        }
        if name.chars().any(char::is_control) {
            report("name", "has a control character: expected one line of text".to_owned());
        }
        let length = self.description.chars().count();
        if length > MAX_DESCRIPTION {
            report("description", format!("has {length} characters: expected at most {MAX_DESCRIPTION}"));
        }
        if self.description.chars().any(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
        {
            report("description", "has a control character: expected text, line breaks and tabs".to_owned());
        }

        if errors.is_empty() { Ok(ValidDraft { name, description: self.description }) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, ValidDraft};

    fn check(name: &str, description: &str) -> Result<ValidDraft, Vec<&'static str>> {
        Draft { name: name.to_owned(), description: description.to_owned() }
            .check()
            .map_err(|errors| errors.iter().map(|error| error.field).collect())
    }

    #[test]
    fn accepts_text_and_trims_the_name() {
        let draft = check("  tea \n", "green,\n\tloose").expect("valid");
        assert_eq!(draft, ValidDraft { name: "tea".to_owned(), description: "green,\n\tloose".to_owned() });
    }

    #[test]
    fn counts_characters_and_not_bytes() {
        assert!(check(&"茶".repeat(100), &"é".repeat(2000)).is_ok());
        assert_eq!(check(&"茶".repeat(101), ""), Err(vec!["name"]));
        assert_eq!(check("tea", &"é".repeat(2001)), Err(vec!["description"]));
    }

    #[test]
    fn refuses_an_empty_name() {
        assert_eq!(check("", ""), Err(vec!["name"]));
        assert_eq!(check(" \t ", ""), Err(vec!["name"]));
    }

    #[test]
    fn refuses_control_characters_that_the_database_could_not_store() {
        assert_eq!(check("a\0b", "a\0b"), Err(vec!["name", "description"]));
        assert_eq!(check("two\nlines", ""), Err(vec!["name"]));
    }

    #[test]
    fn reports_every_field_at_once() {
        assert_eq!(check("", &"x".repeat(2001)), Err(vec!["name", "description"]));
    }

    #[test]
    fn reads_no_unknown_field_and_no_other_type() {
        assert!(serde_json::from_str::<Draft>(r#"{"name":"tea"}"#).is_ok());
        assert!(serde_json::from_str::<Draft>(r#"{"name":"tea","nmae":"x"}"#).is_err());
        assert!(serde_json::from_str::<Draft>(r#"{"name":7}"#).is_err());
        assert!(serde_json::from_str::<Draft>("{}").is_err());
    }
}

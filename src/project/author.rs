//! Who works here, with the clock and the random bytes of the system.

use crate::origin::{Author, Timestamp};

/// The person at work: of a name of their own, or else the user of the system.
pub fn author(name: Option<&str>) -> Author {
    let own = name.map(str::trim).filter(|name| !name.is_empty());
    Author::new(&own.map_or_else(system_user, str::to_owned), Timestamp::now, random)
}

/// The name of the user as the system knows it.
fn system_user() -> String {
    whoami::username().ok().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "user".to_owned())
}

fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).expect("the system gives random bytes, without which there is no hash map either");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_a_name_and_ids_differ() {
        assert_eq!(author(Some(" 李译 ")).name(), "李译");
        for name in [None, Some(""), Some("  ")] {
            assert_eq!(author(name).name(), system_user());
        }
        let author = author(None);
        assert!(!author.name().is_empty() && author.id() != author.id());
    }
}

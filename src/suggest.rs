//! "Did you mean": the nearest of the names that are known.

/// The nearest of `known` to `word`, by optimal string alignment distance within `1 + length / 4` characters (and less than
/// the whole word), whatever the case; the first in the alphabet of those that are as near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = (1 + length / 4).min(length.saturating_sub(1));
    let folded = word.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(&folded, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// `, did you mean …?` for the [`nearest`] of `known`; empty where none is near.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known)
        .map(|name| format!(", did you mean `{name}`?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_named() {
        let known = ["value", "criterion"];
        assert_eq!(
            did_you_mean("critreion", known),
            ", did you mean `criterion`?"
        );
        assert_eq!(nearest("Value", known), Some("value"));
        assert_eq!(did_you_mean("zzz", known), "");
        assert_eq!(nearest("x", ["a"]), None);
    }
}

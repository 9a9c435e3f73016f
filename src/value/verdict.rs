//! The four verdicts of a condition, and the logic that joins them.

use serde::{Deserialize, Serialize};

/// What a condition comes to, from worst to best for the one who asserts it.
///
/// The order is that of conjunction: `a && b` is the lesser of the two, `a || b` the greater.
/// `Unknown` stands between *fails* and *rounding*, so that a conjunction which lacks one fact stays silent, and an
/// alternative that is not known is never reported as a mere matter of rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Cannot be true, however the printed figures were rounded.
    Fails,
    /// Something needed was not stated.
    Unknown,
    /// False as printed, but true for figures that would be printed in the same way.
    Rounding,
    /// True as printed.
    Holds,
}

impl Verdict {
    /// Conjunction: the lesser of the two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Disjunction. Like the greater of the two, but what is unknown outweighs what holds only by rounding.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, Self::Rounding) | (Self::Rounding, Self::Unknown) => Self::Unknown,
            (a, b) => a.max(b),
        }
    }

    /// Negation. What rests on rounding and what is unknown stay so.
    #[must_use]
    pub const fn negate(self) -> Self {
        match self {
            Self::Fails => Self::Holds,
            Self::Holds => Self::Fails,
            other => other,
        }
    }

    /// The name used in JSON output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fails => "fails",
            Self::Unknown => "unknown",
            Self::Rounding => "rounding",
            Self::Holds => "holds",
        }
    }
}

impl From<bool> for Verdict {
    fn from(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Fails }
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{self, Fails, Holds, Rounding, Unknown};

    const ALL: [Verdict; 4] = [Fails, Unknown, Rounding, Holds];

    #[test]
    fn the_tables_of_the_logic() {
        for a in ALL {
            assert_eq!(a.and(Holds), a);
            assert_eq!(a.or(Fails), a);
            assert_eq!(a.and(Fails), Fails);
            assert_eq!(a.or(Holds), Holds);
            assert_eq!(a.negate().negate(), a);
            for b in ALL {
                assert_eq!(a.and(b), b.and(a));
                assert_eq!(a.or(b), b.or(a));
            }
        }
        assert_eq!(Unknown.and(Rounding), Unknown);
        assert_eq!(Unknown.or(Rounding), Unknown);
    }
}

//! Grades on ordered scales.

use std::{fmt, sync::Arc};

use super::Verdict;

/// An ordered scale of grades, worst first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Name of the scale, unique among the loaded frameworks.
    pub id: Box<str>,
    /// The grades from worst to best; a grade's rank is its index.
    pub steps: Vec<Step>,
}

/// One grade of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The grade as the inspectorate writes it.
    pub name: Box<str>,
    /// Points that the framework gives for it, where it gives any.
    pub points: Option<i32>,
}

/// A grade that was given: a step of a scale, or a word that stands on no known scale.
#[derive(Clone, Debug)]
pub struct Grade {
    name: Arc<str>,
    scale: Option<(Arc<Scale>, u8)>,
}

impl Grade {
    /// The grade at `rank` of `scale`; `None` past its best step.
    pub fn on(scale: &Arc<Scale>, rank: u8) -> Option<Self> {
        let step = scale.steps.get(usize::from(rank))?;
        Some(Self {
            name: Arc::from(&*step.name),
            scale: Some((Arc::clone(scale), rank)),
        })
    }

    /// The same grade in the wording of the text, where the scale allows more than one: "requires improvement to be good".
    #[must_use]
    pub fn worded(self, name: &str) -> Self {
        Self {
            name: Arc::from(name),
            ..self
        }
    }

    /// A word that no known scale holds.
    pub fn off(name: &str) -> Self {
        Self {
            name: Arc::from(name),
            scale: None,
        }
    }

    /// The grade as its scale writes it, or as the text did where it is on no scale.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// 0 for the worst grade, counting up; `None` off every scale.
    pub fn rank(&self) -> Option<u8> {
        self.scale.as_ref().map(|(_, rank)| *rank)
    }

    /// The scale it stands on.
    pub fn scale(&self) -> Option<&Arc<Scale>> {
        self.scale.as_ref().map(|(scale, _)| scale)
    }

    /// The rank of the grade of this name on the same scale, whatever the case; `None` where it does not stand there.
    pub fn rank_of(&self, name: &str) -> Option<u8> {
        rank_on(self.scale()?, name)
    }

    /// Points of the framework for this grade; `None` where it has none.
    pub fn points(&self) -> Option<i32> {
        let (scale, rank) = self.scale.as_ref()?;
        scale.steps.get(usize::from(*rank))?.points
    }

    /// Equality by rank on one scale, else by name, whatever the case: a word means the same on the scales that share it.
    pub fn equals(&self, other: &Self) -> Verdict {
        match (&self.scale, &other.scale) {
            (Some((a, x)), Some((b, y))) if a.id == b.id => (x == y).into(),
            _ => self.name.eq_ignore_ascii_case(&other.name).into(),
        }
    }

    /// Worse than `other`; *unknown* unless both stand on one scale. A word off every scale is looked up on that of the
    /// other grade.
    pub fn less(&self, other: &Self) -> Verdict {
        let ranks = match (&self.scale, &other.scale) {
            (Some((a, x)), Some((b, y))) if a.id == b.id => Some((*x, *y)),
            (Some((scale, x)), None) => rank_on(scale, &other.name).map(|y| (*x, y)),
            (None, Some((scale, y))) => rank_on(scale, &self.name).map(|x| (x, *y)),
            _ => None,
        };
        ranks.map_or(Verdict::Unknown, |(x, y)| (x < y).into())
    }
}

fn rank_on(scale: &Scale, name: &str) -> Option<u8> {
    let step = scale
        .steps
        .iter()
        .position(|step| step.name.eq_ignore_ascii_case(name))?;
    u8::try_from(step).ok()
}

impl PartialEq for Grade {
    fn eq(&self, other: &Self) -> bool {
        self.equals(other) == Verdict::Holds
    }
}

impl Eq for Grade {}

impl fmt::Display for Grade {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(id: &str, names: &[&str]) -> Arc<Scale> {
        let steps = names
            .iter()
            .map(|name| Step {
                name: (*name).into(),
                points: None,
            })
            .collect();
        Arc::new(Scale {
            id: id.into(),
            steps,
        })
    }

    #[test]
    fn grades_are_ordered_on_their_own_scale_only() {
        let hmcpsi = scale("hmcpsi", &["Poor", "Fair", "Good", "Excellent"]);
        let cqc = scale(
            "cqc",
            &["Inadequate", "Requires improvement", "Good", "Outstanding"],
        );
        let [fair, good] = [1, 2].map(|rank| Grade::on(&hmcpsi, rank).expect("on the scale"));
        let other = Grade::on(&cqc, 2).expect("on the scale");
        assert_eq!(fair.less(&good), Verdict::Holds);
        assert_eq!(good.less(&fair), Verdict::Fails);
        assert_eq!(fair.less(&other), Verdict::Unknown);
        assert_eq!(good.equals(&other), Verdict::Holds);
        assert_eq!(Grade::off("GOOD").equals(&good), Verdict::Holds);
        assert_eq!(Grade::off("Lovely").less(&good), Verdict::Unknown);
        assert_eq!(Grade::off("poor").less(&good), Verdict::Holds);
        assert!(Grade::on(&cqc, 4).is_none());
        let longer = Grade::on(&cqc, 1).expect("on the scale");
        let longer = longer.worded("Requires improvement to be good");
        assert_eq!(Grade::on(&cqc, 1), Some(longer));
    }
}

//! The arithmetic behind an assertion that does not hold, in one line: `62.3% − 55.2% = 7.1 points, not 9 points`.

use rust_decimal::Decimal;

use super::{
    Cache, Checked, Scope,
    ast::{Level, Operator},
    eval::Run,
    functions::Function,
    node::{Each, How, Node},
};
use crate::value::{Number, Value, Verdict};

/// The most terms of a sum that are written out.
const MOST_TERMS: usize = 8;

/// Functions of one value that only say how it is compared: readers need to see the value alone.
const PLAIN: &[&str] = &["exact", "label", "loosely", "lower", "rounded", "truncated"];

/// The most lines of arithmetic that are joined into one.
const MOST_LINES: usize = 2;

impl Checked {
    /// The comparisons that decided against an assertion, with the values on both sides; `None` where it holds or is
    /// unknown, and where both sides are plain fields, which the message shows already.
    pub fn working(&self, scope: &dyn Scope, cache: &mut Cache) -> Option<String> {
        let mut run = Run { scope, cache };
        let lines = run.explain(&self.root, true);
        (!lines.is_empty()).then(|| lines.join("; "))
    }
}

/// A side of a comparison as it is shown: `62.3% − 55.2% = 7.1 points`, `9 points`.
struct Side {
    shown: String,
    is_computed: bool,
}

impl Run<'_> {
    /// Lines on why a condition is not what was wanted of it; none where it is, or is unknown.
    fn explain(&mut self, node: &Node, wanted: bool) -> Vec<String> {
        let verdict = self.verdict(node);
        let good = if wanted {
            Verdict::Holds
        } else {
            Verdict::Fails
        };
        if verdict == good || verdict == Verdict::Unknown {
            return Vec::new();
        }
        match node {
            Node::Kept(_, inner) => self.explain(inner, wanted),
            Node::Not(inner) => self.explain(inner, !wanted),
            Node::And(parts) if wanted => self.explain_first(parts, wanted, verdict),
            Node::Or(parts) if !wanted => self.explain_first(parts, wanted, verdict),
            Node::And(parts) | Node::Or(parts) => {
                let lines = parts.iter().flat_map(|part| self.explain(part, wanted));
                lines.take(MOST_LINES).collect()
            }
            Node::Conditional(parts) => {
                let [condition, then, otherwise] = &**parts;
                match self.verdict(condition) {
                    Verdict::Holds => self.explain(then, wanted),
                    _ => self.explain(otherwise, wanted),
                }
            }
            Node::Compare(comparison) => {
                let [a, b] = &comparison.sides;
                let (a, b) = (self.side(a), self.side(b));
                let operator = comparison.operator.unless(!wanted);
                line(operator, a, b, verdict).into_iter().collect()
            }
            Node::Count(operator, list, number) => {
                let (found, number) = (self.count(list), self.side(number));
                let operator = operator.unless(!wanted);
                // How many facts were looked at says nothing to who wrote none of them.
                let told = operator == Operator::Equal && number.shown != "0";
                let line = line(operator, found, number, verdict);
                line.filter(|_| told).into_iter().collect()
            }
            Node::Each(each) if each.how == How::All && wanted => self.explain_element(each),
            Node::Call(function, arguments) => {
                self.granularity(function, arguments).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The first part that decided the whole.
    fn explain_first(&mut self, parts: &[Node], wanted: bool, verdict: Verdict) -> Vec<String> {
        let decided = parts.iter().find(|part| self.verdict(part) == verdict);
        decided.map_or_else(Vec::new, |part| self.explain(part, wanted))
    }

    /// Why the first element that fails does.
    fn explain_element(&mut self, each: &Each) -> Vec<String> {
        let elements = self.value(&each.list);
        for element in elements.as_list().unwrap_or_default() {
            let lines = self.with(each, element, |run, body| run.explain(body, true));
            if let Some(lines) = lines.filter(|lines| !lines.is_empty()) {
                return lines;
            }
        }
        Vec::new()
    }

    /// `34% of 25 is between 8.38 and 8.63`.
    fn granularity(&mut self, function: &Function, arguments: &[Node]) -> Option<String> {
        let ("possible_share", [percent, whole]) = (function.name, arguments) else {
            return None;
        };
        let (percent, whole) = (
            self.value(percent).as_number()?,
            self.value(whole).as_number()?,
        );
        let hundred = Number::exact(Decimal::ONE_HUNDRED);
        let cases = percent.times(whole)?.divided_by(hundred)?;
        let bounds = if cases.is_exact() {
            Number::exact(cases.value()).to_string()
        } else {
            let [lo, hi] = [cases.lo(), cases.hi()].map(Number::exact);
            format!("between {lo} and {hi}")
        };
        Some(format!("{percent} of {whole} is {bounds}"))
    }

    fn side(&mut self, node: &Node) -> Side {
        let value = self.value(node);
        match self.formula(node) {
            Some((formula, _)) => Side {
                shown: format!("{formula} = {value}"),
                is_computed: true,
            },
            None => Side {
                shown: value.to_string(),
                is_computed: false,
            },
        }
    }

    fn count(&mut self, list: &Node) -> Side {
        let size = self.value(list).as_list().map_or(0, <[Value]>::len);
        Side {
            shown: format!("{} found", Number::from(size)),
            is_computed: true,
        }
    }

    /// How a value is computed, and how closely the parts of what is written hold together; `None` for plain values.
    fn formula(&mut self, node: &Node) -> Option<(String, Level)> {
        match node {
            Node::Kept(_, inner) => self.formula(inner),
            Node::Arithmetic(operator, a, b) => {
                let level = operator.level();
                let (a, b) = (self.operand(a, level), self.operand(b, level.closer()));
                Some((format!("{a} {} {b}", typeset(*operator)), level))
            }
            Node::Call(function, arguments) => self.call_formula(function, arguments),
            _ => None,
        }
    }

    fn operand(&mut self, node: &Node, place: Level) -> String {
        match self.formula(node) {
            Some((formula, level)) if level < place => format!("({formula})"),
            Some((formula, _)) => formula,
            None => self.value(node).to_string(),
        }
    }

    /// `None` for functions whose working has no words of its own: their names are those of the language, not the reader's.
    fn call_formula(&mut self, function: &Function, arguments: &[Node]) -> Option<(String, Level)> {
        if PLAIN.contains(&function.name) {
            return self.formula(arguments.first()?);
        }
        let values: Vec<Value> = arguments.iter().map(|node| self.value(node)).collect();
        let shown = match (function.name, &*values) {
            ("sum", [Value::List(terms)]) if (2..=MOST_TERMS).contains(&terms.len()) => {
                let terms: Vec<_> = terms.iter().map(Value::to_string).collect();
                return Some((terms.join(" + "), Level::Sum));
            }
            ("share" | "part", [part, whole]) => format!("{part} of {whole}"),
            ("relative_change" | "days_between", [from, to]) => format!("from {from} to {to}"),
            _ => return None,
        };
        Some((shown, Level::Whole))
    }
}

/// One line for a comparison that came out against what was wanted; `None` where both sides are plain.
fn line(operator: Operator, a: Side, b: Side, verdict: Verdict) -> Option<String> {
    let (operator, a, b) = if a.is_computed {
        (operator, a, b)
    } else {
        (operator.flipped(), b, a)
    };
    let between = match operator {
        Operator::Equal => "not",
        Operator::NotEqual => "the same as",
        Operator::Less => "not below",
        Operator::AtMost => "above",
        Operator::Greater => "not above",
        Operator::AtLeast => "below",
        _ => return None,
    };
    let slack = if verdict == Verdict::Rounding {
        " (but within rounding)"
    } else {
        ""
    };
    a.is_computed
        .then(|| format!("{}, {between} {}{slack}", a.shown, b.shown))
}

/// An arithmetic operator as it is printed in text.
const fn typeset(operator: Operator) -> &'static str {
    match operator {
        Operator::Minus => "−",
        Operator::Times => "×",
        Operator::Divide => "÷",
        other => other.sign(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::testing::World;

    #[track_caller]
    fn check(text: &str, working: Option<&str>) {
        let world = World::sample();
        let checked = world.check(text).expect("a right expression");
        let found = checked.working(&world, &mut Cache::default());
        assert_eq!(found.as_deref(), working, "{text}");
    }

    #[test]
    fn the_comparison_that_failed_is_shown_with_its_values() {
        check(
            "c.to - c.from == c.by",
            Some("62.3% − 55.2% = 7.1 points, not 9 points"),
        );
        check(
            "c.by == c.to - c.from || c.direction == \"down\" && c.from - c.to == c.by",
            Some("62.3% − 55.2% = 7.1 points, not 9 points"),
        );
        check("sum([90, 70]) == 150", Some("90 + 70 = 160, not 150"));
        check("share(18, 40) == 48", Some("18 of 40 = 45%, not 48"));
        check(
            "2 * (c.from - 1) < 50",
            Some("2 × (55.2% − 1) = 108.4%, not below 50"),
        );
        check(
            "exact(c.to - c.from) == 9",
            Some("62.3% − 55.2% = 7.1 points, not 9"),
        );
        check("!(1 + 1 == 2)", Some("1 + 1 = 2, the same as 2"));
        check("size(ratings) == 5", Some("4 found, not 5"));
        check("size(ratings) == 0", None);
        check("size(ratings) >= 5", None);
        check("size(ratings) + 1 == 6", Some("4 + 1 = 5, not 6"));
        check(
            "possible_share(rounded(34), 25)",
            Some("34 of 25 is between 8.38 and 8.62"),
        );
        check(
            "c.to - c.from == 7.2",
            Some("62.3% − 55.2% = 7.1 points, not 7.2 (but within rounding)"),
        );
    }

    #[test]
    fn what_the_message_shows_is_not_repeated() {
        check("a.value == b.value", None);
        check("c.to < c.from", None);
        check("exact(c.to) == loosely(c.from)", None);
        check("c.to - c.from == 7.1", None);
        check("c.complete && 1 + 1 == 2", None);
    }

    #[test]
    fn names_of_functions_are_not_shown() {
        check("last_word(\"since 2007\") == \"2008\"", None);
        check("points(a.value) == 4", None);
        check("similarity(\"issue\", \"order\") > 0", None);
        check("abs(c.to - c.from) < 1", None);
        check("part(40, 200) == 95", Some("40 of 200 = 80, not 95"));
    }
}

//! Numbers as word processors write them in front of paragraphs.

/// How a level of a list counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Count {
    /// 1, 2, 3
    #[default]
    Decimal,
    /// 01, 02, 03
    Padded,
    /// 1st, 2nd, 3rd
    Ordinal,
    /// a, b, c
    Lower,
    /// A, B, C
    Upper,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
    /// Nothing is written.
    Nothing,
    /// A bullet.
    Bullet,
}

impl Count {
    /// A number as it is written.
    pub(super) fn write(self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::Padded => format!("{number:02}"),
            Self::Ordinal => {
                let ending = match (number % 10, number % 100) {
                    (_, 11..=13) => "th",
                    (1, _) => "st",
                    (2, _) => "nd",
                    (3, _) => "rd",
                    _ => "th",
                };
                format!("{number}{ending}")
            }
            Self::Lower => letters(number),
            Self::Upper => letters(number).to_uppercase(),
            Self::LowerRoman => roman(number),
            Self::UpperRoman => roman(number).to_uppercase(),
            Self::Nothing | Self::Bullet => String::new(),
        }
    }
}

/// a … z, aa, bb … as word processors go on after z.
fn letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else {
        return "0".to_owned();
    };
    let letter = u8::try_from(index % 26).map_or('a', |index| char::from(b'a' + index));
    let times = (index / 26 + 1).min(30) as usize;
    letter.to_string().repeat(times)
}

fn roman(number: u32) -> String {
    const SIGNS: &[(u32, &str)] = &[
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut left = number;
    let mut text = String::new();
    for &(value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written() {
        let check = |count: Count, number: u32, expected: &str| {
            assert_eq!(count.write(number), expected, "{count:?} {number}");
        };
        check(Count::Decimal, 12, "12");
        check(Count::Padded, 7, "07");
        check(Count::Ordinal, 12, "12th");
        check(Count::Ordinal, 23, "23rd");
        check(Count::Lower, 3, "c");
        check(Count::Lower, 28, "bb");
        check(Count::Upper, 26, "Z");
        check(Count::LowerRoman, 14, "xiv");
        check(Count::UpperRoman, 1999, "MCMXCIX");
        check(Count::UpperRoman, 0, "0");
        check(Count::Bullet, 1, "");
    }
}

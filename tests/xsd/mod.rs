//! XML held against an XML Schema, as far as the schema of JUnit reports goes: elements by name and by reference, sequences and
//! choices with their numbers, attributes that are required, mixed content.
//!
//! Source: XML Schema Part 1: Structures, second edition, 3.8 (model groups) and 3.4 (complex types).

use quick_xml::{Reader, events::Event};

/// An element as it is written.
#[derive(Debug, Default)]
pub(crate) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    /// The outermost element of a text.
    pub(crate) fn parse(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().expect("sound XML") {
                Event::Start(tag) => open.push(Self::of(&tag)),
                Event::Empty(tag) => {
                    let element = Self::of(&tag);
                    open.last_mut().expect("an element").children.push(element);
                }
                Event::End(_) => {
                    let element = open.pop().expect("an element");
                    open.last_mut().expect("an element").children.push(element);
                }
                Event::Text(text) => {
                    open.last_mut().expect("an element").text.push_str(&text);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "every element is closed");
        open.remove(0).children.remove(0)
    }

    fn of(tag: &quick_xml::events::BytesStart<'_>) -> Self {
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute.expect("a sound attribute");
            (
                attribute.key.as_ref().to_owned(),
                attribute.value.to_string(),
            )
        });
        Self {
            name: tag.name().as_ref().to_owned(),
            attributes: attributes.collect(),
            ..Self::default()
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// A schema.
#[derive(Debug)]
pub(crate) struct Schema(Element);

impl Schema {
    /// The schema that a text holds.
    pub(crate) fn parse(xml: &str) -> Self {
        Self(Element::parse(xml))
    }

    /// Everything in which an element, which the schema must declare, is not as it is declared.
    pub(crate) fn mistakes(&self, element: &Element) -> Vec<String> {
        let mut mistakes = Vec::new();
        match self.declared(&element.name) {
            Some(declaration) => self.check(element, declaration, &mut mistakes),
            None => mistakes.push(format!("<{}> is not declared", element.name)),
        }
        mistakes
    }

    fn declared(&self, name: &str) -> Option<&Element> {
        let mut elements = self.0.children.iter();
        elements.find(|known| known.name == "xs:element" && known.get("name") == Some(name))
    }

    /// What a declaration or reference stands for.
    fn resolved<'a>(&'a self, declaration: &'a Element) -> &'a Element {
        let named = declaration.get("ref").and_then(|name| self.declared(name));
        named.unwrap_or(declaration)
    }

    /// The type of a declaration; `None` for plain text.
    fn type_of<'a>(&'a self, declaration: &'a Element) -> Option<&'a Element> {
        declaration.child("xs:complexType").or_else(|| {
            let name = declaration.get("type")?;
            let mut types = self.0.children.iter();
            types.find(|known| known.name == "xs:complexType" && known.get("name") == Some(name))
        })
    }

    fn check(&self, element: &Element, declaration: &Element, mistakes: &mut Vec<String>) {
        let name = &element.name;
        let of = self.type_of(declaration);
        let parts = of.map_or(&[][..], |of| &of.children);
        let known: Vec<&Element> = parts
            .iter()
            .filter(|part| part.name == "xs:attribute")
            .collect();
        for (attribute, _) in &element.attributes {
            if known
                .iter()
                .all(|known| known.get("name") != Some(attribute))
            {
                mistakes.push(format!("<{name}> has the attribute `{attribute}`"));
            }
        }
        for required in known
            .iter()
            .filter(|known| known.get("use") == Some("required"))
        {
            let attribute = required.get("name").unwrap_or_default();
            if element.get(attribute).is_none() {
                mistakes.push(format!("<{name}> lacks the attribute `{attribute}`"));
            }
        }
        let mixed = of.is_none_or(|of| of.get("mixed") == Some("true"));
        if !mixed && !element.text.trim().is_empty() {
            mistakes.push(format!("<{name}> holds text"));
        }
        let group = parts
            .iter()
            .find(|part| ["xs:sequence", "xs:choice"].contains(&&*part.name));
        let names: Vec<&str> = element
            .children
            .iter()
            .map(|child| child.name.as_str())
            .collect();
        let fits = match group {
            Some(group) => self.reached(group, &names, 0).contains(&names.len()),
            None => names.is_empty(),
        };
        if !fits {
            mistakes.push(format!("<{name}> holds {names:?}"));
        }
        for child in &element.children {
            let mut inner = Vec::new();
            if let Some(group) = group {
                elements_of(group, &mut inner);
            }
            let of_name = |known: &&&Element| {
                [known.get("name"), known.get("ref")].contains(&Some(child.name.as_str()))
            };
            match inner.iter().find(of_name) {
                Some(known) => self.check(child, self.resolved(known), mistakes),
                None => mistakes.push(format!("<{name}> holds <{}>", child.name)),
            }
        }
    }

    /// Where a part of a model may end that begins at `from`.
    fn reached(&self, part: &Element, names: &[&str], from: usize) -> Vec<usize> {
        let number = |name: &str| match part.get(name) {
            Some("unbounded") => usize::MAX,
            Some(number) => number.parse().expect("a number"),
            None => 1,
        };
        let (least, most) = (number("minOccurs"), number("maxOccurs"));
        let mut ends = if least == 0 { vec![from] } else { Vec::new() };
        let mut here = vec![from];
        let mut times = 0;
        while times < most && !here.is_empty() {
            times += 1;
            let mut next: Vec<usize> = here
                .iter()
                .flat_map(|at| self.once(part, names, *at))
                .collect();
            next.sort_unstable();
            next.dedup();
            next.retain(|at| !ends.contains(at));
            if times >= least {
                ends.extend(&next);
            }
            here = next;
        }
        ends
    }

    fn once(&self, part: &Element, names: &[&str], from: usize) -> Vec<usize> {
        match part.name.as_str() {
            "xs:sequence" => part.children.iter().fold(vec![from], |here, inner| {
                let reached = here.iter().flat_map(|at| self.reached(inner, names, *at));
                reached.collect()
            }),
            "xs:choice" => {
                let inner = part.children.iter();
                inner
                    .flat_map(|inner| self.reached(inner, names, from))
                    .collect()
            }
            "xs:element" => {
                let name = part.get("ref").or_else(|| part.get("name"));
                let stands = names.get(from).copied() == name;
                stands.then_some(from + 1).into_iter().collect()
            }
            other => panic!("{other} is not understood"),
        }
    }
}

/// The elements that a group may hold.
fn elements_of<'a>(group: &'a Element, found: &mut Vec<&'a Element>) {
    for part in &group.children {
        if part.name == "xs:element" {
            found.push(part);
        } else {
            elements_of(part, found);
        }
    }
}

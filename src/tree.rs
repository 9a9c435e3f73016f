//! YAML that was parsed when the binary was built, read into typed values.
//!
//! Parsing is most of what reading YAML costs, and the files of the shipped packs are the same in every run. So `build.rs` writes
//! each of them down as a [`Tree`]: its nodes in the order in which they stand, five numbers each.
//!
//! ```text
//! node    = scalar | list | mapping
//! scalar  = ( 0 | 1 ) place place-len text text-len      0: plain, 1: quoted or a block
//! list    = 2 place place-len count numbers *node        numbers: those of all nodes inside
//! mapping = 3 place place-len count numbers *( scalar node )
//! ```
//!
//! A place counts bytes of the file; a text is a stretch of the texts of all scalars. Reading a tree says nothing about what does
//! not fit: whoever reads it goes back to the file, where [`yaml`](crate::yaml) tells every mistake at its line.

use std::fmt;

use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
    },
    forward_to_deserialize_any,
};

/// The name under which a value asks for its place too: it is then given a sequence of first byte, length and value.
pub const PLACED: &str = "__assize_placed";

/// Numbers of a node, without those of the nodes inside it.
const NUMBERS: usize = 5;

/// A YAML file, parsed.
#[derive(Clone, Copy, Debug)]
pub struct Tree {
    /// Its nodes; none where the file is no YAML.
    pub(crate) nodes: &'static [u32],
    /// The texts of its scalars.
    pub(crate) texts: &'static str,
}

impl Tree {
    /// Reads the entries of the file's mapping whose keys are wanted.
    ///
    /// # Errors
    ///
    /// Where something does not fit.
    pub fn read<T: DeserializeOwned>(self, wanted: &dyn Fn(&str) -> bool) -> Result<T, Misfit> {
        T::deserialize(&mut self.reader(Some(wanted)))
    }

    /// Whether the file's mapping has a key.
    pub fn has(self, key: &str) -> bool {
        let mut reader = self.reader(None);
        let Ok(mapping) = reader.next() else {
            return false;
        };
        let mut keys = (0..mapping.first).map_while(|_| {
            let key = reader.scalar().ok()?;
            reader.skip().ok()?;
            Some(key)
        });
        mapping.kind == Node::MAPPING && keys.any(|known| known == key)
    }

    const fn reader(self, wanted: Option<&dyn Fn(&str) -> bool>) -> Reader<'_> {
        Reader {
            rest: self.nodes,
            texts: self.texts,
            wanted,
        }
    }
}

/// Something in a tree does not fit what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit;

impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("this does not fit")
    }
}

impl std::error::Error for Misfit {}

impl Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A node, without what is inside it.
#[derive(Clone, Copy)]
struct Node {
    kind: u32,
    place: u32,
    place_len: u32,
    /// Where its text starts; of a list or mapping, how many items or entries it has.
    first: u32,
    /// Bytes of its text; of a list or mapping, numbers of what is inside.
    second: u32,
}

impl Node {
    const PLAIN: u32 = 0;
    const LIST: u32 = 2;
    const MAPPING: u32 = 3;
}

/// What is left to be read of a tree.
struct Reader<'w> {
    rest: &'static [u32],
    texts: &'static str,
    /// Which entries of the next mapping are wanted; all where it does not say.
    wanted: Option<&'w dyn Fn(&str) -> bool>,
}

impl Reader<'_> {
    fn peek(&self) -> Result<Node, Misfit> {
        let &[kind, place, place_len, first, second] =
            self.rest.first_chunk::<NUMBERS>().ok_or(Misfit)?;
        Ok(Node {
            kind,
            place,
            place_len,
            first,
            second,
        })
    }

    fn next(&mut self) -> Result<Node, Misfit> {
        let node = self.peek()?;
        self.rest = self.rest.get(NUMBERS..).unwrap_or_default();
        Ok(node)
    }

    fn text(&self, node: Node) -> Result<&'static str, Misfit> {
        let (start, len) = (node.first as usize, node.second as usize);
        let is_scalar = node.kind < Node::LIST;
        let text = self.texts.get(start..start + len);
        text.filter(|_| is_scalar).ok_or(Misfit)
    }

    /// The text of a scalar.
    fn scalar(&mut self) -> Result<&'static str, Misfit> {
        let node = self.next()?;
        self.text(node)
    }

    /// Whether nothing stands here, or a word for nothing.
    fn is_null(&self) -> Result<bool, Misfit> {
        let node = self.peek()?;
        let null = ["", "~", "null", "Null", "NULL"];
        Ok(node.kind == Node::PLAIN && null.contains(&self.text(node)?))
    }

    /// What a plain `true` or `false` says.
    fn truth(&self) -> Result<Option<bool>, Misfit> {
        let node = self.peek()?;
        Ok(match node.kind {
            Node::PLAIN => self.text(node)?.parse().ok(),
            _ => None,
        })
    }

    /// Passes over a node.
    fn skip(&mut self) -> Result<(), Misfit> {
        let node = self.next()?;
        if node.kind >= Node::LIST {
            self.rest = self.rest.get(node.second as usize..).ok_or(Misfit)?;
        }
        Ok(())
    }

    /// Hands what is inside a list or mapping to `visit`, and goes on behind it.
    fn inside<T>(
        &mut self,
        kind: u32,
        visit: impl FnOnce(Inside<'_>) -> Result<T, Misfit>,
    ) -> Result<T, Misfit> {
        let node = self.next()?;
        if node.kind != kind {
            return Err(Misfit);
        }
        let (inner, behind) = self
            .rest
            .split_at_checked(node.second as usize)
            .ok_or(Misfit)?;
        self.rest = behind;
        let wanted = self.wanted.take();
        let left = node.first as usize;
        let reader = Reader {
            rest: inner,
            texts: self.texts,
            wanted: None,
        };
        visit(Inside {
            reader,
            left,
            wanted,
        })
    }
}

/// What is left of a list or mapping.
struct Inside<'w> {
    reader: Reader<'w>,
    left: usize,
    wanted: Option<&'w dyn Fn(&str) -> bool>,
}

impl SeqAccess<'static> for Inside<'_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'static>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        seed.deserialize(&mut self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl MapAccess<'static> for Inside<'_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'static>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        while let Some(left) = self.left.checked_sub(1) {
            self.left = left;
            let key = self.reader.text(self.reader.peek()?)?;
            if self.wanted.is_none_or(|wanted| wanted(key)) {
                return seed.deserialize(&mut self.reader).map(Some);
            }
            self.reader.skip()?;
            self.reader.skip()?;
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'static>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Misfit> {
        seed.deserialize(&mut self.reader)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// A value with its place before it.
struct Placed<'r, 'w> {
    reader: &'r mut Reader<'w>,
    numbers: std::array::IntoIter<u32, 2>,
}

impl SeqAccess<'static> for Placed<'_, '_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'static>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        match self.numbers.next() {
            Some(number) => seed.deserialize(number.into_deserializer()),
            None => seed.deserialize(&mut *self.reader),
        }
        .map(Some)
    }
}

/// Reads a number of some type from the text of a scalar.
macro_rules! numbers {
    ($($read:ident $visit:ident),*) => {
        $(fn $read<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Misfit> {
            visitor.$visit(self.scalar()?.parse().map_err(|_| Misfit)?)
        })*
    };
}

impl Deserializer<'static> for &mut Reader<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.peek()?.kind {
            Node::LIST => self.deserialize_seq(visitor),
            Node::MAPPING => self.deserialize_map(visitor),
            _ if self.is_null()? => self.deserialize_unit(visitor),
            _ if self.truth()?.is_some() => self.deserialize_bool(visitor),
            _ => self.deserialize_str(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let truth = self.truth()?.ok_or(Misfit)?;
        self.skip()?;
        visitor.visit_bool(truth)
    }

    numbers! {
        deserialize_i8 visit_i8, deserialize_i16 visit_i16, deserialize_i32 visit_i32, deserialize_i64 visit_i64,
        deserialize_u8 visit_u8, deserialize_u16 visit_u16, deserialize_u32 visit_u32, deserialize_u64 visit_u64,
        deserialize_f32 visit_f32, deserialize_f64 visit_f64
    }

    fn deserialize_str<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.is_null()? {
            return Err(Misfit);
        }
        visitor.visit_borrowed_str(self.scalar()?)
    }

    fn deserialize_option<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let kind = self.peek()?.kind;
        if kind == Node::PLAIN && self.is_null()? {
            self.skip()?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.skip()?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'static>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        if name != PLACED {
            return visitor.visit_newtype_struct(self);
        }
        let node = self.peek()?;
        visitor.visit_seq(Placed {
            reader: self,
            numbers: [node.place, node.place_len].into_iter(),
        })
    }

    fn deserialize_seq<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.inside(Node::LIST, |inside| visitor.visit_seq(inside))
    }

    fn deserialize_map<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.inside(Node::MAPPING, |inside| visitor.visit_map(inside))
    }

    fn deserialize_struct<V: Visitor<'static>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'static>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_enum(self.scalar()?.into_deserializer())
    }

    fn deserialize_identifier<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_borrowed_str(self.scalar()?)
    }

    fn deserialize_string<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_unit(visitor)
    }

    forward_to_deserialize_any! {
        <V: Visitor<'static>>
        i128 u128 char bytes byte_buf unit_struct tuple tuple_struct
    }
}

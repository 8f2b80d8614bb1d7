//! What is written is read back as it was, whatever the objects are.
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![allow(clippy::format_push_string, clippy::format_collect, reason = "a test may be slow")]

mod support;

use std::sync::Arc;

use bytemill_pdf_edit::{Method, Options, rewrite};
use bytemill_pdf_objects::{Dictionary, Document, Object, Reference};
use proptest::prelude::*;
use support::{encryption, made, open, open_with};

/// An object of a graph whose objects have the numbers below `count`.
fn object(count: u32) -> impl Strategy<Value = Object> {
    let bytes = || proptest::collection::vec(any::<u8>(), 0..20).prop_map(Arc::<[u8]>::from);
    let key = || proptest::collection::vec(1u8.., 0..6).prop_map(Arc::<[u8]>::from);
    let leaf = prop_oneof![
        any::<bool>().prop_map(Object::Boolean),
        any::<i64>().prop_map(Object::Integer),
        // Not whole: those are written without a point.
        (any::<i32>(), 1..7).prop_map(|(digits, decimals)| {
            let value = f64::from(digits) / 10f64.powi(decimals);
            if value.fract() == 0.0 { Object::Real(value + 0.5) } else { Object::Real(value) }
        }),
        bytes().prop_map(Object::String),
        key().prop_map(Object::Name),
        (1..count).prop_map(|number| Object::Reference(Reference { number, generation: 0 })),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        let list = proptest::collection::vec(inner.clone(), 0..6);
        let entries = proptest::collection::vec((key(), inner), 0..6);
        prop_oneof![
            list.prop_map(|list| Object::Array(list.into())),
            entries.prop_map(|entries| Object::Dictionary(entries.into_iter().collect())),
        ]
    })
}

/// Keys with a meaning may not stay as they are.
fn is_neutral(object: &Object) -> bool {
    match object {
        Object::Array(list) => list.iter().all(is_neutral),
        Object::Dictionary(own) => own.iter().all(|(key, value)| {
            let meaning = [b"Type".as_slice(), b"S", b"D", b"Dest", b"Contents"];
            !meaning.contains(&&**key) && is_neutral(value)
        }),
        _ => true,
    }
}

/// Whether two graphs are the same from these objects on.
fn same(
    a: (&Document<'_>, &Object),
    b: (&Document<'_>, &Object),
    seen: &mut Vec<[Reference; 2]>,
) -> bool {
    match (a.1, b.1) {
        (Object::Reference(x), Object::Reference(y)) => {
            if seen.contains(&[*x, *y]) {
                return true;
            }
            seen.push([*x, *y]);
            same((a.0, &a.0.object(*x)), (b.0, &b.0.object(*y)), seen)
        }
        (Object::Array(x), Object::Array(y)) => {
            x.len() == y.len()
                && x.iter().zip(y.iter()).all(|(x, y)| same((a.0, x), (b.0, y), seen))
        }
        (Object::Dictionary(x), Object::Dictionary(y)) => {
            x.len() == y.len()
                && x.iter()
                    .all(|(key, x)| y.get(key).is_some_and(|y| same((a.0, x), (b.0, y), seen)))
        }
        (Object::Stream(x), Object::Stream(y)) => a.0.data(x).unwrap() == b.0.data(y).unwrap(),
        (x, y) => x == y,
    }
}

/// A file with the graph below the catalog's entry `Graph`, in the plainest way to write objects.
fn source(objects: &[Object]) -> Vec<u8> {
    let mut bodies = support::pages(&["page"], "/Graph 6 0 R", |_| String::new());
    let text = |object: &Object| {
        let mut text = String::new();
        write_plainly(object, &mut text);
        text
    };
    bodies.extend(objects.iter().map(text));
    bodies.push(support::stream("/Kind/Data", "data"));
    support::file(&bodies, "")
}

fn write_plainly(object: &Object, text: &mut String) {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    match object {
        Object::Integer(value) => *text += &format!(" {value} "),
        Object::Real(value) => *text += &format!(" {value} "),
        Object::Boolean(value) => *text += &format!(" {value} "),
        Object::String(bytes) => *text += &format!("<{}>", hex(bytes)),
        Object::Name(bytes) => {
            *text += "/";
            bytes.iter().for_each(|byte| *text += &format!("#{byte:02X}"));
            *text += " ";
        }
        // The objects of the graph begin at 6.
        Object::Reference(to) => *text += &format!(" {} 0 R ", to.number + 5),
        Object::Array(list) => {
            *text += "[";
            list.iter().for_each(|element| write_plainly(element, text));
            *text += "]";
        }
        Object::Dictionary(own) => {
            *text += "<<";
            for (key, value) in own.iter() {
                write_plainly(&Object::Name(key.clone()), text);
                write_plainly(value, text);
            }
            *text += ">>";
        }
        _ => *text += " null ",
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn graphs_stay_the_same(
        objects in proptest::collection::vec(object(8), 6..=6),
        compact: bool,
        compress: bool,
        cipher in 0..3,
    ) {
        prop_assume!(objects.iter().all(is_neutral));
        let source = source(&objects);
        let old = open(&source);
        let encryption = match cipher {
            0 => None,
            1 => Some(encryption(Method::Aes128, "p", None)),
            _ => Some(encryption(Method::Aes256, "p", None)),
        };
        let options = Options { compact, compress, encryption, ..Options::default() };
        let made = made(|output| rewrite(&old, &options, output));
        let new = open_with(&made, "p");
        let graph = |document: &Document<'_>| document.catalog().get(b"Graph").cloned().unwrap_or_default();
        prop_assert!(same((&old, &graph(&old)), (&new, &graph(&new)), &mut Vec::new()));
        prop_assert_eq!(support::made(|output| rewrite(&old, &options, output)), made);
    }
}

#[test]
fn an_empty_dictionary_is_one() {
    let source = source(&[Object::Dictionary(Dictionary::default())]);
    let made = made(|output| rewrite(&open(&source), &support::plain(), output));
    assert!(support::at(&open(&made), "Graph").as_dictionary().unwrap().is_empty());
}

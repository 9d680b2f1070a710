//! Reads one language's files into what people would read: each message as plain text, with a mark where something is filled in.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{
    ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey},
    parser::parse,
    unicode::unescape_unicode_to_string,
};

/// What stands for something that is filled in: a name, a number, another message.
pub(super) const SLOT: char = '\u{FFFC}';

/// One language.
pub(super) struct Locale {
    /// By file and id: of a message, a term (`-id`) or an attribute (`id.attribute`).
    patterns: Vec<(String, String, Pattern<String>)>,
    /// By the message's id: the variables that the comment above it explains, in order.
    explained: BTreeMap<String, Vec<String>>,
}

impl Locale {
    /// Reads files by name. What is no Fluent stops the test.
    pub(super) fn read(files: &BTreeMap<String, String>) -> Self {
        let mut patterns = Vec::new();
        let mut explained = BTreeMap::new();
        for (file, text) in files {
            let resource = parse(text.clone()).unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
            for entry in resource.body {
                let (id, value, attributes) = match entry {
                    Entry::Message(message) => {
                        let lines = message.comment.into_iter().flat_map(|comment| comment.content);
                        let names = lines
                            .filter_map(|line| Some(line.strip_prefix('$')?.split_once(' ')?.0.to_owned()));
                        explained.insert(message.id.name.clone(), names.collect());
                        (message.id.name, message.value, message.attributes)
                    }
                    Entry::Term(term) => (format!("-{}", term.id.name), Some(term.value), term.attributes),
                    _ => continue,
                };
                for attribute in attributes {
                    let id = format!("{id}.{}", attribute.id.name);
                    patterns.push((file.clone(), id, attribute.value));
                }
                patterns.extend(value.map(|value| (file.clone(), id, value)));
            }
        }
        Self { patterns, explained }
    }

    /// The ids of its messages.
    pub(super) fn messages(&self) -> impl Iterator<Item = String> {
        let is_message = |id: &&String| !id.starts_with('-') && !id.contains('.');
        self.patterns
            .iter()
            .map(|(_, id, _)| id)
            .filter(is_message)
            .cloned()
    }

    /// The texts that messages can become whose ids fit.
    pub(super) fn texts_of(&self, fits: impl Fn(&str) -> bool) -> Vec<String> {
        let fitting = self.patterns.iter().filter(|(_, id, _)| fits(id));
        fitting.flat_map(|(.., pattern)| texts(pattern)).collect()
    }

    /// The variables of each pattern that is not a term's own affair.
    pub(super) fn variables(&self) -> BTreeMap<String, BTreeSet<String>> {
        let of = |pattern: &Pattern<String>| {
            names_in(pattern)
                .filter_map(|name| name.strip_prefix('$').map(str::to_owned))
                .collect()
        };
        let is_shared = |id: &String| !(id.starts_with('-') && id.contains('.'));
        let shared = self.patterns.iter().filter(|(_, id, _)| is_shared(id));
        shared.map(|(_, id, pattern)| (id.clone(), of(pattern))).collect()
    }

    /// The messages whose comment does not explain their variables in the order in which these first appear, which is that of the arguments of
    /// the function that says the message.
    pub(super) fn explained_otherwise(&self) -> Vec<String> {
        let otherwise = self.patterns.iter().filter_map(|(file, id, pattern)| {
            let explained = self.explained.get(id)?;
            let mut order: Vec<String> = Vec::new();
            for name in names_in(pattern).filter_map(|name| Some(name.strip_prefix('$')?.to_owned())) {
                if !order.contains(&name) {
                    order.push(name);
                }
            }
            (*explained != order).then(|| format!("{file}: {id}: {}", order.join(", ")))
        });
        otherwise.collect()
    }

    /// What each pattern chooses a text by: the codes that its variants are named by, plurals and numbers left out.
    pub(super) fn codes(&self) -> BTreeMap<String, BTreeSet<String>> {
        let of = |pattern: &Pattern<String>| {
            let mut codes = BTreeSet::new();
            add_codes(pattern, &mut codes);
            codes
        };
        let each = self
            .patterns
            .iter()
            .map(|(_, id, pattern)| (id.clone(), of(pattern)));
        each.collect()
    }

    /// The messages that other messages are made of.
    pub(super) fn references(&self) -> BTreeSet<String> {
        let all = self.patterns.iter().flat_map(|(.., pattern)| names_in(pattern));
        all.filter(|name| !name.starts_with('$')).collect()
    }

    /// What a rule finds wrong, with file, id and text.
    pub(super) fn mistakes(&self, rule: impl Fn(&str) -> Vec<&'static str>) -> Vec<String> {
        let mut mistakes = BTreeSet::new();
        for (file, id, pattern) in &self.patterns {
            for text in texts(pattern) {
                for mistake in rule(&text) {
                    mistakes.insert(format!(
                        "{file}: {id}: {mistake}: {}",
                        text.replace(SLOT, "{}").escape_debug()
                    ));
                }
            }
        }
        mistakes.into_iter().collect()
    }
}

/// The texts that a pattern can become. Each variant of each choice is in one of them, not each combination.
fn texts(pattern: &Pattern<String>) -> Vec<String> {
    let mut texts = vec![String::new()];
    for element in &pattern.elements {
        let pieces = match element {
            PatternElement::TextElement { value } => vec![value.clone()],
            PatternElement::Placeable { expression } => pieces(expression),
        };
        let count = texts.len().max(pieces.len());
        texts = (0..count)
            .map(|index| [texts[index % texts.len()].as_str(), &pieces[index % pieces.len()]].concat())
            .collect();
    }
    texts
}

fn pieces(expression: &Expression<String>) -> Vec<String> {
    match expression {
        Expression::Select { variants, .. } => variants
            .iter()
            .flat_map(|variant| texts(&variant.value))
            .collect(),
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            vec![unescape_unicode_to_string(value).into_owned()]
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => pieces(expression),
        Expression::Inline(_) => vec![SLOT.to_string()],
    }
}

fn add_codes(pattern: &Pattern<String>, codes: &mut BTreeSet<String>) {
    const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    for element in &pattern.elements {
        let PatternElement::Placeable {
            expression: Expression::Select { variants, .. },
        } = element
        else {
            continue;
        };
        for variant in variants {
            add_codes(&variant.value, codes);
            if let VariantKey::Identifier { name } = &variant.key
                && !PLURALS.contains(&name.as_str())
            {
                codes.insert(name.clone());
            }
        }
    }
}

/// The names that a pattern refers to: variables with a `$`, messages without.
fn names_in(pattern: &Pattern<String>) -> impl Iterator<Item = String> {
    let mut names = Vec::new();
    add_names_of_pattern(pattern, &mut names);
    names.into_iter()
}

fn add_names_of_pattern(pattern: &Pattern<String>, names: &mut Vec<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            add_names_of_expression(expression, names);
        }
    }
}

fn add_names_of_expression(expression: &Expression<String>, names: &mut Vec<String>) {
    match expression {
        Expression::Inline(inline) => add_names_of_inline(inline, names),
        Expression::Select { selector, variants } => {
            add_names_of_inline(selector, names);
            for variant in variants {
                add_names_of_pattern(&variant.value, names);
            }
        }
    }
}

fn add_names_of_inline(inline: &InlineExpression<String>, names: &mut Vec<String>) {
    let arguments: Option<&CallArguments<String>> = match inline {
        InlineExpression::VariableReference { id } => {
            names.push(format!("${}", id.name));
            None
        }
        InlineExpression::MessageReference { id, .. } => {
            names.push(id.name.clone());
            None
        }
        InlineExpression::FunctionReference { arguments, .. } => Some(arguments),
        InlineExpression::TermReference { arguments, .. } => arguments.as_ref(),
        InlineExpression::Placeable { expression } => {
            add_names_of_expression(expression, names);
            None
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => None,
    };
    if let Some(arguments) = arguments {
        let values = arguments.named.iter().map(|argument| &argument.value);
        for argument in arguments.positional.iter().chain(values) {
            add_names_of_inline(argument, names);
        }
    }
}

#[test]
fn a_message_is_read_as_people_would() {
    let text = "# Il a dit \"non\"...\na = { $who } a dit{ \"\\u00A0\" }: { $count ->\n    [one] un { b }\n   *[other] { NUMBER($count) } oui\n }\n    .label = Étiquette\nb = mot\n-c = terme\n    .gender = masculine\n";
    let locale = Locale::read(&BTreeMap::from([("fr.ftl".to_owned(), text.to_owned())]));
    let found = locale.mistakes(|_| vec!["seen"]);
    assert_eq!(
        found,
        [
            "fr.ftl: -c.gender: seen: masculine",
            "fr.ftl: -c: seen: terme",
            "fr.ftl: a.label: seen: Étiquette",
            "fr.ftl: a: seen: {} a dit\\u{a0}: un {}",
            "fr.ftl: a: seen: {} a dit\\u{a0}: {} oui",
            "fr.ftl: b: seen: mot",
        ]
    );
    assert_eq!(
        locale.variables()["a"],
        BTreeSet::from(["count".to_owned(), "who".to_owned()])
    );
    assert_eq!(locale.references(), BTreeSet::from(["b".to_owned()]));
    assert_eq!(locale.messages().collect::<Vec<_>>(), ["a", "b"]);
}

//! Reads Rust as far as these checks need it: names, string literals, and what encloses each literal.

/// A source file.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) literals: Vec<Literal>,
    names: Vec<(String, usize)>,
    /// Names and punctuation, in order, for paths such as `Timestamp::now`.
    tokens: Vec<Token>,
}

/// A string literal, unescaped.
pub(super) struct Literal {
    pub(super) text: String,
    pub(super) line: usize,
    /// From the outermost on.
    pub(super) inside: Vec<Frame>,
    /// The `const` or `static` whose value it stands in.
    pub(super) constant: Option<String>,
}

/// What encloses a literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Frame {
    /// `#[…]`.
    Attribute,
    /// What stands under `#[cfg(test)]`.
    Test,
    /// `name!(…)`.
    Macro(String),
    /// `name(…)`.
    Call(String),
    /// Any other bracket.
    Bracket,
}

#[derive(Debug, Clone, PartialEq)]
struct Token {
    kind: Kind,
    line: usize,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Name(String),
    Text(String),
    Mark(char),
}

impl Source {
    pub(super) fn read(path: &str, text: &str) -> Self {
        let tokens = Lexer::new(text).tokens();
        let names = tokens
            .iter()
            .filter_map(|token| match &token.kind {
                Kind::Name(name) => Some((name.clone(), token.line)),
                _ => None,
            })
            .collect();
        Self {
            path: path.to_owned(),
            literals: literals(&tokens),
            names,
            tokens,
        }
    }

    /// Every name that stands in it, keywords too.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.names.iter().map(|(name, _)| name.clone())
    }

    /// The lines on which a name stands.
    pub(super) fn lines_of(&self, name: &str) -> impl Iterator<Item = usize> {
        self.names
            .iter()
            .filter(move |(found, _)| found == name)
            .map(|(_, line)| *line)
    }

    /// The lines on which names stand joined by `::`.
    pub(super) fn lines_of_path(&self, path: &[&str]) -> impl Iterator<Item = usize> {
        let mut kinds = Vec::new();
        for name in path {
            if !kinds.is_empty() {
                kinds.extend([Kind::Mark(':'), Kind::Mark(':')]);
            }
            kinds.push(Kind::Name((*name).to_owned()));
        }
        self.tokens
            .windows(kinds.len())
            .filter(move |window| window.iter().map(|token| &token.kind).eq(&kinds))
            .map(|window| window[0].line)
    }
}

/// Reads characters into tokens; comments, characters, bytes and numbers are left out.
struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

impl Lexer {
    fn new(text: &str) -> Self {
        Self {
            chars: text.chars().collect(),
            at: 0,
            line: 1,
        }
    }

    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn next(&mut self) -> char {
        let next = self.peek(0);
        self.at += 1;
        self.line += usize::from(next == '\n');
        next
    }

    fn tokens(mut self) -> Vec<Token> {
        let mut tokens = Vec::new();
        while self.at < self.chars.len() {
            let line = self.line;
            if let Some(kind) = self.token() {
                tokens.push(Token { kind, line });
            }
        }
        tokens
    }

    fn token(&mut self) -> Option<Kind> {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.skip_while(|c| c != '\n'),
            ('/', '*') => self.skip_block_comment(),
            ('"', _) => return Some(Kind::Text(self.text())),
            ('\'', _) => self.skip_character_or_lifetime(),
            (c, _) if c.is_alphabetic() || c == '_' => return self.name_or_prefixed_text(),
            (c, _) if c.is_numeric() => self.skip_while(|c| c.is_alphanumeric() || c == '_'),
            (c, _) => {
                self.next();
                return (!c.is_whitespace()).then_some(Kind::Mark(c));
            }
        }
        None
    }

    fn skip_while(&mut self, belongs: impl Fn(char) -> bool) {
        while self.at < self.chars.len() && belongs(self.peek(0)) {
            self.next();
        }
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.chars.len() {
            match (self.next(), self.peek(0)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => continue,
            }
            self.next();
            if depth == 0 {
                return;
            }
        }
    }

    fn skip_character_or_lifetime(&mut self) {
        self.next();
        if self.peek(0) == '\\' {
            self.next();
            self.next();
            self.skip_while(|c| c != '\'');
            self.next();
        } else if self.peek(1) == '\'' {
            self.next();
            self.next();
        }
    }

    fn name_or_prefixed_text(&mut self) -> Option<Kind> {
        let start = self.at;
        self.skip_while(|c| c.is_alphanumeric() || c == '_');
        let name: String = self.chars[start..self.at].iter().collect();
        let is_prefix = matches!(name.as_str(), "r" | "b" | "br" | "c" | "cr");
        let is_raw = is_prefix && name.contains('r');
        let text = match (self.peek(0), self.peek(1)) {
            ('\'', _) if name == "b" => {
                self.skip_character_or_lifetime();
                return None;
            }
            ('"', _) | ('#', '"' | '#') if is_raw => self.raw_text(),
            ('"', _) if is_prefix => self.text(),
            // A raw name, `r#type`.
            ('#', _) if name == "r" => {
                self.next();
                return self.name_or_prefixed_text();
            }
            _ => return Some(Kind::Name(name)),
        };
        (!name.starts_with('b')).then_some(Kind::Text(text))
    }

    fn raw_text(&mut self) -> String {
        let mut hashes = 0;
        while self.peek(0) == '#' {
            self.next();
            hashes += 1;
        }
        self.next();
        let start = self.at;
        while self.at < self.chars.len() {
            let is_end = self.peek(0) == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == '#');
            if is_end {
                break;
            }
            self.next();
        }
        let text = self.chars[start..self.at.min(self.chars.len())].iter().collect();
        self.at += 1 + hashes;
        text
    }

    fn text(&mut self) -> String {
        self.next();
        let mut text = String::new();
        while self.at < self.chars.len() {
            match self.next() {
                '"' => break,
                '\\' => text.extend(self.escaped()),
                c => text.push(c),
            }
        }
        text
    }

    fn escaped(&mut self) -> Option<char> {
        match self.next() {
            'n' => Some('\n'),
            't' => Some('\t'),
            'r' => Some('\r'),
            '0' => Some('\0'),
            '\n' => {
                self.skip_while(char::is_whitespace);
                None
            }
            'x' => self.code(2),
            'u' => {
                self.next();
                let length = self.chars[self.at..].iter().take_while(|c| **c != '}').count();
                let escaped = self.code(length);
                self.next();
                escaped
            }
            other => Some(other),
        }
    }

    fn code(&mut self, length: usize) -> Option<char> {
        let digits: String = (0..length).map(|_| self.next()).collect();
        u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
    }
}

/// The literals among tokens, with what encloses them.
fn literals(tokens: &[Token]) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut frames: Vec<(Frame, usize)> = Vec::new();
    let mut constants: Vec<(String, usize)> = Vec::new();
    // The depth at which `#[cfg(test)]` stood, until the brace that it speaks of.
    let mut awaits_test = None;
    for (index, token) in tokens.iter().enumerate() {
        let depth = frames.len();
        match &token.kind {
            Kind::Text(text) => found.push(Literal {
                text: text.clone(),
                line: token.line,
                inside: frames.iter().map(|(frame, _)| frame.clone()).collect(),
                constant: constants.last().map(|(name, _)| name.clone()),
            }),
            Kind::Mark('{') if awaits_test == Some(depth) => {
                awaits_test = None;
                frames.push((Frame::Test, index));
            }
            Kind::Mark('(' | '[' | '{') => frames.push((frame(&tokens[..index]), index)),
            Kind::Mark(')' | ']' | '}') => {
                if let Some((Frame::Attribute, start)) = frames.pop()
                    && is_cfg_test(&tokens[start + 1..index])
                {
                    awaits_test = Some(frames.len());
                }
                constants.retain(|(_, at)| *at <= frames.len());
            }
            Kind::Mark(';') => {
                constants.retain(|(_, at)| *at < depth);
                awaits_test = awaits_test.filter(|at| *at != depth);
            }
            Kind::Name(name) if matches!(name.as_str(), "const" | "static") => {
                if let Some(Kind::Name(constant)) = tokens.get(index + 1).map(|token| &token.kind)
                    && constant
                        .chars()
                        .all(|c| c.is_uppercase() || c.is_numeric() || c == '_')
                {
                    constants.push((constant.clone(), depth));
                }
            }
            Kind::Name(_) | Kind::Mark(_) => {}
        }
    }
    found
}

fn frame(before: &[Token]) -> Frame {
    let kind = |back: usize| before.len().checked_sub(back).map(|index| &before[index].kind);
    match (kind(2), kind(1)) {
        (_, Some(Kind::Mark('#'))) | (Some(Kind::Mark('#')), Some(Kind::Mark('!'))) => Frame::Attribute,
        (Some(Kind::Name(name)), Some(Kind::Mark('!'))) => Frame::Macro(name.clone()),
        (_, Some(Kind::Name(name))) => Frame::Call(name.clone()),
        _ => Frame::Bracket,
    }
}

fn is_cfg_test(tokens: &[Token]) -> bool {
    let names = tokens.iter().filter_map(|token| match &token.kind {
        Kind::Name(name) => Some(name.as_str()),
        _ => None,
    });
    names.eq(["cfg", "test"])
}

#[test]
fn literals_are_found_where_they_stand() {
    let source = Source::read(
        "src/planted.rs",
        r#"
        // "comment" /* "still" */
        /* "comment /* nested */ "still" */
        #![doc = "attribute"]
        const WORDS: &str = "con\u{e9}\
            tinued";
        fn f<'a>(quote: &'a char) -> char { let _ = ('"', '\'', b'"', '\u{22}'); 'x' }
        fn g() { h(r"raw text", format!("{}", "macro")); "plain\n" }
        #[cfg(test)]
        #[expect(clippy::all, reason = "attribute")]
        mod tests { fn t() { "test" } }
        #[cfg(test)]
        mod elsewhere;
        fn last() { "last" }
        "#,
    );
    let found: Vec<_> = source
        .literals
        .iter()
        .map(|literal| (literal.line, literal.text.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (4, "attribute"),
            (5, "conétinued"),
            (8, "raw text"),
            (8, "{}"),
            (8, "macro"),
            (8, "plain\n"),
            (10, "attribute"),
            (11, "test"),
            (14, "last"),
        ]
    );
    let inside = |index: usize| source.literals[index].inside.clone();
    assert_eq!(inside(0), [Frame::Attribute]);
    assert_eq!(source.literals[1].constant.as_deref(), Some("WORDS"));
    assert_eq!(inside(2)[1..], [Frame::Call("h".to_owned())]);
    assert_eq!(
        inside(4)[1..],
        [Frame::Call("h".to_owned()), Frame::Macro("format".to_owned())]
    );
    assert!(inside(7).contains(&Frame::Test));
    assert!(!inside(8).contains(&Frame::Test) && source.literals[8].constant.is_none());
    assert_eq!(source.lines_of("quote").collect::<Vec<_>>(), [7]);

    let raw = Source::read(
        "src/planted.rs",
        "f(r#\"raw \"text\"\"#, br\"\\\", b\"bytes\", r#type, c\"c\", \"end\")",
    );
    let texts: Vec<_> = raw.literals.iter().map(|literal| literal.text.as_str()).collect();
    assert_eq!(texts, ["raw \"text\"", "c", "end"]);
    assert_eq!(raw.lines_of("type").count(), 1);
}

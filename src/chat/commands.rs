//! The commands as a platform's own clients may be told of them: by name, in each language, with what each is given.

/// A text in each language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localised {
    /// In English.
    pub en: String,
    /// In French.
    pub fr: String,
}

/// A command. No command's whole name is the beginning of another's, in either language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandShape {
    /// Its whole name, the words apart by spaces.
    pub name: Localised,
    /// What it does, in a sentence of at most 100 characters.
    pub help: Localised,
    /// What it is given, in order; what must be given comes first.
    pub parameters: Vec<ParameterShape>,
    /// Whether everybody may use it. Of whom it is carried out is decided each time it is given, whatever clients show.
    pub is_for_everybody: bool,
}

/// What a command is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterShape {
    /// What people call it: one word.
    pub name: Localised,
    /// What it is, in a sentence of at most 100 characters.
    pub help: Localised,
    /// What it holds.
    pub holds: Holds,
    /// Whether it must be given.
    pub is_required: bool,
}

/// What a parameter holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// A text.
    Text,
    /// One of these: the value, and what people call it.
    OneOf(Vec<(String, Localised)>),
    /// A text, for which there are suggestions while it is typed.
    Suggested,
    /// A file.
    File,
    /// Some files.
    Files,
}

//! Which path of the specification an address is of.

use serde_json::Value;

/// The paths, cut into steps.
pub struct Operations {
    paths: Vec<(String, Vec<String>)>,
}

impl Operations {
    pub fn of(document: &Value) -> Self {
        let paths = document["paths"]
            .as_object()
            .expect("a specification has paths")
            .keys();
        let cut = |path: &String| path.split('/').skip(1).map(str::to_owned).collect();
        let mut paths: Vec<(String, Vec<String>)> = paths.map(|path| (path.clone(), cut(path))).collect();
        // `/users/@me` is meant before `/users/{user_id}`.
        paths.sort_by_key(|(_, steps)| steps.iter().filter(|step| step.starts_with('{')).count());
        Self { paths }
    }

    /// The path that these steps are of.
    pub fn path(&self, steps: &[String]) -> Option<&str> {
        let is_one = |known: &[String]| {
            let mut pairs = known.iter().zip(steps);
            known.len() == steps.len() && pairs.all(|(known, step)| known.starts_with('{') || known == step)
        };
        let found = self.paths.iter().find(|(_, known)| is_one(known))?;
        Some(&found.0)
    }
}

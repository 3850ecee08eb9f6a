//! What is to be measured, from the command line.

use std::path::PathBuf;

/// The arguments.
#[derive(Clone, Debug)]
pub struct Arguments {
    /// Bones of the rig.
    pub bones: usize,
    /// Keys of each curve.
    pub keys: usize,
    /// How often each workload runs.
    pub repeat: usize,
    /// Only workloads whose names contain this.
    pub only: String,
    /// The model that is read and written.
    pub gltf: Option<PathBuf>,
}

impl Arguments {
    /// Reads them; one line says what is wrong.
    pub fn read(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut found = Self {
            bones: 100,
            keys: 100,
            repeat: 5,
            only: String::new(),
            gltf: None,
        };
        let mut words = words.filter(|word| word != "--bench");
        while let Some(word) = words.next() {
            let value = words
                .next()
                .ok_or_else(|| format!("{word} needs a value"))?;
            let number = |least: usize| match value.parse() {
                Ok(number) if number >= least => Ok(number),
                _ => Err(format!(
                    "{word}: {value:?} is no whole number from {least} on"
                )),
            };
            match word.as_str() {
                "--bones" => found.bones = number(1)?,
                "--keys" => found.keys = number(2)?,
                "--repeat" => found.repeat = number(1)?,
                "--only" => found.only = value,
                "--gltf" => found.gltf = Some(value.into()),
                _ => {
                    return Err(format!(
                        "{word} is not known; known are --bones, --keys, --repeat, --only and --gltf"
                    ));
                }
            }
        }
        Ok(found)
    }
}

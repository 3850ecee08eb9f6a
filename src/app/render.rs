//! `keypose render`: a file drawn into a picture, or its animation into a row of them.
//!
//! One device and one view for all frames. Every picture is written whole or not at all, also when Ctrl-C
//! ends the work.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{anyhow, bail, ensure};
use clap::Args;

use crate::app::cli::opened;
use crate::app::frames::{Frames, Numbered};
use crate::app::progress::Progress;
use crate::app::still::Stills;
use crate::eval::animation;
use crate::model::choice::Choice;
use crate::model::document::Document;
use crate::model::view::{BoneStyle, Shading, View};

/// What is drawn, and where to.
#[derive(Args)]
pub struct RenderArguments {
    /// Document, glTF model or scene
    file: PathBuf,
    /// The PNG to write; with --frames, each # run in its name is the frame
    #[arg(short, long, value_name = "PNG")]
    output: PathBuf,
    /// The frame to show; left out, the document as it is
    #[arg(long, allow_negative_numbers = true)]
    frame: Option<f32>,
    /// A picture for each of these frames, such as 1-48, or 1-48/2 for every second one
    #[arg(long, value_name = "A-B", value_parser = Frames::parse, allow_hyphen_values = true,
          conflicts_with = "frame")]
    frames: Option<Frames>,
    /// The action to show; left out, the active one
    #[arg(long, value_name = "NAME")]
    action: Option<String>,
    /// Width and height of the picture
    #[arg(long, value_name = "WxH", default_value = "1280x800", value_parser = size)]
    size: (u32, u32),
    /// Leave out bones and floor
    #[arg(long)]
    plain: bool,
    /// How the figure is drawn: wireframe, solid, material or silhouette
    #[arg(long, value_name = "SHADING", value_parser = item::<Shading>)]
    shading: Option<Shading>,
    /// How bones are drawn: octahedral, stick, bbone or wire
    #[arg(long, value_name = "STYLE", value_parser = item::<BoneStyle>)]
    style: Option<BoneStyle>,
}

impl RenderArguments {
    /// A file's own view, as the arguments change it.
    fn view(&self, own: &View) -> View {
        View {
            overlays: own.overlays && !self.plain,
            shading: self.shading.unwrap_or(own.shading),
            bone_style: self.style.unwrap_or(own.bone_style),
            ..own.clone()
        }
    }
}

/// Reads an item of a choice, in capitals or not.
fn item<C: Choice + Default>(text: &str) -> Result<C, String> {
    let mut choice = C::default();
    let items = choice.items();
    let found = items
        .iter()
        .position(|item| item.id.eq_ignore_ascii_case(text));
    let Some(place) = found else {
        let ids: Vec<_> = items.iter().map(|item| item.id.to_lowercase()).collect();
        return Err(format!("expected one of {}", ids.join(", ")));
    };
    choice.set_index(place);
    Ok(choice)
}

/// Reads `WxH`.
fn size(text: &str) -> Result<(u32, u32), String> {
    let parsed = text
        .split_once(['x', 'X'])
        .and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    match parsed {
        Some((w @ 1..=16384, h @ 1..=16384)) => Ok((w, h)),
        _ => Err("expected a size such as 1280x800, up to 16384x16384".to_owned()),
    }
}

/// Draws what the arguments say.
///
/// # Errors
/// A file that cannot be read or written, an action that is not there, no graphics adapter, or Ctrl-C.
pub fn run(arguments: &RenderArguments) -> anyhow::Result<()> {
    let row = match arguments.frames {
        Some(frames) => Some((frames, Numbered::new(&arguments.output)?)),
        None => None,
    };
    need_folder(&arguments.output)?;
    let (session, _) = opened(&arguments.file)?;
    let mut document = session.document.clone();
    if let Some(name) = &arguments.action {
        activate(&mut document, name)?;
    }
    let first = arguments.frames.and_then(|frames| frames.iter().next());
    let first = first.map(moment).or(arguments.frame);
    match first {
        Some(frame) => show(&mut document, frame)?,
        None if arguments.action.is_some() => animation::apply(&mut document),
        None => {}
    }
    let mut stills = Stills::new(arguments.view(&session.view), arguments.size)?;
    let keeps_camera = arguments
        .file
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("keypose"));
    if !keeps_camera {
        stills.frame_all(&document);
    }
    match row {
        Some((frames, numbered)) => sequence(&mut stills, &mut document, frames, &numbered),
        None => stills.write(&document, &arguments.output),
    }
}

/// The pictures are many and the folder is missing at the first: better known before anything is drawn.
fn need_folder(output: &Path) -> anyhow::Result<()> {
    let folder = output.parent().filter(|folder| *folder != Path::new(""));
    match folder {
        Some(folder) if !folder.is_dir() => bail!(
            "{}: there is no folder {}; make it first",
            output.display(),
            folder.display()
        ),
        _ => Ok(()),
    }
}

/// Makes an action that of the active rig.
fn activate(document: &mut Document, name: &str) -> anyhow::Result<()> {
    if !document.actions.contains_key(name) {
        let names: Vec<_> = document.actions.keys().map(String::as_str).collect();
        let there = match names.as_slice() {
            [] => "the file holds none".to_owned(),
            [one] => format!("there is only {one}"),
            _ => format!("there are {}", names.join(", ")),
        };
        bail!("no action is called {name}; {there}");
    }
    let rig = document.rig_mut();
    let rig = rig.ok_or_else(|| anyhow!("there is no rig to move"))?;
    Arc::make_mut(&mut rig.animation).active_action = Some(name.to_owned());
    Ok(())
}

/// A whole frame as the document has it.
#[expect(
    clippy::cast_precision_loss,
    reason = "Frames keeps to what 32 bits hold exactly"
)]
fn moment(frame: i32) -> f32 {
    frame as f32
}

/// Brings the document to a frame.
fn show(document: &mut Document, frame: f32) -> anyhow::Result<()> {
    ensure!(frame.is_finite(), "--frame must be a finite number");
    Arc::make_mut(&mut document.scene).frame = frame;
    animation::apply(document);
    Ok(())
}

fn sequence(
    stills: &mut Stills,
    document: &mut Document,
    frames: Frames,
    numbered: &Numbered,
) -> anyhow::Result<()> {
    let stop = stop_signal();
    let mut progress = Progress::new(frames.count());
    let mut last = None;
    for frame in frames.iter() {
        if stop.load(Ordering::Relaxed) {
            progress.clear();
            bail!("stopped; {}", progress.written());
        }
        let path = numbered.path(frame);
        let drawn = show(document, moment(frame)).and_then(|()| stills.write(document, &path));
        if let Err(error) = drawn {
            progress.clear();
            return Err(error);
        }
        progress.done(&path);
        last = Some(path);
    }
    progress.clear();
    if let (Some(first), Some(last)) = (frames.iter().next(), last) {
        let first = numbered.path(first);
        eprintln!(
            "{}: {} to {}",
            progress.written(),
            first.display(),
            last.display()
        );
    }
    Ok(())
}

/// Becomes true when the program is told to end; the picture at hand is finished then.
#[cfg(unix)]
fn stop_signal() -> Arc<AtomicBool> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        // Where it cannot be listened to, such a signal ends the program at once, as ever.
        let _ = signal_hook::flag::register(signal, Arc::clone(&stop));
    }
    stop
}

#[cfg(not(unix))]
fn stop_signal() -> Arc<AtomicBool> {
    Arc::default()
}

//! The command line: the editor, and everything that works without a window.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, anyhow};
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::app::render::{self, RenderArguments};
use crate::app::{reference, reference_table};
use crate::eval::hierarchy;
use crate::io::scene;
use crate::ops::context::{Level, Place, Report};
use crate::ops::editor::export::ExportGltf;
use crate::ops::editor::file;
use crate::ops::registry::boxed;
use crate::ops::runner::{Outcome, Session, Status};
use crate::script;

/// Keypose: pose rigs, edit keyframes, drag pose assets on to a character.
#[derive(Parser)]
#[command(name = "keypose", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Document, glTF model or scene to edit; without one, the bundled mannequin
    file: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Run operators on a file without a window
    Run(RunArguments),
    /// Draw a file, or each frame of its animation, into pictures without a window
    Render(RenderArguments),
    /// Tell what a file holds
    Info {
        /// Document, glTF model or scene
        file: PathBuf,
    },
    /// Print the reference of every operator
    Operators {
        /// As JSON
        #[arg(long)]
        json: bool,
        /// One family, such as pose, as a page of the documentation
        #[arg(long, value_name = "FAMILY", conflicts_with = "json")]
        markdown: Option<String>,
    },
}

#[derive(Args)]
struct RunArguments {
    /// Document, glTF model or scene
    file: PathBuf,
    /// Script file with one call a line; may be given several times
    #[arg(long, value_name = "F.kps")]
    script: Vec<PathBuf>,
    /// A call such as 'pose.paste(flipped: true)'; may be given several times, in order with --script
    #[arg(long, value_name = "CALL")]
    op: Vec<String>,
    /// Save the document
    #[arg(long, value_name = "F.keypose")]
    save: Option<PathBuf>,
    /// Write the model with its clips as glTF
    #[arg(long, value_name = "F.glb")]
    export: Option<PathBuf>,
    /// Write the scene as JSON; `-` is standard output
    #[arg(long, value_name = "F.json")]
    dump: Option<PathBuf>,
}

/// Runs the program: status 0 done, 1 the work failed, 2 wrong usage.
pub fn main() -> ExitCode {
    let matches = Arguments::command().get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match dispatch(arguments, &matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A message of several lines would not be the one line that callers look for.
            let line = format!("{error:#}").replace(['\n', '\r'], " ");
            eprintln!("error: {line}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: Arguments, matches: &ArgMatches) -> anyhow::Result<()> {
    match arguments.command {
        Some(Command::Run(run)) => {
            let order = matches
                .subcommand_matches("run")
                .map(|m| order(&run, m))
                .unwrap_or_default();
            headless(&run, order)
        }
        Some(Command::Render(arguments)) => render::run(&arguments),
        Some(Command::Info { file }) => print(&script::info::describe(&file)?),
        Some(Command::Operators { json, markdown }) => print(&match markdown {
            Some(family) => reference_table::page(&family)?,
            None => reference::text(json)?,
        }),
        None => {
            let began = Instant::now();
            let (session, said) = starting_session(arguments.file.as_deref())?;
            crate::app::run(session, said, began)
        }
    }
}

/// The session that the editor starts with, and what opening its file had to say.
fn starting_session(file: Option<&Path>) -> anyhow::Result<(Session, Vec<Report>)> {
    if let Some(file) = file {
        return opened(file);
    }
    let mut session = Session::default();
    let said = finish(session.run(
        boxed(file::ReadHomefile { mannequin: true }),
        Place::default(),
    ))?;
    Ok((session, said))
}

/// A session with a file opened, and what that had to say; warnings go to standard error.
pub(super) fn opened(file: &Path) -> anyhow::Result<(Session, Vec<Report>)> {
    let mut session = Session::default();
    let filepath = text_of(file)?;
    let said = finish(session.run(boxed(file::OpenMainfile { filepath }), Place::default()))?;
    Ok((session, said))
}

/// A path as a parameter.
fn text_of(path: &Path) -> anyhow::Result<String> {
    let text = path.to_str().map(str::to_owned);
    text.ok_or_else(|| anyhow!("{}: the path is not UTF-8", path.display()))
}

/// The reports of a call; its first error ends the work.
fn finish(outcome: Outcome) -> anyhow::Result<Vec<Report>> {
    let warnings = outcome.reports.iter();
    warnings
        .filter(|report| report.level == Level::Warning)
        .for_each(tell);
    match outcome.error() {
        Some(error) => Err(anyhow!("{error}")),
        None => Ok(outcome.reports),
    }
}

fn tell(report: &Report) {
    match report.level {
        Level::Info => eprintln!("{}", report.text),
        Level::Warning => eprintln!("warning: {}", report.text),
        Level::Error => eprintln!("error: {}", report.text),
    }
}

/// A piece of work of `keypose run`.
enum Work<'a> {
    Script(&'a Path),
    Call(&'a str),
}

/// Scripts and calls in the order of the command line.
fn order<'a>(run: &'a RunArguments, matches: &ArgMatches) -> Vec<Work<'a>> {
    let places = |id: &str| {
        matches
            .indices_of(id)
            .map(Iterator::collect::<Vec<_>>)
            .unwrap_or_default()
    };
    let scripts = places("script")
        .into_iter()
        .zip(run.script.iter().map(|path| Work::Script(path)));
    let calls = places("op")
        .into_iter()
        .zip(run.op.iter().map(|call| Work::Call(call)));
    let mut work: Vec<_> = scripts.chain(calls).collect();
    work.sort_by_key(|(place, _)| *place);
    work.into_iter().map(|(_, work)| work).collect()
}

fn headless(run: &RunArguments, order: Vec<Work>) -> anyhow::Result<()> {
    let (mut session, _) = opened(&run.file)?;
    let mut result = Ok(());
    for work in order {
        result = match work {
            Work::Script(path) => script::run::file(&mut session, path, &mut tell),
            Work::Call(call) => script::run::call(&mut session, call, &mut tell),
        };
        if result.is_err() {
            break;
        }
    }
    if let (Ok(()), Some(save)) = (&result, &run.save) {
        let filepath = text_of(save)?;
        finish(session.run(boxed(file::SaveMainfile { filepath }), Place::default()))?;
    }
    let written = match (&result, &run.export) {
        (Ok(()), Some(export)) => export_model(&mut session, export),
        _ => Ok(()),
    };
    // The dump shows where a run stopped, too; why it stopped is then the error that counts.
    let dumped = match &run.dump {
        Some(dump) => dump_scene(&session, dump),
        None => Ok(()),
    };
    result?;
    written?;
    dumped
}

/// Exports the model, and tells what was written.
fn export_model(session: &mut Session, path: &Path) -> anyhow::Result<()> {
    let filepath = text_of(path)?;
    let outcome = session.run(boxed(ExportGltf { filepath }), Place::default());
    if outcome.status == Status::PollFailed {
        return Err(anyhow!("{}: there is no rig to export", path.display()));
    }
    let said = finish(outcome)?;
    let said = said.iter().filter(|report| report.level == Level::Info);
    said.for_each(tell);
    Ok(())
}

fn dump_scene(session: &Session, dump: &Path) -> anyhow::Result<()> {
    let rig = session
        .document
        .rig()
        .ok_or_else(|| anyhow!("there is no rig to dump"))?;
    let posed = hierarchy::evaluate_once(rig);
    let text = scene::write_scene(&session.document, Some(&posed.armature_from_bone));
    if dump == Path::new("-") {
        return print(&text);
    }
    Ok(crate::io::atomic::output(dump, text.as_bytes())?)
}

/// Prints a text; a reader that went away is no error.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| {
        if text.ends_with('\n') {
            Ok(())
        } else {
            out.write_all(b"\n")
        }
    });
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("standard output")
        }
        _ => Ok(()),
    }
}

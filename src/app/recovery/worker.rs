//! The thread that writes states and brings files to the disk, so that no frame waits for it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::io::recovery::checkpoint::{self, Checkpoint};
use crate::io::recovery::journal::Journal;

/// How long the lines of the journal may wait for the disk; a power failure may lose that much.
const SYNC: Duration = Duration::from_secs(3);

/// Something to do.
pub(super) enum Job {
    /// Write a state.
    Write(Box<Checkpoint>),
    /// Bring a state to the disk that was written already.
    Settle(u64),
    /// Bring a journal to the disk before long.
    Sync(File),
}

/// A state that is whole now and how long that took, or what went wrong.
pub(super) type Written = Result<(u64, Duration), String>;

/// The thread and the ways to it.
pub(super) struct Worker {
    jobs: Option<Sender<Job>>,
    results: Receiver<Written>,
    thread: Option<JoinHandle<()>>,
    /// Whether a journal waits for the disk, and since when.
    asked: Option<Instant>,
}

impl Worker {
    /// Starts it for a folder.
    pub fn start(folder: PathBuf) -> Self {
        let (jobs, incoming) = channel();
        let (done, results) = channel();
        let thread = std::thread::spawn(move || work(&folder, &incoming, &done));
        Self {
            jobs: Some(jobs),
            results,
            thread: Some(thread),
            asked: None,
        }
    }

    /// Gives it something to do.
    pub fn send(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // It has ended only if it failed, and that was told.
            let _ = jobs.send(job);
        }
    }

    /// Has the journal brought to the disk within a few seconds.
    pub fn sync_soon(&mut self, journal: &Journal) {
        if self.asked.is_some_and(|asked| asked.elapsed() < SYNC) {
            return;
        }
        if let Some(file) = journal.handle() {
            self.asked = Some(Instant::now());
            self.send(Job::Sync(file));
        }
    }

    /// What became of the next state that was written; with `wait`, waits for it.
    pub fn result(&self, wait: bool) -> Option<Written> {
        if wait {
            self.results.recv().ok()
        } else {
            self.results.try_recv().ok()
        }
    }

    /// Waits until everything is done.
    pub fn finish(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has told so.
            let _ = thread.join();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.finish();
    }
}

fn work(folder: &Path, jobs: &Receiver<Job>, done: &Sender<Written>) {
    let mut waiting: Option<(Instant, File)> = None;
    loop {
        let left = waiting.as_ref().map(|(since, _)| {
            let age = since.elapsed();
            SYNC.saturating_sub(age)
        });
        let job = match left {
            Some(left) => jobs.recv_timeout(left),
            None => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match job {
            Ok(Job::Sync(file)) => waiting = Some((Instant::now(), file)),
            Ok(job) => state(folder, job, jobs, done, &mut waiting),
            Err(ended) => {
                if let Some((_, file)) = waiting.take() {
                    // What cannot reach the disk now is in the system's hands all the same.
                    let _ = file.sync_data();
                }
                if ended == RecvTimeoutError::Disconnected {
                    return;
                }
            }
        }
    }
}

/// Writes or settles a state: the newest one that waits.
fn state(
    folder: &Path,
    mut job: Job,
    jobs: &Receiver<Job>,
    done: &Sender<Written>,
    waiting: &mut Option<(Instant, File)>,
) {
    for next in jobs.try_iter() {
        match next {
            Job::Sync(file) => *waiting = Some((Instant::now(), file)),
            newer => job = newer,
        }
    }
    // Nobody listens any more when the program ends.
    let tell = |result| drop(done.send(result));
    let generation = match job {
        Job::Settle(generation) => generation,
        Job::Write(state) => {
            let start = Instant::now();
            if let Err(error) = state.write(folder, false) {
                return tell(Err(error.to_string()));
            }
            tell(Ok((state.generation, start.elapsed())));
            state.generation
        }
        Job::Sync(_) => return,
    };
    if let Err(error) = checkpoint::settle(folder, generation) {
        tell(Err(error.to_string()));
    }
}

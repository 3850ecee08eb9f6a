//! The editor's side of keeping work: one keeper for its session, and the answers to what was offered.

use crate::app::recovery::{self, Keeper, Leftover};
use crate::io::recovery::root;
use crate::ops::context::Level;
use crate::ops::runner::Session;
use crate::ui::app::App;
use crate::ui::dialogs::recover::{Answer, Offer};

/// What is kept, and what was found.
#[derive(Default)]
pub(super) struct Keeping {
    keeper: Option<Keeper>,
    /// What is being offered; nobody else can take it meanwhile.
    leftovers: Vec<Leftover>,
}

impl Keeping {
    /// Begins to keep the program's session, and offers what others left behind.
    pub fn begin(app: &mut App) -> Self {
        let Some(folders) = &app.folders else {
            return Self::default();
        };
        let root = root(&folders.state);
        let leftovers = recovery::leftovers(&root);
        let offers = leftovers.iter().map(|leftover| Offer {
            key: leftover.hold.name(),
            title: leftover.title.clone(),
            detail: leftover.detail.clone(),
        });
        app.offer(offers.collect());
        let keeper = Keeper::begin(&root, &app.session).map_err(|error| {
            let text = format!("What you do is not kept for the case of a crash: {error}");
            app.tell(Level::Warning, text);
        });
        Self {
            keeper: keeper.ok(),
            leftovers,
        }
    }

    /// Keeps what was done since the last time.
    pub fn update(&mut self, app: &mut App) {
        for answer in std::mem::take(&mut app.answers) {
            self.answer(app, answer);
        }
        if !app.is_offering() {
            self.leftovers.clear();
        }
        let Some(keeper) = &mut self.keeper else {
            return;
        };
        if let Some(text) = keeper.update(&app.session, &app.preferences) {
            app.tell(Level::Warning, text);
        }
    }

    fn answer(&mut self, app: &mut App, answer: Answer) {
        let (Answer::Recover(key) | Answer::Discard(key)) = &answer;
        let place = self.leftovers.iter().position(|l| l.hold.name() == *key);
        let Some(leftover) = place.map(|place| self.leftovers.remove(place)) else {
            return;
        };
        match answer {
            Answer::Recover(_) => self.recover(app, leftover),
            Answer::Discard(_) => {
                if let Err(error) = leftover.hold.discard() {
                    app.tell(Level::Error, error.to_string());
                }
            }
        }
    }

    fn recover(&mut self, app: &mut App, leftover: Leftover) {
        let recovered = match recovery::recover(leftover.hold.folder()) {
            Ok(recovered) => recovered,
            Err(error) => {
                app.tell(Level::Error, error.to_string());
                return;
            }
        };
        app.replace_session(recovered.session);
        let title = leftover.title;
        match recovered.warnings.into_iter().next_back() {
            Some(warning) => app.tell(Level::Warning, warning),
            None => app.tell(
                Level::Info,
                format!("Recovered {title}; save it to keep it"),
            ),
        }
        if let Some(keeper) = &mut self.keeper
            && let Some(trouble) = keeper.follow(&app.session, leftover.hold)
        {
            app.tell(Level::Warning, trouble);
        }
    }

    /// When something is to be written although nothing happens.
    pub fn deadline(&self, app: &App) -> Option<std::time::Instant> {
        self.keeper.as_ref()?.deadline(&app.preferences)
    }

    /// Writes down what can be after a failure; the rest lies on the disk already.
    pub fn rescue(&mut self, session: &Session) {
        if let Some(keeper) = &mut self.keeper {
            keeper.rescue(session);
        }
    }

    /// The program ends without having asked the user: unsaved work is kept.
    pub fn keep(self, session: &Session) {
        if let Some(keeper) = self.keeper {
            keeper.keep(session);
        }
    }

    /// The user left: the work is saved, or not wanted.
    pub fn end(self) {
        if let Some(keeper) = self.keeper {
            keeper.end();
        }
    }
}

//! Two pieces of work at the same time.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// Does `aside` on a thread of its own while `here` is done on this one.
pub fn both<A: Send, B>(aside: impl Fn() -> A + Sync, here: impl FnOnce() -> B) -> (A, B) {
    scope(|scope| {
        let thread = Builder::new().spawn_scoped(scope, &aside);
        let here = here();
        let aside = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // A system that gives no thread gets it done all the same.
            Err(_) => aside(),
        };
        (aside, here)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_done() {
        let numbers = [1, 2, 3];
        let mut seen = 0;
        let (sum, ()) = both(|| numbers.iter().sum::<i32>(), || seen += 1);
        assert_eq!((sum, seen), (6, 1));
    }
}

//! What the shell holds while the window is open.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use netmend_engine::{CancellationToken, profile};
use netmend_model::Profile;

use crate::error::Error;

/// What the shell holds while the window is open.
#[derive(Default)]
pub struct Shell {
    profile: OnceLock<Result<Profile, String>>,
    running: Mutex<CancellationToken>,
    preview: Mutex<String>,
}

impl Shell {
    /// The organisation's settings, read once; the error is what is wrong with them.
    pub fn profile(&self) -> Result<Profile, Error> {
        let read = || profile::load(None).map_err(|error| error.to_string());
        self.profile.get_or_init(read).clone().map_err(|detail| Error::Profile { detail })
    }

    /// The settings to work with: built-in ones where the organisation's cannot be read.
    pub fn profile_or_default(&self) -> Profile {
        self.profile().unwrap_or_default()
    }

    /// Begins a run; one that is still going on ends.
    pub fn begin(&self) -> CancellationToken {
        let fresh = CancellationToken::new();
        std::mem::replace(&mut *locked(&self.running), fresh.clone()).cancel();
        fresh
    }

    /// Ends the run that is going on, if any.
    pub fn stop(&self) {
        locked(&self.running).cancel();
    }

    /// Keeps a page to be shown by [`crate::preview`].
    pub fn keep_preview(&self, page: String) {
        *locked(&self.preview) = page;
    }

    /// The page kept last.
    pub fn preview(&self) -> String {
        locked(&self.preview).clone()
    }
}

/// Both values are whole at any time, so that a panic elsewhere does not spoil them.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_run_ends_the_one_before_and_stop_ends_the_last() {
        let shell = Shell::default();
        let first = shell.begin();
        let second = shell.begin();
        assert!(first.is_cancelled() && !second.is_cancelled());
        shell.stop();
        assert!(second.is_cancelled());
        assert!(!shell.begin().is_cancelled());
    }
}

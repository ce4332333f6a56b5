//! What a run is asked for.

use netmend_model::{Case, Profile, Settings, Symptom, Target};

/// What a run is asked for.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// What is to be reached; `None` asks whether this computer is online.
    pub target: Option<Target>,
    /// What a pasted message says.
    pub symptom: Option<Symptom>,
    /// How to go about it.
    pub settings: Settings,
    /// The organisation's settings.
    pub profile: Profile,
}

impl Ask {
    /// The case before anything was measured.
    pub(crate) fn into_case(self) -> Case {
        let Self { target, symptom, settings, profile } = self;
        Case { target, symptom, settings, profile, steps: Vec::new(), evidence: Vec::new() }
    }
}

/// Everything that the run may contact besides the target and what this computer is configured to use (its resolvers, routers
/// and proxies): the profile's references. Empty where they are switched off.
pub fn contacts(ask: &Ask) -> Vec<String> {
    if !ask.settings.external {
        return Vec::new();
    }
    let reference = &ask.profile.reference;
    reference.resolvers.iter().chain(&reference.connectivity).cloned().collect()
}

//! A case: one situation, its truth, and the proof that it is really there.

use std::time::Duration;

use anyhow::Result;

use crate::lab::Lab;
use crate::launch::Rights;
use crate::topology::Shape;

/// The budget of a run that names none (contract).
pub const DEFAULT_BUDGET: Duration = Duration::from_secs(20);

/// What netmend must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// This cause of the catalogue first.
    Cause(&'static str),
    /// Verdict `healthy`, no diagnosis.
    Healthy,
    /// Any verdict, but a valid report within the budget: the peer is hostile.
    Survives,
}

type Build = Box<dyn Fn(&mut Lab, Rights) -> Result<()> + Send + Sync>;
type Proof = Box<dyn Fn(&Lab) -> Result<()> + Send + Sync>;

/// One situation.
pub struct Case {
    /// Unique; the cause, and for further variants of it a suffix: `firewall.dropped`, `firewall.dropped.v6`.
    pub id: String,
    /// What netmend must say.
    pub truth: Truth,
    /// The network before the fault.
    pub shape: Shape,
    /// What is diagnosed; none asks "is this computer online".
    pub target: Option<String>,
    /// Further arguments of `netmend diagnose`.
    pub options: Vec<String>,
    /// The whole run must have ended by then.
    pub budget: Duration,
    /// Interrupts the run (SIGINT) after this time: it must end at once, with a valid report.
    pub interrupt_after: Option<Duration>,
    /// Brings the servers and the fault into the healthy network.
    pub build: Build,
    /// Shows by means other than netmend that the situation is what `truth` says.
    pub proof: Proof,
}

impl Case {
    fn new(id: &str, truth: Truth) -> Self {
        let unbuilt = |_: &mut Lab, _| Ok(());
        let unproved = |_: &Lab| Err(anyhow::anyhow!("this case has no proof"));
        Self {
            id: id.to_owned(),
            truth,
            shape: Shape::default(),
            target: Some(format!("https://{}/", crate::lab::NAME)),
            options: Vec::new(),
            budget: DEFAULT_BUDGET,
            interrupt_after: None,
            build: Box::new(unbuilt),
            proof: Box::new(unproved),
        }
    }

    /// A case for a cause: the id is the cause, with `variant` appended where it is not empty.
    pub fn cause(cause: &'static str, variant: &str) -> Self {
        let id = if variant.is_empty() { cause.to_owned() } else { format!("{cause}.{variant}") };
        Self::new(&id, Truth::Cause(cause))
    }

    /// A case without a fault.
    pub fn healthy(variant: &str) -> Self {
        Self::new(&format!("healthy.{variant}"), Truth::Healthy)
    }

    /// A case with a hostile peer.
    pub fn hostile(variant: &str) -> Self {
        Self::new(&format!("hostile.{variant}"), Truth::Survives)
    }

    /// Sets what is diagnosed instead of `https://api.example.test/`.
    #[must_use]
    pub fn target(mut self, target: &str) -> Self {
        self.target = Some(target.to_owned());
        self
    }

    /// Diagnoses the computer itself.
    #[must_use]
    pub fn no_target(mut self) -> Self {
        self.target = None;
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn options(mut self, options: &[&str]) -> Self {
        self.options.extend(options.iter().map(|&option| option.to_owned()));
        self
    }

    /// Gives the run this many seconds instead of the default.
    #[must_use]
    pub fn budget(mut self, seconds: u64) -> Self {
        self.budget = Duration::from_secs(seconds);
        self.options(&["--budget", &format!("{seconds}s")])
    }

    /// Interrupts the run after this time.
    #[must_use]
    pub fn interrupt_after(mut self, time: Duration) -> Self {
        self.interrupt_after = Some(time);
        self
    }

    /// Sets the network before the fault.
    #[must_use]
    pub fn shape(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    /// Sets the mutation. It may fail halfway: the case is then an error of the lab.
    #[must_use]
    pub fn build(mut self, build: impl Fn(&mut Lab) -> Result<()> + Send + Sync + 'static) -> Self {
        self.build = Box::new(move |lab, _| build(lab));
        self
    }

    /// As [`Case::build`], for mutations that depend on who diagnoses (a local service belongs to the same user).
    #[must_use]
    pub fn build_for(mut self, build: impl Fn(&mut Lab, Rights) -> Result<()> + Send + Sync + 'static) -> Self {
        self.build = Box::new(build);
        self
    }

    /// Sets the proof.
    #[must_use]
    pub fn proof(mut self, proof: impl Fn(&Lab) -> Result<()> + Send + Sync + 'static) -> Self {
        self.proof = Box::new(proof);
        self
    }
}

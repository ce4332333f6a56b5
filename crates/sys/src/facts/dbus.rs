//! Questions to services on the system bus. Nothing is started by asking, nobody is prompted, and nothing waits
//! long: a service that is not there answers "not there" at once, a hung one is given up.

use std::collections::HashMap;
use std::io;
use std::time::Duration;

use netmend_model::{Reason, ReasonCode};
use serde::Serialize;
use zbus::proxy::{CacheProperties, MethodFlags};
use zbus::zvariant::{DynamicDeserialize, DynamicType, OwnedValue};
use zbus::{Connection, Proxy};

/// How long one source may take, from connecting to the last answer.
pub(crate) const PATIENCE: Duration = Duration::from_millis(150);

/// A connection to a bus.
pub(crate) struct Bus(Connection);

/// A service's object and the interface of it that is asked.
#[derive(Clone, Copy)]
pub(crate) struct Object<'a> {
    pub service: &'a str,
    pub path: &'a str,
    pub interface: &'a str,
}

impl Bus {
    /// Connects to the system bus.
    pub(crate) async fn system() -> Result<Self, Reason> {
        Connection::system().await.map(Self).map_err(|error| reason("the system bus", &error))
    }

    /// Calls a method without starting the service.
    pub(crate) async fn call<R, B>(&self, object: Object<'_>, method: &str, body: &B) -> Result<R, Reason>
    where
        R: for<'d> DynamicDeserialize<'d>,
        B: Serialize + DynamicType,
    {
        let Object { service, path, interface } = object;
        let call = async {
            let proxy: Proxy<'_> = zbus::proxy::Builder::new(&self.0)
                .destination(service)?
                .path(path)?
                .interface(interface)?
                .cache_properties(CacheProperties::No)
                .build()
                .await?;
            let reply = proxy.call_with_flags(method, MethodFlags::NoAutoStart.into(), body).await?;
            reply.ok_or(zbus::Error::InvalidReply)
        };
        call.await.map_err(|error| reason(service, &error))
    }

    /// Every property of an interface.
    pub(crate) async fn properties(&self, object: Object<'_>) -> Result<Properties, Reason> {
        let properties = Object { interface: "org.freedesktop.DBus.Properties", ..object };
        self.call(properties, "GetAll", &object.interface).await.map(Properties)
    }
}

#[cfg(test)]
impl From<Connection> for Bus {
    fn from(connection: Connection) -> Self {
        Self(connection)
    }
}

/// Properties by name.
pub(crate) struct Properties(HashMap<String, OwnedValue>);

impl Properties {
    /// Takes one out; `None` when it is missing or of another type.
    pub(crate) fn take<T: TryFrom<OwnedValue>>(&mut self, name: &str) -> Option<T> {
        self.0.remove(name)?.try_into().ok()
    }
}

/// Gives a source its time, and says so when it takes longer.
pub(crate) async fn in_time<T>(service: &str, work: impl Future<Output = Result<T, Reason>>) -> Result<T, Reason> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(result) => result,
        Err(_) => Err(Reason {
            code: ReasonCode::OutOfTime,
            detail: format!("{service}: no answer within {} ms", PATIENCE.as_millis()),
        }),
    }
}

fn reason(what: &str, error: &zbus::Error) -> Reason {
    let code = match error {
        zbus::Error::MethodError(name, _, _) => code_of(name.as_str()),
        zbus::Error::FDO(error) => match error.as_ref() {
            zbus::fdo::Error::ServiceUnknown(_) | zbus::fdo::Error::NameHasNoOwner(_) => ReasonCode::ToolMissing,
            zbus::fdo::Error::AccessDenied(_) | zbus::fdo::Error::InteractiveAuthorizationRequired(_) => {
                ReasonCode::NeedsAdministrator
            }
            _ => ReasonCode::SystemError,
        },
        zbus::Error::InputOutput(error) | zbus::Error::Connection(error, _) => code_of_io(error),
        zbus::Error::Variant(_) | zbus::Error::InvalidReply => ReasonCode::Malformed,
        _ => ReasonCode::SystemError,
    };
    Reason { code, detail: format!("{what}: {error}") }
}

/// A bus that is not there is a service that is not running.
fn code_of_io(error: &io::Error) -> ReasonCode {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => ReasonCode::ToolMissing,
        io::ErrorKind::PermissionDenied => ReasonCode::NeedsAdministrator,
        _ => ReasonCode::SystemError,
    }
}

/// Error names of the D-Bus specification.
fn code_of(name: &str) -> ReasonCode {
    match name.strip_prefix("org.freedesktop.DBus.Error.") {
        Some("ServiceUnknown" | "NameHasNoOwner") => ReasonCode::ToolMissing,
        Some("AccessDenied" | "AuthFailed" | "InteractiveAuthorizationRequired") => ReasonCode::NeedsAdministrator,
        Some("UnknownMethod" | "UnknownObject" | "UnknownInterface" | "UnknownProperty") => ReasonCode::NotOnThisSystem,
        Some("NoReply" | "Timeout" | "TimedOut") => ReasonCode::OutOfTime,
        _ => ReasonCode::SystemError,
    }
}

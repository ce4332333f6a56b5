//! SOCKS version 5 (RFC 1928) and version 4A, without signing in.

use std::net::IpAddr;

use netmend_model::net::ExchangeEnd;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::text;
use crate::transport::{Layered, end_of};

/// "No acceptable methods" (RFC 1928, 3).
const NO_METHOD: u8 = 0xff;
const USER_AND_PASSWORD: u8 = 2;
/// "Request granted" of version 4.
const GRANTED: u8 = 90;

/// What a SOCKS server said.
pub(super) struct Reply {
    /// The reply code; 255 where the server wants another way to sign in than none.
    pub(super) code: u16,
    /// How it wants clients to sign in.
    pub(super) authenticate: Option<String>,
    /// The connection through, where it was granted.
    pub(super) tunnel: Option<Layered>,
}

/// Asks a SOCKS 5 server for `port` of `host`.
pub(super) async fn five(mut io: Layered, host: &str, port: u16) -> Result<Reply, ExchangeEnd> {
    // Both methods are offered to learn which one is wanted; the second is never carried out.
    send(&mut io, &[5, 2, 0, USER_AND_PASSWORD]).await?;
    match read::<2>(&mut io).await? {
        [5, 0] => {}
        [5, USER_AND_PASSWORD] => return Ok(refused(Some("Username/Password"))),
        [5, NO_METHOD] => return Ok(refused(None)),
        other => return Err(malformed(&other)),
    }
    let address = address(host)?;
    send(&mut io, &[&[5, 1, 0], address.as_slice(), &port.to_be_bytes()].concat()).await?;
    let [version, code, _, kind] = read::<4>(&mut io).await?;
    if version != 5 {
        return Err(malformed(&[version, code]));
    }
    if code != 0 {
        return Ok(Reply { code: code.into(), authenticate: None, tunnel: None });
    }
    skip_bound_address(&mut io, kind).await?;
    Ok(Reply { code: 0, authenticate: None, tunnel: Some(io) })
}

/// Asks a SOCKS 4A server for `port` of `host`, which the server looks up where it is a name.
pub(super) async fn four(mut io: Layered, host: &str, port: u16) -> Result<Reply, ExchangeEnd> {
    let port = port.to_be_bytes();
    let request = match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => [&[4, 1], &port[..], &address.octets(), &[0]].concat(),
        // 0.0.0.1 says that the name stands at the end.
        _ => [&[4, 1], &port[..], &[0, 0, 0, 1, 0], host.as_bytes(), &[0]].concat(),
    };
    send(&mut io, &request).await?;
    let [version, code, ..] = read::<8>(&mut io).await?;
    if version != 0 {
        return Err(malformed(&[version, code]));
    }
    Ok(Reply { code: code.into(), authenticate: None, tunnel: (code == GRANTED).then_some(io) })
}

fn refused(authenticate: Option<&str>) -> Reply {
    Reply { code: NO_METHOD.into(), authenticate: authenticate.map(str::to_owned), tunnel: None }
}

/// Address type and address (RFC 1928, 5).
fn address(host: &str) -> Result<Vec<u8>, ExchangeEnd> {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => Ok([&[1], &address.octets()[..]].concat()),
        Ok(IpAddr::V6(address)) => Ok([&[4], &address.octets()[..]].concat()),
        Err(_) => {
            let length = u8::try_from(host.len());
            let length = length.map_err(|_| ExchangeEnd::Malformed { detail: "the host name is too long".into() })?;
            Ok([&[3, length], host.as_bytes()].concat())
        }
    }
}

async fn skip_bound_address(io: &mut Layered, kind: u8) -> Result<(), ExchangeEnd> {
    let length = match kind {
        1 => 4,
        4 => 16,
        3 => usize::from(read::<1>(io).await?[0]),
        other => return Err(malformed(&[other])),
    };
    let mut rest = vec![0; length + 2];
    io.read_exact(&mut rest).await.map_err(|error| end_of(&error))?;
    Ok(())
}

async fn send(io: &mut Layered, bytes: &[u8]) -> Result<(), ExchangeEnd> {
    io.write_all(bytes).await.map_err(|error| end_of(&error))?;
    io.flush().await.map_err(|error| end_of(&error))
}

async fn read<const N: usize>(io: &mut Layered) -> Result<[u8; N], ExchangeEnd> {
    let mut bytes = [0; N];
    io.read_exact(&mut bytes).await.map_err(|error| end_of(&error))?;
    Ok(bytes)
}

fn malformed(bytes: &[u8]) -> ExchangeEnd {
    ExchangeEnd::Malformed { detail: format!("no SOCKS server: {}", text::escaped(bytes, 16)) }
}

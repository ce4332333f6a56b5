//! A web server with too little CPU: for a while it accepts nothing and its backlog is full, then it catches up.
//!
//! The kernel itself drops the handshakes that arrive while the backlog is full.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::http::Reply;

/// How long each state lasts. Attempts that a client staggers over a second meet both.
pub const PHASE: Duration = Duration::from_millis(400);
const STEP: Duration = Duration::from_millis(2);

/// Ends the server when dropped.
pub struct Stop(pub Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Serves until `stop`; `listener` must not block, and its backlog must be `backlog`.
pub fn serve(listener: &TcpListener, address: SocketAddr, backlog: usize, stop: &AtomicBool) -> Result<()> {
    while !stop.load(Ordering::Relaxed) {
        // Customers that came first. The kernel lets one more wait than the backlog says (listen(2)).
        let waiting: Result<Vec<TcpStream>> = (0..=backlog).map(|_| fill(listener, address)).collect();
        let waiting = waiting?;
        std::thread::sleep(PHASE);
        drop(waiting);
        let end = Instant::now() + PHASE;
        while Instant::now() < end && !stop.load(Ordering::Relaxed) {
            answer_one(listener)?;
        }
    }
    Ok(())
}

/// A connection of the server's own. The queue may have taken one from outside meanwhile: then there is no place.
fn fill(listener: &TcpListener, address: SocketAddr) -> Result<TcpStream> {
    loop {
        match TcpStream::connect_timeout(&address, Duration::from_millis(50)) {
            Ok(stream) => return Ok(stream),
            Err(error) if error.kind() == ErrorKind::TimedOut => answer_one(listener)?,
            Err(error) => return Err(error).context("cannot fill the backlog"),
        }
    }
}

fn answer_one(listener: &TcpListener) -> Result<()> {
    match listener.accept() {
        Ok((mut stream, _)) => {
            stream.set_nonblocking(false)?;
            stream.set_read_timeout(Some(Duration::from_millis(20)))?;
            // A client that goes away is none of this server's troubles.
            if stream.read(&mut [0; 2048]).is_ok_and(|length| length > 0) {
                let _ = stream.write_all(&Reply::status(200).encode());
            }
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::WouldBlock => {
            std::thread::sleep(STEP);
            Ok(())
        }
        Err(error) => Err(error).context("cannot accept"),
    }
}

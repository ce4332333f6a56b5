//! Questions to the kernel over netlink (netlink(7)), blocking and bounded in time.

use std::fmt::Debug;
use std::io;
use std::time::Duration;

use netlink_packet_core::{
    NLM_F_DUMP, NLM_F_DUMP_INTR, NLM_F_REQUEST, NetlinkDeserializable, NetlinkHeader, NetlinkMessage, NetlinkPayload,
    NetlinkSerializable,
};
use netlink_sys::{Socket, SocketAddr};

/// The kernel answers at once; this only guards against a lost answer.
const PATIENCE: Duration = Duration::from_millis(1500);
/// A dump that changed while it was read is begun again, but not for ever.
const ATTEMPTS: u32 = 4;
/// The kernel fills at most 32 KiB per datagram of a dump.
const BUFFER: usize = 64 << 10;
/// Size of struct nlmsghdr.
const HEADER: usize = 16;

/// Every message of a dump (NLM_F_DUMP).
///
/// # Errors
/// The error number that the kernel answers with; `InvalidData` when a message cannot be decoded.
pub(crate) fn dump<M>(protocol: isize, request: &M) -> io::Result<Vec<M>>
where
    M: NetlinkSerializable + NetlinkDeserializable + Clone + Debug,
{
    let mut messages = Vec::new();
    for _ in 0..ATTEMPTS {
        let (whole, undisturbed) = ask(protocol, request.clone(), NLM_F_DUMP)?;
        messages = whole;
        if undisturbed {
            break;
        }
    }
    Ok(messages)
}

/// The one answer to a question.
///
/// # Errors
/// The error number that the kernel answers with.
pub(crate) fn get<M>(protocol: isize, request: M) -> io::Result<M>
where
    M: NetlinkSerializable + NetlinkDeserializable + Debug,
{
    let (messages, _) = ask(protocol, request, 0)?;
    messages.into_iter().next().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "an empty answer"))
}

/// Sends a request and collects the answers; the flag says whether nothing changed while the dump was made.
fn ask<M>(protocol: isize, request: M, flags: u16) -> io::Result<(Vec<M>, bool)>
where
    M: NetlinkSerializable + NetlinkDeserializable + Debug,
{
    let socket = open(protocol)?;
    let mut header = NetlinkHeader::default();
    header.flags = NLM_F_REQUEST | flags;
    let mut message = NetlinkMessage::new(header, NetlinkPayload::InnerMessage(request));
    message.finalize();
    let mut bytes = vec![0; message.buffer_len()];
    message.serialize(&mut bytes);
    socket.send(&bytes, 0)?;

    let mut answers = Vec::new();
    let mut undisturbed = true;
    let mut buffer = vec![0_u8; BUFFER];
    loop {
        let length = match socket.recv(&mut &mut buffer[..], 0) {
            // With a time-out set a signal interrupts even where calls are restarted (signal(7)).
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            received => received?,
        };
        let datagram = buffer.get(..length).unwrap_or(&buffer);
        if take(datagram, &mut answers, &mut undisturbed)? || flags & NLM_F_DUMP == 0 {
            return Ok((answers, undisturbed));
        }
    }
}

/// Decodes the messages of one datagram; true when the last of the dump was among them.
///
/// Of a dump, a message that this version cannot decode is left out: a newer kernel's attribute on one odd link
/// shall not hide all the others. When there is nothing else, that is an error.
fn take<M: NetlinkDeserializable + Debug>(
    mut datagram: &[u8],
    answers: &mut Vec<M>,
    undisturbed: &mut bool,
) -> io::Result<bool> {
    let mut undecoded = None;
    let before = answers.len();
    while let Some(length) = message_length(datagram) {
        match NetlinkMessage::<M>::deserialize(datagram) {
            Err(error) => undecoded = Some(error),
            Ok(message) => {
                *undisturbed &= message.header.flags & NLM_F_DUMP_INTR == 0;
                match message.payload {
                    NetlinkPayload::InnerMessage(inner) => answers.push(inner),
                    NetlinkPayload::Done(_) => return Ok(true),
                    NetlinkPayload::Error(error) if error.code.is_some() => return Err(error.to_io()),
                    _ => {}
                }
            }
        }
        datagram = datagram.get(length..).unwrap_or_default();
    }
    match undecoded {
        Some(error) if answers.len() == before => Err(io::Error::new(io::ErrorKind::InvalidData, error.to_string())),
        _ => Ok(false),
    }
}

/// Length of the first message with its padding to four bytes (netlink(3), NLMSG_ALIGN); `None` at the end.
fn message_length(datagram: &[u8]) -> Option<usize> {
    let length = u32::from_ne_bytes(datagram.first_chunk().copied()?);
    Some((length as usize).next_multiple_of(4).max(HEADER))
}

fn open(protocol: isize) -> io::Result<Socket> {
    let mut socket = Socket::new(protocol)?;
    let fd = socket2::SockRef::from(&socket);
    fd.set_read_timeout(Some(PATIENCE))?;
    socket.bind_auto()?;
    socket.connect(&SocketAddr::new(0, 0))?;
    Ok(socket)
}

/// Name of the interface with this index; `None` for 0 and for an interface that is gone.
pub(crate) fn interface_name(index: u32) -> Option<String> {
    if index == 0 {
        return None;
    }
    nix::net::if_::if_indextoname(index).ok().map(|name| name.to_string_lossy().into_owned())
}

/// A hardware address in the usual writing.
pub(crate) fn hardware_address(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    use netlink_packet_route::RouteNetlinkMessage;
    use proptest::prelude::*;

    /// A message header (netlink(7)) and a payload.
    fn message(kind: u16, payload: &[u8]) -> Vec<u8> {
        let length = u32::try_from(HEADER + payload.len()).unwrap();
        let mut bytes = length.to_ne_bytes().to_vec();
        bytes.extend(kind.to_ne_bytes());
        bytes.extend([0; 10]);
        bytes.extend(payload);
        bytes
    }

    fn taken(datagram: &[u8]) -> io::Result<(usize, bool)> {
        let mut answers: Vec<RouteNetlinkMessage> = Vec::new();
        let last = take(datagram, &mut answers, &mut true)?;
        Ok((answers.len(), last))
    }

    #[test]
    fn what_cannot_be_decoded_hides_nothing_else() {
        let link = message(libc::RTM_NEWLINK, &[0; 16]);
        // Shorter than its fixed part.
        let broken = message(libc::RTM_NEWLINK, &[0; 4]);
        assert_eq!(taken(&[broken.clone(), link.clone()].concat()).unwrap(), (1, false));
        assert_eq!(taken(&broken).unwrap_err().kind(), io::ErrorKind::InvalidData);
        let done = message(3, &[0; 4]);
        assert_eq!(taken(&[link, done].concat()).unwrap(), (1, true));
    }

    #[test]
    fn refusals_keep_their_number() {
        let code = (-libc::ENETUNREACH).to_ne_bytes();
        let refusal = message(2, &[&code[..], &[0; 16]].concat());
        assert_eq!(taken(&refusal).unwrap_err().raw_os_error(), Some(libc::ENETUNREACH));
    }

    proptest! {
        #[test]
        fn any_datagram_ends(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = taken(&bytes);
        }

        #[test]
        fn any_attributes_end(kind in prop::sample::select(vec![16_u16, 20, 24, 28]), bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            let _ = taken(&message(kind, &bytes));
        }
    }

    #[test]
    fn hardware_addresses_read_as_usual() {
        assert_eq!(hardware_address(&[0x02, 0, 0x5e, 0x10, 0, 0xff]), "02:00:5e:10:00:ff");
        assert_eq!(hardware_address(&[]), "");
    }
}

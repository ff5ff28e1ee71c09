//! Structs that are written by hand, with the derives that generated code has.

use std::collections::BTreeMap;

use events::eventc::{
    self, Enum, Event, Key, Newtype, PartitionedBy, Record, Stream, Text, Timestamp, decode,
    encode, event, key, partition_path,
};

/// No more than what every event derives: it is the key of a map only where it is used as one.
#[derive(Clone, PartialEq, Newtype)]
#[event(length(1, _))]
pub struct Nickname(Text);

#[derive(Enum)]
pub enum Mood {
    Good,
    Bad,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Newtype)]
#[event(length(1, _))]
pub struct Room(Text);

/// What a public struct holds is public, as far as its type goes: `tests/ui/field_of_a_private_type.rs`.
#[derive(Clone, PartialEq, Newtype)]
pub struct Secret(Text);

#[derive(Stream)]
#[event(name = "chat", partition = [day(at), room], key = room)]
pub struct Chat {
    pub at: Key<Timestamp>,
    pub room: Room,
    secret: Option<Secret>,
}

#[derive(Event)]
#[event(name = "chat.joined")]
pub struct Joined {
    #[event(header)]
    pub chat: Chat,
    pub nickname: Nickname,
    pub mood: Option<Mood>,
    pub unread: BTreeMap<Room, u32>,
}

#[test]
fn a_type_derives_no_more_than_it_needs() {
    let event = event!(Joined {
        chat: Chat {
            at: Key::now(),
            room: key!(Room("lobby")),
            secret: Some(Secret::from("s")),
        },
        nickname: key!(Nickname("kari")),
        unread: BTreeMap::from([(key!(Room("lobby")), 3)]),
    });
    assert_eq!(
        decode::<Joined>(&encode(&event).unwrap()).as_ref(),
        Ok(&event)
    );
    let room: Room = event.partition_key();
    assert_eq!(room, key!(Room("lobby")));
}

/// A header's field that is a part of the partition has its own type there, looked up by its name.
#[test]
fn the_value_of_a_header_is_a_part_of_the_partition() {
    fn room_of(event: &impl PartitionedBy<Room>) -> Room {
        event.partition_key()
    }
    let message = br#"{"at": "2026-11-23T05:00:00Z", "room": "a", "nickname": "b", "unread": {}}"#;
    let event: Joined = decode(message).unwrap();
    assert_eq!(room_of(&event).as_str(), "a");
    let mut names = Vec::new();
    event.partition_segments(&mut |name, value| names.push(format!("{name}={value}")));
    assert_eq!(names, ["day=2026-11-23", "room=a"]);
    assert_eq!(Joined::STREAM, "chat");
}

/// A stream is a type: what holds for it holds for each of its events.
#[test]
fn the_header_places_what_it_is_the_header_of() {
    fn room_of<E: Event<Stream = Chat>>(event: &E) -> &Room {
        &event.stream().room
    }
    let message = br#"{"at": "2026-11-23T05:00:00Z", "room": "a", "nickname": "b", "unread": {}}"#;
    let event: Joined = decode(message).unwrap();
    assert_eq!(room_of(&event).as_str(), "a");
    assert_eq!(event.partition(), event.chat.partition_of());
    assert_eq!(Chat::NAME_OF_STREAM, "chat");
    assert_eq!(
        format!("{:?}", event.chat.key_of().unwrap()),
        format!("{:?}", event.key().unwrap())
    );
    assert!(event.chat.id_of().is_none());
}

/// What is deprecated warns those who write it, and not those who derive something for it.
#[deny(deprecated)]
mod old {
    use super::*;

    #[derive(Event)]
    #[event(name = "chat.left", partition = day(at))]
    #[deprecated(note = "use `chat.joined`")]
    pub struct Left {
        pub at: Key<Timestamp>,
    }

    #[derive(Record)]
    pub struct Seat {
        #[deprecated]
        pub row: Option<u8>,
        pub number: u8,
    }

    #[derive(Enum)]
    pub enum Door {
        Front,
        #[deprecated]
        Back,
    }

    #[derive(Clone, eventc::Events)]
    pub enum Chats {
        Joined(Joined),
        #[allow(deprecated)]
        Left(Left),
    }
}

#[test]
fn what_is_deprecated_is_read_as_ever() {
    let message = br#"{"event":"chat.left","version":1,"at":"2026-11-23T05:00:00Z"}"#;
    let event = old::Chats::decode(message).unwrap();
    assert_eq!(event.encode().unwrap(), message);
    assert_eq!("back".parse::<old::Door>().unwrap().as_str(), "back");
    let seat: old::Seat = serde_json::from_str(r#"{"row":null,"number":3}"#).unwrap();
    assert_eq!(seat.number, 3);
}

#[test]
fn no_value_of_a_partition_reaches_another_folder() {
    let room = Room::try_from("../a b/ü=%").unwrap();
    let at = Key::try_from("2026-11-23T05:00:00Z".parse::<Timestamp>().unwrap()).unwrap();
    let joined = event!(Joined {
        chat: Chat {
            at,
            room,
            secret: None
        },
        nickname: key!(Nickname("kari")),
        unread: BTreeMap::new(),
    });
    assert_eq!(
        partition_path(&joined),
        "day=2026-11-23/room=..%2Fa%20b%2F%C3%BC%3D%25"
    );
}

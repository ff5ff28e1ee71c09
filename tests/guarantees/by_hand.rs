//! Structs that are written by hand, with the derives that generated code has.

use std::collections::BTreeMap;

use events::eventc::{
    self, Enum, Event, Key, Newtype, PartitionedBy, Record, Text, Timestamp, decode, encode, event,
    key, partition_path,
};

/// No more than what every event derives: it is the key of a map only where it is used as one.
#[derive(Clone, PartialEq, Newtype)]
#[event(length(1, _))]
pub struct Nickname(Text);

#[derive(Clone, PartialEq, Enum)]
pub enum Mood {
    Good,
    Bad,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Newtype)]
#[event(length(1, _))]
pub struct Room(Text);

/// Of this module alone.
#[derive(Clone, PartialEq, Newtype)]
struct Secret(Text);

#[derive(Clone, PartialEq, Record)]
pub struct Chat {
    pub at: Key<Timestamp>,
    pub room: Room,
    secret: Option<Secret>,
}

#[derive(Clone, PartialEq, Event)]
#[event(name = "chat.joined", partition = [day(chat.at), chat.room], key = chat.room)]
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
}

/// What is deprecated warns those who write it, and not those who derive something for it.
#[deny(deprecated)]
mod old {
    use super::*;

    #[derive(Clone, PartialEq, Event)]
    #[event(name = "chat.left", partition = day(at))]
    #[deprecated(note = "use `chat.joined`")]
    pub struct Left {
        pub at: Key<Timestamp>,
    }

    #[derive(Clone, PartialEq, Record)]
    pub struct Seat {
        #[deprecated]
        pub row: Option<u8>,
        pub number: u8,
    }

    #[derive(Clone, PartialEq, Enum)]
    pub enum Door {
        Front,
        #[deprecated]
        Back,
    }

    #[derive(Clone, PartialEq, eventc::Events)]
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

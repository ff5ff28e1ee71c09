use eventc::{Newtype, Text, key};

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Newtype)]
#[event(length(1, 64))]
pub struct UserId(Text);

fn main() {
    let name = String::new();
    let _ = key!(UserId(&name));
    let _ = key!(UserId);
}

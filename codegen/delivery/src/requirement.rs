//! What the sinks of an emitter ask of events, as a type.

use std::any::TypeId;
use std::marker::PhantomData;

use eventc::{Day, Event, PartitionedBy};

/// Asks nothing: every event meets it.
#[derive(Clone, Copy, Debug)]
pub enum Any {}

/// Asks for a `K` in the partition of the event: `By<Day>`, `By<TenantId>`.
pub struct By<K>(PhantomData<fn() -> K>);

/// An event that has what the sinks of an emitter ask for.
///
/// It is never implemented by hand: every event meets [`Any`], and one whose partition has a `K` in it meets [`By<K>`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be given to an emitter whose sinks ask for `{R}`",
    label = "has no place in a sink of this emitter",
    note = "a sink of this emitter says `type Requires = {R}`: it is partitioned so, and could not place this event",
    note = "add it to the partition of the event's stream in the schema, or emit it through an emitter of its own"
)]
pub trait Meets<R>: Event {}

#[diagnostic::do_not_recommend]
impl<E: Event> Meets<Any> for E {}

#[diagnostic::do_not_recommend]
impl<E: PartitionedBy<K>, K> Meets<By<K>> for E {}

/// Whether an event meets this of which it is only known that it is partitioned by a day. A sink is asked when it is given, as
/// no bound can say "or else".
pub(crate) fn is_met_by_days<R: 'static>() -> bool {
    let asked = TypeId::of::<R>();
    asked == TypeId::of::<Any>() || asked == TypeId::of::<By<Day>>()
}

/// What an emitter asks for whose sinks ask for `Self` and for `R`: the stricter of the two.
#[diagnostic::on_unimplemented(
    message = "an emitter can't have sinks that ask for `{Self}` and for `{R}`",
    label = "asks for something else than the sinks before it",
    note = "all sinks of an emitter ask for the same, or for nothing: make a second emitter, with a spool of its own"
)]
pub trait And<R> {
    /// The stricter of the two.
    type Both;
}

#[diagnostic::do_not_recommend]
impl And<Any> for Any {
    type Both = Any;
}

#[diagnostic::do_not_recommend]
impl<K> And<By<K>> for Any {
    type Both = By<K>;
}

#[diagnostic::do_not_recommend]
impl<K> And<Any> for By<K> {
    type Both = By<K>;
}

#[diagnostic::do_not_recommend]
impl<K> And<By<K>> for By<K> {
    type Both = By<K>;
}

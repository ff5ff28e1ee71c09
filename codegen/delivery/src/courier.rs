//! The thread of a sink: it reads logs from the sink's cursors, and gives the sink what it finds until the sink has it.

mod feed;
mod post;

use std::sync::Arc;
use std::time::Duration;

use crate::appender::DiskHealth;
use crate::backoff::Backoff;
use crate::progress::{Progress, State};

pub(crate) use feed::Feed;
use feed::Step;
pub(crate) use post::{Post, SinkState};

/// How long a sink has nothing to do before it is told.
const IDLE: Duration = Duration::from_secs(1);

pub(crate) struct Courier {
    /// Its place among the sinks.
    pub(crate) index: usize,
    pub(crate) post: Post,
    /// The log of this process first, then those that were adopted.
    pub(crate) feeds: Vec<Feed>,
    pub(crate) progress: Arc<Progress>,
    pub(crate) disk: Arc<DiskHealth>,
    pub(crate) backoff: Backoff,
}

impl Courier {
    pub(crate) fn run(mut self) {
        let mut has_moved = false;
        while !self.progress.is_over() {
            let (news, nudges, settled, is_last) = {
                let state = self.progress.state();
                (
                    state.news,
                    state.nudges,
                    state.settled,
                    state.is_appender_done,
                )
            };
            match self.round(settled) {
                Step::Moved => {
                    has_moved = true;
                    self.backoff.reset();
                }
                Step::Failed(at_least) if !at_least.is_zero() => {
                    // all processes that were turned away at once must not come back at once
                    self.progress.pause(at_least + self.backoff.pause());
                }
                Step::Failed(_) => {
                    let pause = self.progress.at_most(self.backoff.pause());
                    self.progress.wait(pause, |state| state.nudges != nudges);
                }
                Step::AtEnd if is_last => {
                    self.post.close();
                    break;
                }
                Step::AtEnd if has_moved => {
                    has_moved = false;
                    let rest = self.post.pace.rest;
                    self.progress.wait(rest, State::is_hurried);
                }
                Step::AtEnd => {
                    let wakes = |state: &State| state.news != news;
                    if !self.progress.wait(IDLE, wakes) {
                        self.post.idle();
                    }
                }
            }
        }
        self.progress.change(|state| state.sinks_done += 1);
    }

    /// A step in each log, so that none waits for the end of another.
    fn round(&mut self, settled: u64) -> Step {
        let mut round = Step::AtEnd;
        for (place, feed) in self.feeds.iter_mut().enumerate() {
            let step = feed.step(self.index, &mut self.post, &self.disk, &self.progress);
            if place == 0 {
                let passed = feed.passed(settled);
                self.progress.change(|state| {
                    if let Some(count) = state.passed.get_mut(self.index) {
                        *count = passed;
                    }
                });
            }
            match step {
                Step::Failed(at_least) => return Step::Failed(at_least),
                Step::Moved => round = Step::Moved,
                Step::AtEnd => {}
            }
        }
        if matches!(round, Step::AtEnd) {
            self.post.has_all();
        }
        round
    }
}

//! What came of measuring.

use std::error::Error;
use std::fs;
use std::path::Path;

use report::Sample;

use crate::work::{GROUPS, Group, Work};
use crate::{allocations, clock, instructions};

/// How often something is done where its allocations are counted: a multiple of the number of messages that take turns.
const TIMES: usize = 10;

/// What one thing costs.
pub(crate) struct Figures {
    /// Of all repetitions; none without valgrind.
    pub(crate) total: Option<f64>,
    pub(crate) nanos: Sample,
    pub(crate) allocations: f64,
}

impl Figures {
    /// Instructions of doing it once.
    pub(crate) fn instructions(&self) -> Option<f64> {
        self.total.map(|total| total / instructions::TIMES as f64)
    }
}

/// A group's works with what they cost.
type Measured = Vec<(&'static Work, Figures)>;

/// All figures, in the order of the groups.
pub(crate) struct Results(Vec<(&'static Group, Measured)>);

impl Results {
    /// Measures everything.
    pub(crate) fn measure(folder: &Path) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(folder)?;
        let groups = GROUPS.iter().map(|group| {
            eprintln!("{} …", group.slug);
            Ok((group, measure(group, folder)?))
        });
        groups.collect::<Result<_, Box<dyn Error>>>().map(Self)
    }

    pub(crate) fn groups(&self) -> impl Iterator<Item = (&'static Group, &Measured)> {
        self.0.iter().map(|(group, measured)| (*group, measured))
    }

    /// What a work of a group costs.
    pub(crate) fn of(&self, group: &str, work: &str) -> Option<&Figures> {
        let (_, measured) = self.0.iter().find(|(known, _)| known.slug == group)?;
        let (_, figures) = measured.iter().find(|(known, _)| known.name == work)?;
        Some(figures)
    }

    /// How far the middle round of each was from the best.
    pub(crate) fn noise(&self) -> Option<Sample> {
        let all = self.0.iter().flat_map(|(_, measured)| measured);
        let noise = all.map(|(_, figures)| figures.nanos.median() / figures.nanos.min() - 1.0);
        Sample::new(noise.collect())
    }
}

fn measure(group: &Group, folder: &Path) -> Result<Measured, Box<dyn Error>> {
    let nanos = clock::measure(group.works)?;
    let works = group.works.iter().zip(nanos).zip(1..);
    works
        .map(|((work, nanos), place)| {
            let mut run = (work.prepare)()?;
            // What is made when it is first done is not what it costs.
            run(TIMES);
            let allocations = allocations::count(|| run(TIMES)) as f64 / TIMES as f64;
            let total = instructions::count(group.slug, place, folder);
            let figures = Figures {
                total: total
                    .inspect_err(|error| eprintln!("no instructions: {error}"))
                    .ok(),
                nanos,
                allocations,
            };
            Ok((work, figures))
        })
        .collect()
}

//! What is to be done: steps, and what must not be.

/// What there is to do, to refuse and to know.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// In their order.
    pub(super) steps: Vec<Step>,
    pub(super) refusals: Vec<Refusal>,
    pub(super) notes: Vec<Note>,
}

/// A change that is made as a whole or not at all.
#[derive(Debug)]
pub(super) struct Step {
    /// The table or view, or the schema.
    pub(super) subject: String,
    pub(super) phase: Phase,
    /// In the words of the schema.
    pub(super) what: String,
    pub(super) statements: Vec<String>,
    /// How writers of the old schema fare from then on; none if they are not concerned.
    pub(super) writers: Option<&'static str>,
    /// What must hold of the rows that are there.
    pub(super) premise: Option<Premise>,
    /// Whether only comments change, and of those only where in the schema something stands.
    pub(super) is_place: bool,
}

/// Steps of one phase of one table are made in one transaction, but for `Validate`, which reads a whole table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// What all tables need.
    Shared,
    /// A new table.
    Create,
    /// Columns and checks.
    Alter,
    /// Looks at the rows that were there before a check was.
    Validate,
    /// Rights of the roles.
    Grant,
    /// What partitions there are to be.
    Known,
    /// Comments; the fingerprint last of all.
    Describe,
    /// A view.
    View,
    /// Partitions.
    Ensure,
}

/// What is not done, and why, and what to do instead.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) subject: String,
    pub(super) what: String,
    pub(super) why: String,
    pub(super) way: String,
}

/// What is left as it is, and whether that is how it should be.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) subject: String,
    pub(super) what: String,
    /// The SQL by which a person changes that; empty if there is none.
    pub(super) by_hand: String,
    pub(super) kind: NoteKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteKind {
    /// The way things are: a column that is retired.
    Information,
    /// The table is not what the schema says, and a person has to decide.
    Drift,
    /// A table that the schema no longer has.
    Orphan,
}

/// What must hold of the rows before a step can succeed.
#[derive(Debug)]
pub(super) struct Premise {
    pub(super) asks: Vec<Ask>,
    pub(super) found: Found,
}

/// A question to the rows.
#[derive(Debug)]
pub(super) struct Ask {
    /// A query whose only value says whether there is such a row.
    pub(super) sql: String,
    /// What there is then.
    pub(super) name: String,
}

/// What follows if there is such a row.
#[derive(Debug)]
pub(super) enum Found {
    /// Nothing at all is done.
    Refused {
        what: String,
        why: String,
        way: String,
    },
    /// This step alone is left out.
    LeftOut { note: String },
}

impl Phase {
    /// What it takes, and who waits for it.
    pub(super) fn lock(self) -> &'static str {
        match self {
            Self::Shared => "none on the tables",
            Self::Create => "none that anybody waits for",
            Self::Alter => "AccessExclusive on the table and its partitions, for milliseconds",
            Self::Validate => "ShareUpdateExclusive while it reads all rows: nobody waits",
            Self::Grant | Self::Known => "none",
            Self::Describe => "ShareUpdateExclusive, for milliseconds: nobody waits",
            Self::View => "AccessExclusive on the view, for milliseconds; writers do not use it",
            Self::Ensure => "ShareUpdateExclusive, for milliseconds: nobody waits",
        }
    }

    fn is_alone(self) -> bool {
        self == Self::Validate
    }

    /// Whether its statements make transactions of their own, and stand in none.
    pub(super) fn commits(self) -> bool {
        self == Self::Ensure
    }
}

impl Plan {
    /// The steps in transactions.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[Step]> {
        self.steps.chunk_by(|one, next| {
            one.subject == next.subject && one.phase == next.phase && !one.phase.is_alone()
        })
    }

    /// Whether something of the subject is refused already.
    pub(super) fn is_refused(&self, subject: &str) -> bool {
        self.refusals
            .iter()
            .any(|refusal| refusal.subject == subject)
    }

    pub(super) fn refuse(
        &mut self,
        subject: &str,
        what: impl Into<String>,
        why: impl Into<String>,
        way: impl Into<String>,
    ) {
        self.refusals.push(Refusal {
            subject: subject.to_owned(),
            what: what.into(),
            why: why.into(),
            way: way.into(),
        });
    }

    pub(super) fn note(&mut self, subject: &str, kind: NoteKind, what: String, by_hand: String) {
        self.notes.push(Note {
            subject: subject.to_owned(),
            what,
            by_hand,
            kind,
        });
    }
}

impl Step {
    pub(super) fn new(
        subject: &str,
        phase: Phase,
        what: impl Into<String>,
        statements: Vec<String>,
        writers: Option<&'static str>,
    ) -> Self {
        Self {
            subject: subject.to_owned(),
            phase,
            what: what.into(),
            statements,
            writers,
            premise: None,
            is_place: false,
        }
    }
}

//! Events for Mixpanel.

use serde_json::Value;

use super::json::{Members, Object};
use super::{Answer, Http, Mapping};
use crate::batch::Record;
use crate::sink::Fail;

/// The most bytes of an `$insert_id`.
const LONGEST_ID: usize = 36;

/// The properties that this mapping makes.
const MADE: [&str; 3] = ["time", "distinct_id", "$insert_id"];

/// Mixpanel: Ingestion API, "Import Events", <https://docs.mixpanel.com/reference/import-events>.
///
/// The fields of an event become properties, beside `time` (in milliseconds), `distinct_id` and `$insert_id`. A field with such
/// a name is called `event.time`, `event.distinct_id` there.
#[derive(Clone, Debug)]
pub struct Mixpanel {
    project: String,
    time: Vec<String>,
    distinct_id: Vec<String>,
    insert_id: Vec<String>,
}

impl Http<Mixpanel> {
    /// Sends events to this project, with the user name and the secret of a service account. The sink is called `mixpanel`.
    ///
    /// A request has at most 2,000 events and 10 MB, and is compressed. Events that Mixpanel finds wrong are dead letters, with
    /// the field and the reason; the others of the request are stored. One that comes twice has the same `$insert_id`, and is
    /// counted once.
    pub fn mixpanel(
        project: impl Into<String>,
        user: impl AsRef<str>,
        secret: impl AsRef<str>,
    ) -> Self {
        let name = |name: &str| vec![name.to_owned()];
        let mapping = Mixpanel {
            project: project.into(),
            time: name("occurred_at"),
            distinct_id: name("user_id"),
            insert_id: name("event_id"),
        };
        Http::new(address("api", &mapping.project))
            .named("mixpanel")
            .basic_auth(user.as_ref(), secret.as_ref())
            .batch_records(2_000)
            .batch_bytes(10_000_000)
            .record_bytes(1_000_000)
            .gzip(true)
            .mapping(mapping)
    }

    /// For a project whose data stays in the EU.
    #[must_use]
    pub fn eu(mut self) -> Self {
        self.url = address("api-eu", &self.mapping.project);
        self
    }

    /// For a project whose data stays in India.
    #[must_use]
    pub fn india(mut self) -> Self {
        self.url = address("api-in", &self.mapping.project);
        self
    }

    /// The fields that may say when it happened, of which the first counts that an event has: `occurred_at`. An event with
    /// none has the time at which it was emitted.
    #[must_use]
    pub fn time<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.mapping.time = names.into_iter().map(Into::into).collect();
        self
    }

    /// The fields that may say who it was, of which the first counts that an event has: `user_id`. An event with none is
    /// nobody's: Mixpanel counts it, and leaves it out where it follows people.
    #[must_use]
    pub fn distinct_id<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.mapping.distinct_id = names.into_iter().map(Into::into).collect();
        self
    }

    /// The field that says which event it is, the same whenever it comes: `event_id`. It has at most 36 letters, digits and
    /// `-`. Where it has not, and for events without it, [`Record::id`] takes its place.
    #[must_use]
    pub fn insert_id(mut self, name: impl Into<String>) -> Self {
        self.mapping.insert_id = vec![name.into()];
        self
    }
}

impl Mapping for Mixpanel {
    fn write(&self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), String> {
        let members = Members::of(record)?;
        let time = members.time(&self.time).unwrap_or(record.accepted_at());
        let distinct_id = members.text(&self.distinct_id).unwrap_or_default();
        let insert_id = (members.text(&self.insert_id).filter(|id| is_insert_id(id)))
            .unwrap_or_else(|| record.uuid().to_string());

        let mut event = Object::open(out);
        event.text("event", record.event());
        let mut properties = event.object("properties");
        properties.raw("time", time.micros().div_euclid(1_000));
        properties.text("distinct_id", &distinct_id);
        properties.text("$insert_id", &insert_id);
        for (name, value) in members.iter() {
            match name {
                // it is the name of the event already
                "event" => {}
                name if MADE.contains(&name) => properties.raw(&format!("event.{name}"), value),
                name => properties.raw(name, value),
            }
        }
        properties.close();
        event.close();
        Ok(())
    }

    fn judge(&self, answer: &Answer<'_>) -> Result<(), Fail> {
        match matches!(answer.status(), 200 | 400).then(|| failed_records(answer)) {
            Some(Some(failed)) => Err(Fail::AllBut(failed)),
            _ => answer.by_status(),
        }
    }

    fn check(&self) -> Result<(), String> {
        match self.project.is_empty() || !self.project.chars().all(|c| c.is_ascii_digit()) {
            true => Err(format!(
                "{:?} is no project of Mixpanel; its id is a number, and stands in the settings of the project",
                self.project
            )),
            false => Ok(()),
        }
    }
}

/// The records that are named as wrong, if any are, and all are of this request.
fn failed_records(answer: &Answer<'_>) -> Option<Vec<(usize, String)>> {
    let body: Value = serde_json::from_slice(answer.body()).ok()?;
    let failed = body.get("failed_records")?.as_array()?;
    let read = |record: &Value| {
        let index = usize::try_from(record.get("index")?.as_u64()?).ok()?;
        let text = |name| record.get(name).and_then(Value::as_str).unwrap_or("?");
        let reason = format!("Mixpanel refuses {}: {}", text("field"), text("message"));
        (index < answer.records()).then_some((index, reason))
    };
    let failed: Vec<_> = failed.iter().map(read).collect::<Option<_>>()?;
    (!failed.is_empty()).then_some(failed)
}

fn is_insert_id(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    !text.is_empty() && text.len() <= LONGEST_ID && text.chars().all(is_plain)
}

fn address(host: &str, project: &str) -> String {
    format!("https://{host}.mixpanel.com/import?strict=1&project_id={project}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_region_has_its_address() {
        let mixpanel = || Http::mixpanel("2195193", "user", "secret");
        for (http, host) in [
            (mixpanel(), "api.mixpanel.com"),
            (mixpanel().eu(), "api-eu.mixpanel.com"),
            (mixpanel().india(), "api-in.mixpanel.com"),
        ] {
            let address = format!("https://{host}/import?strict=1&project_id=2195193");
            assert_eq!(http.url, address);
        }
    }
}

//! Events as logs of Datadog.

use super::json::{Members, Object};
use super::{Http, Mapping};
use crate::batch::Record;

/// Datadog: Logs API, v2, "Send logs", <https://docs.datadoghq.com/api/latest/logs/#send-logs>.
///
/// The fields of an event become attributes of a log, beside `ddsource`, `ddtags`, `hostname`, `service`, `message` (the name
/// of the event), `timestamp` and `record_id`. A field with such a name stands there instead, and one that is called as Datadog
/// calls its own, like `status`, is understood as that.
#[derive(Clone, Debug)]
pub struct Datadog {
    site: Option<String>,
    source: String,
    service: Option<String>,
    hostname: Option<String>,
    tags: Vec<String>,
    time: Vec<String>,
}

impl Http<Datadog> {
    /// Sends events to Datadog as logs, with this API key. The sink is called `datadog`.
    ///
    /// A request has at most 1,000 events and 5 MB, and is compressed. An event of more than 1 MB is a dead letter: Datadog
    /// would cut it, and say that all is well. What is older than 18 hours when it arrives Datadog may refuse or date anew,
    /// so after a longer outage look at `timestamp`. It does not drop what comes twice: count by `record_id`.
    pub fn datadog(key: impl Into<String>) -> Self {
        let mapping = Datadog {
            site: None,
            source: "eventc".to_owned(),
            service: None,
            hostname: None,
            tags: Vec::new(),
            time: vec!["occurred_at".to_owned()],
        };
        Http::new(address("datadoghq.com"))
            .named("datadog")
            .header("dd-api-key", key)
            .batch_records(1_000)
            .batch_bytes(5_000_000)
            .record_bytes(1_000_000)
            .gzip(true)
            .mapping(mapping)
    }

    /// The site: `datadoghq.eu`, `us5.datadoghq.com`. Without it, `datadoghq.com`.
    #[must_use]
    pub fn site(mut self, site: impl Into<String>) -> Self {
        let site = site.into();
        self.url = address(&site);
        self.mapping.site = Some(site);
        self
    }

    /// `ddsource`, by which Datadog chooses a pipeline: `eventc`.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.mapping.source = source.into();
        self
    }

    /// The name of the service.
    #[must_use]
    pub fn service(mut self, service: impl Into<String>) -> Self {
        self.mapping.service = Some(service.into());
        self
    }

    /// The name of the host.
    #[must_use]
    pub fn hostname(mut self, hostname: impl Into<String>) -> Self {
        self.mapping.hostname = Some(hostname.into());
        self
    }

    /// A tag of every log: `env:prod`.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.mapping.tags.push(tag.into());
        self
    }

    /// The fields that may say when it happened, of which the first counts that an event has: `occurred_at`. An event with
    /// none has the time at which it was emitted.
    #[must_use]
    pub fn time<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.mapping.time = names.into_iter().map(Into::into).collect();
        self
    }
}

impl Mapping for Datadog {
    fn write(&self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), String> {
        let members = Members::of(record)?;
        let tags = (!self.tags.is_empty()).then(|| self.tags.join(","));
        let time = members.time(&self.time).unwrap_or(record.accepted_at());
        let ours = [
            ("ddsource", Some(self.source.clone())),
            ("ddtags", tags),
            ("hostname", self.hostname.clone()),
            ("service", self.service.clone()),
            ("message", Some(record.event().to_owned())),
            ("timestamp", Some(time.to_string())),
            ("record_id", Some(record.uuid().to_string())),
        ];
        let mut log = Object::open(out);
        for (name, value) in ours {
            if let Some(value) = value.filter(|_| !members.has(name)) {
                log.text(name, &value);
            }
        }
        for (name, value) in members.iter() {
            log.raw(name, value);
        }
        log.close();
        Ok(())
    }

    fn check(&self) -> Result<(), String> {
        let is_site = |site: &String| {
            !site.is_empty() && !site.starts_with("app.") && !site.contains(['/', ':', '@'])
        };
        match &self.site {
            Some(site) if !is_site(site) => Err(format!(
                "{site:?} is no site of Datadog; it is what stands after `app.` in the address of its pages, like `datadoghq.eu`"
            )),
            _ => Ok(()),
        }
    }
}

fn address(site: &str) -> String {
    format!("https://http-intake.logs.{site}/api/v2/logs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_site_has_its_address() {
        let address = |http: Http<Datadog>| http.url;
        assert_eq!(
            address(Http::datadog("key")),
            "https://http-intake.logs.datadoghq.com/api/v2/logs"
        );
        assert_eq!(
            address(Http::datadog("key").site("us5.datadoghq.com")),
            "https://http-intake.logs.us5.datadoghq.com/api/v2/logs"
        );
    }
}

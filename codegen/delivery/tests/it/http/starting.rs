//! What a sink is given that cannot work, and what is said about it.

use eventc_delivery::{Http, Sink, Stdout};

use crate::event::Folder;

fn said(sink: impl Sink<Requires = eventc_delivery::Any>) -> String {
    let folder = Folder::new("http-starting");
    let builder = folder.emitter();
    builder.sink(sink).start().err().unwrap().to_string()
}

#[test]
fn mistakes_in_settings_are_said_at_the_start() {
    let hook = || Http::new("https://hooks.example.com/events");
    let said = [
        said(Http::new("hooks.example.com/events")),
        said(Http::new("https://hooks.example.com/a b")),
        said(Http::new("ftp://hooks.example.com/events")),
        said(Http::new("https://user:hidden@hooks.example.com/events")),
        said(hook().header("x y", "value")),
        said(hook().header("authorization", "Bearer hidden\n")),
        said(hook().batch_records(0)),
        said(Http::datadog("")),
        said(Http::datadog("key").site("app.datadoghq.eu")),
        said(Http::datadog("key").site("https://datadoghq.eu")),
        said(Http::mixpanel("shop", "user", "secret")),
        said(Stdout::new().only(["*.finished"])),
        said(Stdout::new().only([""])),
        said(Stdout::new().only(Vec::<String>::new())),
        said(Stdout::new().sample("*", 10.0)),
        said(Stdout::new().sample("*", f64::NAN).only(["a.*"])),
    ];
    assert!(!said.iter().any(|said| said.contains("hidden")));
    insta::assert_snapshot!(said.join("\n"));
}

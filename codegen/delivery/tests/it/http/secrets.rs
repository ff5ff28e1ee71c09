//! Nothing that must be secret is shown.

use std::time::Duration;

use eventc_delivery::Http;

use super::server::{Server, answer};
use crate::event::{Folder, counted, files};
use crate::sinks::wait_until;

const KEY: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn keys_stand_in_no_debug() {
    let http = Http::datadog(KEY).header("x-other", "Bearer tell-nobody");
    insta::assert_debug_snapshot!(http);
    let http = Http::mixpanel("1", "user", "a password")
        .url("https://proxy.example.com/hidden?key=hidden");
    insta::assert_debug_snapshot!(http);
}

#[test]
fn keys_that_a_server_repeats_stand_in_no_error_and_no_dead_letter() {
    // so long that an excerpt would cut it in the middle
    let text = format!(
        "{}{KEY} and tell-nobody, or dXNlcjphIHBhc3N3b3Jk",
        "x ".repeat(140)
    );
    let server = Server::start(move |count, _| match count {
        0 => answer("403 Forbidden", "", &text),
        _ => answer("400 Bad Request", "", &text),
    });
    let folder = Folder::new("secrets");
    let emitter = folder
        .emitter()
        .sink(
            Http::datadog(KEY)
                .url(server.url())
                .header("x-other", "Bearer tell-nobody")
                .basic_auth("user", "a password")
                .every(Duration::ZERO),
        )
        .backoff(Duration::from_millis(2), Duration::from_millis(10))
        .start()
        .unwrap();
    let is_clean = |text: &str| {
        assert!(text.contains("answered 40"), "{text}");
        for secret in [
            KEY,
            &KEY[..20],
            "tell-nobody",
            "a password",
            "dXNlcjphIHBhc3N3b3Jk",
        ] {
            assert!(!text.contains(secret), "{text}");
        }
    };
    emitter.emit(counted(0, 0));
    wait_until("it is refused", || emitter.health().sinks[0].retries == 1);
    is_clean(&emitter.health().sinks[0].last_error.clone().unwrap());
    wait_until("it is dead", || emitter.health().sinks[0].dead == 1);
    is_clean(&emitter.health().sinks[0].last_error.clone().unwrap());
    let path = files(&folder.join("spool"), "datadog.dead.jsonl").pop();
    is_clean(&std::fs::read_to_string(path.unwrap()).unwrap());
}

//! The emitter for code that is too deep to be given one. There is one for a process, so there is one test.

use eventc_delivery::{Emitter, Files, emit, emitted_without_init, init};

use crate::event::{Folder, counted, read};

#[test]
fn the_global_emitter() {
    emit(counted(0, 0));
    assert_eq!(emitted_without_init(), 1);

    let folder = Folder::new("global");
    let emitter = folder
        .emitter()
        .sink(Files::new(folder.join("events")))
        .start()
        .unwrap();
    let guard = init(emitter).unwrap();
    emit(counted(0, 1));
    let (other, _) = Emitter::capture();
    assert_eq!(
        init(other).unwrap_err().to_string(),
        "there is an emitter already that `eventc_delivery::emit` gives events to, and it stays; call `init` once, in `main`"
    );
    emit(counted(0, 2));
    drop(guard);
    emit(counted(0, 3));
    let mut numbers: Vec<u64> = read(&folder.join("events"))
        .iter()
        .map(|e| e.number)
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(emitted_without_init(), 1);
}

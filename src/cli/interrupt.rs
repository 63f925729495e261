//! Being told to end: what is half written is removed first.

/// From now on files that are being written are gone when the program is told to end (Ctrl-C, SIGTERM).
#[cfg(unix)]
pub fn tidy_at_signals() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // What is to be ignored, as by `nohup` or in the background of a script, stays so.
    let wanted: Vec<i32> = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|&signal| !is_ignored(signal)).collect();
    let Ok(mut signals) = Signals::new(wanted) else { return };
    let watch = move || {
        if let Some(signal) = signals.forever().next() {
            crate::project::discard_unfinished();
            let _ = emulate_default_handler(signal);
        }
    };
    // Without it the program ends as untidily as any other.
    let _ = std::thread::Builder::new().name("duizhao signals".to_owned()).spawn(watch);
}

/// From now on files that are being written are gone when the program is told to end; here the system has no way to tell.
#[cfg(not(unix))]
pub fn tidy_at_signals() {}

/// Whether whoever started the program wants it to ignore a signal; known on Linux only.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return false };
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    (mask >> (signal - 1)) & 1 == 1
}

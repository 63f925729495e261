//! Whether a window can be opened here, asked before the window library needs to know: it panics on some of the
//! libraries that it loads at run time.

#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(super) fn ready() -> Result<(), String> {
    Ok(())
}

/// A library of the window system, and the Debian package it comes in.
#[cfg(all(unix, not(target_os = "macos")))]
type Library = (&'static str, &'static str);

#[cfg(all(unix, not(target_os = "macos")))]
const X11: &[Library] = &[
    ("libX11.so.6", "libx11-6"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libXcursor.so.1", "libxcursor1"),
    ("libXi.so.6", "libxi6"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libGL.so.1", "libgl1"),
];

#[cfg(all(unix, not(target_os = "macos")))]
const WAYLAND: &[Library] = &[
    ("libwayland-client.so.0", "libwayland-client0"),
    ("libwayland-egl.so.1", "libwayland-egl1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libEGL.so.1", "libegl1"),
];

/// A message that says what is missing and what to do instead.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn ready() -> Result<(), String> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let wayland = set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET");
    if !wayland && !set("DISPLAY") {
        return Err("there is no display to open a window on; `duizhao read` shows the same in the terminal".to_owned());
    }
    let missing = missing(if wayland { WAYLAND } else { X11 });
    if missing.is_empty() {
        return Ok(());
    }
    let named: Vec<String> =
        missing.iter().map(|(library, package)| format!("{library} (package {package})")).collect();
    Err(format!("the window needs {}; install it, or use `duizhao read` in the terminal", named.join(", ")))
}

#[cfg(all(unix, not(target_os = "macos")))]
fn missing(libraries: &'static [Library]) -> Vec<Library> {
    libraries.iter().copied().filter(|(library, _)| !can_load(library)).collect()
}

#[cfg(all(unix, not(target_os = "macos")))]
#[expect(unsafe_code, reason = "loading a library runs its initialisers; winit loads the same ones a moment later")]
fn can_load(library: &str) -> bool {
    // SAFETY: these are the system's own window libraries; nothing of them is called here.
    unsafe { libloading::Library::new(library) }.is_ok()
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn a_missing_library_is_named_with_its_package() {
        const UNKNOWN: &[Library] = &[("libc.so.6", "libc6"), ("libno-such-thing.so.1", "libno-such-thing1")];
        assert_eq!(missing(UNKNOWN), [("libno-such-thing.so.1", "libno-such-thing1")]);
    }
}

#!/usr/bin/env bash
# The real window on a display that nobody sees: it opens, is driven by keyboard, its pictures are looked at by number,
# and what was done is there again after it was killed.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."

packages="xvfb xdotool imagemagick x11-utils libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon0 libxkbcommon-x11-0 libgl1 libgl1-mesa-dri"
missing=$(for package in $packages; do dpkg -s "$package" >/dev/null 2>&1 || echo "$package"; done)
if [ -n "$missing" ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

cargo build --locked --release
bin=$PWD/target/release/duizhao
work=$(mktemp -d)
xvfb=
program=
trap 'kill $program $xvfb 2>/dev/null || true; rm -rf "$work"' EXIT
# Project files go here.
export XDG_DATA_HOME="$work/data" XDG_CONFIG_HOME="$work/config"

# The server takes a display number that is free and says which when it is ready.
# It must not start anew when its only client so far, the one that asks whether it is ready, goes away.
for attempt in 1 2 3; do
  : >"$work/display"
  Xvfb -displayfd 6 -screen 0 1280x800x24 +extension GLX -nolisten tcp -noreset 6>"$work/display" >"$work/xvfb.log" 2>&1 &
  xvfb=$!
  for _ in $(seq 300); do [ -s "$work/display" ] && break; sleep 0.1; done
  export DISPLAY=":$(cat "$work/display")"
  xdpyinfo >/dev/null 2>&1 && break
  echo "display, attempt $attempt: not ready"
  cat "$work/xvfb.log"
  kill "$xvfb" 2>/dev/null || true
  [ "$attempt" -lt 3 ] || exit 1
done

# What is written without a folder goes here.
cd "$work"

# Starts the program on some texts and waits for a window with this title.
start() {
  title=$1
  shift
  "$bin" "$@" >"$work/out" 2>&1 &
  program=$!
  window=
  for _ in $(seq 300); do
    window=$(xdotool search --name "Duizhao.*$title" 2>/dev/null | head -n 1 || true)
    [ -n "$window" ] && break
    kill -0 "$program" || { echo "the program ended:"; cat "$work/out"; exit 1; }
    sleep 0.1
  done
  [ -n "$window" ] || { echo "no window with $title"; cat "$work/out"; exit 1; }
  xdotool windowsize "$window" 1280 800 windowmove "$window" 0 0 mousemove 300 400
  sleep 2
  xdotool windowfocus "$window"
}

start 'Joint statement'

picture() { sleep 1; import -window root "$work/$1.png"; }
# How many pixels differ between two pictures.
differ() { { compare -metric AE "$work/$1.png" "$work/$2.png" null: 2>&1 || true; } | awk '{ printf "%d", $1 }'; }
changed() {
  n=$(differ "$1" "$2")
  echo "$3: $n pixels changed"
  [ "$n" -gt 2000 ] || { echo "nothing changed"; exit 1; }
}

picture first
colours=$(identify -format %k "$work/first.png")
echo "first picture: $colours colours"
[ "$colours" -gt 100 ] || { echo "the window is empty"; exit 1; }
xdotool key End; picture end; changed first end "to the last row"
xdotool key Home; picture home; changed end home "back to the first"
xdotool key ctrl+f; sleep 0.5; xdotool type --delay 40 sovereignty; picture search; changed home search "search"
xdotool key Escape; sleep 0.5; xdotool key bracketright; picture term; changed search term "a term"
xdotool key ctrl+d; picture dark; changed term dark "dark"
kill -0 "$program" || { echo "the program ended:"; cat "$work/out"; exit 1; }
[ ! -s "$work/out" ] || { echo "the program said:"; cat "$work/out"; }
kill "$program"
wait "$program" || true

# Work that is cut short: every step is in the project file when the program is killed, and undo reaches back over it.
printf '今天下雨。我没去。\n\n你呢？他去了北京。\n' >"$work/a.zh.txt"
printf 'It rained today. I did not go.\n\nAnd you? He went to Beijing.\n' >"$work/b.en.txt"
rm -rf "$XDG_DATA_HOME"
types() { "$bin" read "$XDG_DATA_HOME"/duizhao/*.duizhao | grep -oE '^[0-9]-[0-9]' | tr '\n' ' '; }
wanted() {
  found=$(types)
  echo "$2: $found"
  [ "$found" = "$1 " ] || { echo "wanted $1"; exit 1; }
}
killed() { sleep 0.3; kill -9 "$program"; wait "$program" 2>/dev/null || true; }
start 'a.zh.txt' "$work/a.zh.txt" "$work/b.en.txt"
xdotool key c; sleep 0.3; xdotool key m; killed
wanted "1-1 2-2 1-1" "killed after merging"
start 'a.zh.txt' "$work/a.zh.txt" "$work/b.en.txt"
xdotool key x; killed
wanted "1-1 1-0 1-0 0-1 0-1 1-1" "killed after unlinking"
start 'a.zh.txt' "$work/a.zh.txt" "$work/b.en.txt"
xdotool key ctrl+z; sleep 0.3; xdotool key ctrl+z; killed
wanted "1-1 1-1 1-1 1-1" "killed after undoing both"

# Chinese typed into a note, a search, an export; the work is there again after a kill.
rm -rf "$XDG_DATA_HOME"
start 'a.zh.txt' "$work/a.zh.txt" "$work/b.en.txt"
xdotool key i; sleep 0.5; xdotool type --delay 300 '术语待查'; sleep 1; xdotool key Return; sleep 0.3
xdotool key ctrl+f; sleep 0.5; xdotool type --delay 300 '北京'; sleep 1; picture found
xdotool key Escape; sleep 0.3; picture unfound; changed found unfound "a search for Chinese, dropped"
xdotool key c; sleep 0.5
killed
out="$work/notes.tmx"
"$bin" export "$XDG_DATA_HOME"/duizhao/*.duizhao -o "$out" >/dev/null
grep -q '术语待查' "$out" || { echo "the note is gone"; cat "$out"; exit 1; }
start 'a.zh.txt' "$work/a.zh.txt" "$work/b.en.txt"
# An export from the window itself: the page proposes a name in the folder the program was started in.
xdotool key ctrl+s; sleep 0.5; xdotool key Return; sleep 1
grep -q '术语待查' "$work/a.zh.tmx" || { echo "the window exported nothing"; ls "$work"; exit 1; }
# Text of a segment, edited in place.
xdotool key Home; sleep 0.2; xdotool key e; sleep 0.5; xdotool key ctrl+a; xdotool type --delay 300 '今天下雪。'
sleep 1; xdotool key Return; killed
"$bin" read "$XDG_DATA_HOME"/duizhao/*.duizhao | grep -q '今天下雪。' || { echo "the text is as it was"; exit 1; }

# The interface in Chinese, in high contrast: looked at by number only, word by word in the tests.
start 'a.zh.txt' "$work/a.zh.txt" "$work/b.en.txt"
picture plain
xdotool key ctrl+shift+l; picture chinese; changed plain chinese "the interface in Chinese"
xdotool key ctrl+shift+d; picture contrast; changed chinese contrast "high contrast"
kill "$program"; wait "$program" 2>/dev/null || true
# What a person likes is there again.
start 'a.zh.txt' "$work/a.zh.txt" "$work/b.en.txt"
picture again
n=$(differ contrast again)
echo "the same look again: $n pixels differ"
[ "$n" -lt 20000 ] || { echo "the settings were not kept"; exit 1; }
kill "$program"; wait "$program" 2>/dev/null || true
echo "window: fine"

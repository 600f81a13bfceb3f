# Sourced by the set-up scripts: installs what a plain Debian machine lacks, or says in one line what is missing.
# Needs bash. Nothing here downloads from anywhere but the machine's configured package sources.

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

die() { printf '\033[1;31merror:\033[0m %s\n' "$*" >&2; exit 1; }

# as_root COMMAND…: runs it as root where that is possible without asking.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo "$@"; else return 126; fi
}

# apt_install WHY PACKAGE…: installs the packages, or stops with one line that names them.
apt_install() {
  local why=$1; shift
  command -v apt-get >/dev/null || die "$why needs: $* (this machine has no apt-get; install them by hand)"
  say "Installing $* ($why); about a minute"
  if ! as_root true 2>/dev/null; then die "$why needs root to install: $* — run: sudo apt-get install $*"; fi
  local log; log=$(mktemp)
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-remove --no-install-recommends "$@" >"$log" 2>&1; then
    # The package lists may be old or empty: refresh them once and try again.
    if ! { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-remove --no-install-recommends "$@"; } >"$log" 2>&1; then
      tail -n 5 "$log" >&2
      die "$why: could not install $*"
    fi
  fi
  rm -f "$log"
}

# need COMMAND WHY PACKAGE…: makes sure the command exists.
need() {
  local command=$1; shift
  command -v "$command" >/dev/null || apt_install "$@"
}

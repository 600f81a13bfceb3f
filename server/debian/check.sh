#!/usr/bin/env bash
# Installs, upgrades, removes and purges the Debian package on a Debian of its own, with nobody to answer questions, and looks each
# time at what is there. That Debian is a throw-away root in which a real systemd runs (systemd-nspawn), without a network: the
# service is started, restarted, stopped and confined as on any machine. Needs root and the machine's Debian mirror.
#
# What it does not show: captures of sources, which need a network; upgrades from a version that had another database.
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/debian.sh
export PATH=$PATH:/usr/sbin

[ "$(id -u)" = 0 ] || die "this needs root: sudo server/debian/check.sh"
need debootstrap "a throw-away root" debootstrap
need systemd-nspawn "running systemd in it" systemd-container
need lintian "the rules of Debian" lintian
need curl "asking the server" curl

package=${1:-$(ls -t target/debian/pledgebook_*.deb | head -n 1)}
[ -f "$package" ] || die "there is no package; run: make deb"
work=$(mktemp -d)
root=$work/root
clean() {
  [ -z "${container:-}" ] || { kill "$container" 2>/dev/null; wait "$container" 2>/dev/null; } || true
  rm -rf "$work"
}
trap clean EXIT

failed=0
# check WORDS COMMAND…: says whether it holds.
check() {
  local words=$1; shift
  if "$@" >"$work/said" 2>&1; then echo "  ok   $words"; else failed=$((failed + 1)); echo "  FAIL $words"; sed 's/^/       /' "$work/said"; fi
}
not() { ! "$@"; }

say "The rules of Debian"
check "lintian finds no error" lintian --allow-root --fail-on error "$package"

say "Making a throw-away Debian; a minute or two"
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
suite=$(. /etc/os-release; echo "$VERSION_CODENAME")
debootstrap --variant=minbase --include=adduser,systemd,dbus "$suite" "$root" "$mirror" >"$work/debootstrap.log" 2>&1 ||
  { tail -n 5 "$work/debootstrap.log" >&2; die "no throw-away Debian could be made from $mirror"; }

# The version before: the same with another number, and a line more in its settings.
dpkg-deb --raw-extract "$package" "$work/older"
sed -i 's/^Version: .*/Version: 0.0.1-1/' "$work/older/DEBIAN/control"
echo "# A line of the version before." >>"$work/older/etc/default/pledgebook"
dpkg-deb --root-owner-group --build "$work/older" "$root/older.deb" >/dev/null
cp "$package" "$root/newer.deb"

# A systemd of another time would want the machine's control groups as they are now everywhere.
[ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ] || export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=0
systemd-nspawn --quiet --register=no --keep-unit --private-network --directory="$root" --boot </dev/null >"$work/boot.log" 2>&1 &
container=$!
leader=
inside() {
  nsenter --target "$leader" --mount --pid --uts --ipc --net -- \
    /usr/bin/env -i DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@" </dev/null
}
for tries in $(seq 300); do
  leader=$(pgrep --parent "$container" | head -n 1) || true
  if [ -n "$leader" ] && [ "$(inside systemctl is-system-running 2>/dev/null || true)" = running ]; then break; fi
  [ "$tries" -lt 300 ] && kill -0 "$container" 2>/dev/null || { tail -n 5 "$work/boot.log" >&2; die "no systemd can be run here by systemd-nspawn"; }
  sleep 0.2
done

get() { nsenter --target "$leader" --net curl -fsS "http://127.0.0.1:3000$1"; }
# serves PATH WORDS: the service is there within half a minute, and its page has these words.
serves() {
  local tries
  for tries in $(seq 150); do get /readyz >/dev/null 2>&1 && break; sleep 0.2; done
  get "$1" >"$work/page" && grep -q "$2" "$work/page" || { inside journalctl -u pledgebook --no-pager -n 5; return 1; }
}
main_pid() { inside systemctl show --property MainPID --value pledgebook; }
has() { [ "$(stat -c '%a %u:%g' "$root$1")" = "$2" ]; }

say "Installing 0.0.1-1"
check "it installs and asks nothing" inside dpkg --install /older.deb
check "the service is started, and serves" serves /readyz ready
check "it is enabled" inside systemctl is-enabled pledgebook
user=$(inside id -u pledgebook) group=$(inside id -g pledgebook)
check "there is a user of its own, who can't sign in" grep -q "^pledgebook:x:$user:$group:.*:/var/lib/pledgebook:/usr/sbin/nologin$" "$root/etc/passwd"
as_user() { [ "$(inside stat -c %u "/proc/$(main_pid)")" = "$user" ]; }
check "the service runs as that user" as_user
check "its folder is its own" has /var/lib/pledgebook "750 $user:$group"
check "its key is for it alone" has /var/lib/pledgebook/record.key "600 $user:$group"
check "its settings are for root and it alone" has /etc/default/pledgebook "640 0:$group"
check "the journal has the link for the first administrator" eval "inside journalctl -u pledgebook --no-pager | grep -q /set-up?token="
check "the unit is exposed to at most 2.0 of 10, by systemd's count" inside systemd-analyze security --threshold=20 --no-pager pledgebook
check "a command in the service's name loads the example" inside pledgebook-admin --log warn example
check "a pledge is served" serves /pledges/april-summit "7 days late"
check "confined as it is, it makes a workbook" serves /data/pledges.xlsx "^PK"
check "and a card" serves /cards/april-summit.png "PNG"
filters=$(sed -n 's/^\(SystemCallFilter=.*\|MemoryDenyWriteExecute=.*\|NoNewPrivileges=.*\|ProcSubset=.*\)/--property=\1/p' server/debian/pledgebook.service)
reads() {
  local properties; mapfile -t properties <<<"$filters"
  echo "<p>Se comprometió a hospedar la cumbre.</p>" >"$root/page.html"
  inside sh -c 'exec systemd-run --quiet --wait --pipe --uid=pledgebook "$@" pledgebook read-text text/html </page.html' sh "${properties[@]}" | grep "hospedar la cumbre"
}
check "and a document is read under the same bounds" reads
before=$(main_pid)
check "it is killed outright" inside systemctl kill --signal=KILL --kill-whom=main pledgebook
sleep 3
check "it serves again" serves /pledges/april-summit "7 days late"
check "by a new process" not test "$(main_pid)" = "$before"

say "Upgrading to $(dpkg-deb --field "$package" Version)"
sed -i 's|^#PLEDGEBOOK_PUBLIC_URL=.*|PLEDGEBOOK_PUBLIC_URL=https://pledges.example.net|' "$root/etc/default/pledgebook"
cp "$root/var/lib/pledgebook/record.key" "$work/key"
before=$(main_pid)
check "it upgrades and asks nothing" inside dpkg --force-confdef --force-confold --install /newer.deb
check "settings that were changed stay" grep -q "^PLEDGEBOOK_PUBLIC_URL=https://pledges.example.net$" "$root/etc/default/pledgebook"
check "they are still for root and the service alone" has /etc/default/pledgebook "640 0:$group"
check "it serves the same record, with these settings" serves /pledges/april-summit "https://pledges.example.net/pledges/april-summit"
check "by a new process" not test "$(main_pid)" = "$before"
check "the key stays" cmp "$work/key" "$root/var/lib/pledgebook/record.key"
check "the log still holds" inside pledgebook-admin verify

say "Removing"
check "it is removed" inside dpkg --remove pledgebook
check "nothing serves any more" not get /readyz
check "the program is gone" not test -e "$root/usr/bin/pledgebook"
check "the settings stay" test -f "$root/etc/default/pledgebook"
check "the record stays" test -f "$root/var/lib/pledgebook/record.sqlite3"
check "it is installed again" inside dpkg --install /newer.deb
check "and serves the same record" serves /pledges/april-summit "7 days late"

say "Purging"
check "it is purged and asks nothing" inside dpkg --purge pledgebook
cp "$work/said" "$work/purged"
check "nothing serves any more" not get /readyz
nothing_left() { [ -z "$(find "$root/etc" "$root/usr" -name 'pledgebook*' -print | tee /dev/stderr)" ]; }
check "nothing of the package is left" nothing_left
check "the record stays, and it is said where" grep -q "still in /var/lib/pledgebook" "$work/purged"
check "its files still belong to a user with a name" inside getent passwd pledgebook
[ "$failed" = 0 ] || die "$failed of these do not hold"
say "The package installs, starts, upgrades, is removed and purged cleanly"

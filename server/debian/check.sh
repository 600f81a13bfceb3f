#!/usr/bin/env bash
# Installs, upgrades, removes and purges the Debian package in a throw-away root of Debian itself, with nobody to answer questions,
# and looks each time at what is there. Needs root and the machine's Debian mirror.
#
# What it can't show: no systemd runs in that root, so nothing starts the service. Instead the program runs there as the service
# would, the unit is verified by systemd-analyze, and the scripts are searched for the calls that start, restart and stop it.
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/debian.sh
export PATH=$PATH:/usr/sbin

[ "$(id -u)" = 0 ] || die "this needs root: sudo server/debian/check.sh"
need debootstrap "a throw-away root" debootstrap
need systemd-analyze "verifying the unit" systemd
need lintian "the rules of Debian" lintian
need curl "asking the server" curl

package=${1:-$(ls -t target/debian/pledgebook_*.deb | head -n 1)}
[ -f "$package" ] || die "there is no package; run: make deb"
work=$(mktemp -d)
root=$work/root
clean() {
  [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  ! mountpoint -q "$root/proc" || umount "$root/proc"
  rm -rf "$work"
}
trap clean EXIT
# The server's workers and the user in the root must pass.
chmod 755 "$work"

failed=0
# check WORDS COMMAND…: says whether it holds.
check() {
  local words=$1; shift
  if "$@" >"$work/said" 2>&1; then echo "  ok   $words"; else failed=$((failed + 1)); echo "  FAIL $words"; sed 's/^/       /' "$work/said"; fi
}
not() { ! "$@"; }
inside() { chroot "$root" /usr/bin/env DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@" </dev/null; }

say "The rules of Debian"
check "lintian finds no error" lintian --allow-root --fail-on error "$package"
dpkg-deb --control "$package" "$work/control"
check "the scripts are shell" sh -n "$work/control/postinst" "$work/control/prerm" "$work/control/postrm"
check "installing enables and starts the service" grep -q "enable pledgebook.service" "$work/control/postinst"
check "an upgrade restarts it" grep -q "_dh_action=restart" "$work/control/postinst"
check "removing stops it" grep -q "deb-systemd-invoke stop pledgebook.service" "$work/control/prerm"

say "Making a throw-away root; a minute or two"
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
suite=$(. /etc/os-release; echo "$VERSION_CODENAME")
debootstrap --variant=minbase --include=adduser,systemd "$suite" "$root" "$mirror" >"$work/debootstrap.log" 2>&1 ||
  { tail -n 5 "$work/debootstrap.log" >&2; die "no throw-away root could be made from $mirror"; }
mount -t proc proc "$root/proc"

# The version before: the same with another number and another word in its settings.
dpkg-deb --raw-extract "$package" "$work/older"
sed -i 's/^Version: .*/Version: 0.0.1-1/' "$work/older/DEBIAN/control"
echo "# A line of the version before." >>"$work/older/etc/default/pledgebook"
(cd "$work/older" && sed -i "s|.*  etc/default/pledgebook|$(md5sum etc/default/pledgebook)|" DEBIAN/md5sums 2>/dev/null || true)
dpkg-deb --root-owner-group --build "$work/older" "$root/older.deb" >/dev/null
cp "$package" "$root/newer.deb"

# serves: the program runs as its service would, and answers.
port=$((20000 + RANDOM % 20000))
serves() {
  inside pledgebook-admin --log warn migrate
  chroot "$root" /usr/sbin/pledgebook-admin --log warn serve --listen "127.0.0.1:$port" >"$work/serve.log" 2>&1 </dev/null &
  server=$!
  local tries
  for tries in $(seq 100); do curl -fsS "http://127.0.0.1:$port/readyz" >/dev/null 2>&1 && break; sleep 0.1; done
  curl -fsS "http://127.0.0.1:$port$1" | grep -q "$2"
  local answered=$?
  kill "$server"; wait "$server" || true
  server=
  [ $answered = 0 ] || { cat "$work/serve.log"; return 1; }
}

say "Installing 0.0.1-1"
check "it installs and asks nothing" inside dpkg --install /older.deb
check "there is a user of its own, who can't sign in" grep -Eq "^pledgebook:x:[0-9]{3}:[0-9]{3}:.*:/var/lib/pledgebook:/usr/sbin/nologin$" "$root/etc/passwd"
check "the service is enabled" test -L "$root/etc/systemd/system/multi-user.target.wants/pledgebook.service"
user=$(inside id -u pledgebook); group=$(inside id -g pledgebook)
owned() { [ "$(stat -c '%a %u:%g' "$root$1")" = "$2" ]; }
check "its folder is its own" owned /var/lib/pledgebook "750 $user:$group"
check "its settings are for root and the service alone" owned /etc/default/pledgebook "640 0:$group"
check "systemd takes the unit" systemd-analyze --root="$root" --man=no --recursive-errors=no verify pledgebook.service
exposure() { systemd-analyze security --offline=true --threshold=20 --no-pager "$root/usr/lib/systemd/system/pledgebook.service"; }
check "the unit is exposed to at most 2.0 of 10, by systemd's count" exposure
inside pledgebook-admin --log warn migrate >/dev/null
check "a command of the service's user loads the example" inside pledgebook-admin --log warn example
check "it serves as its user" serves /pledges/april-summit "7 days late"
check "the key is for the service alone" owned /var/lib/pledgebook/record.key "600 $user:$group"

say "Upgrading to $(dpkg-deb --field "$package" Version)"
sed -i 's|^#PLEDGEBOOK_PUBLIC_URL=.*|PLEDGEBOOK_PUBLIC_URL=https://pledges.example.net|' "$root/etc/default/pledgebook"
cp "$root/var/lib/pledgebook/record.key" "$work/key"
check "it upgrades and asks nothing" inside dpkg --force-confdef --force-confold --install /newer.deb
check "settings that were changed stay" grep -q "^PLEDGEBOOK_PUBLIC_URL=https://pledges.example.net$" "$root/etc/default/pledgebook"
check "they are still for root and the service alone" owned /etc/default/pledgebook "640 0:$group"
check "the key stays" cmp "$work/key" "$root/var/lib/pledgebook/record.key"
check "it serves the same record, with the settings" serves /pledges/april-summit "https://pledges.example.net/pledges/april-summit"

say "Removing"
check "it is removed" inside dpkg --remove pledgebook
check "the program is gone" not test -e "$root/usr/bin/pledgebook"
check "the settings stay" test -f "$root/etc/default/pledgebook"
check "the record stays" test -f "$root/var/lib/pledgebook/record.sqlite3"
check "it is installed again" inside dpkg --install /newer.deb
check "and serves the same record" serves /pledges/april-summit "7 days late"

say "Purging"
check "it is purged and asks nothing" inside dpkg --purge pledgebook
cp "$work/said" "$work/purged"
check "the settings are gone" not test -e "$root/etc/default/pledgebook"
nothing_left() { [ -z "$(find "$root/etc" "$root/usr" -name 'pledgebook*' -print)" ]; }
check "nothing else of the package is left" nothing_left
check "the record stays, and it is said where" grep -q "still in /var/lib/pledgebook" "$work/purged"
check "its files still belong to a user with a name" inside getent passwd pledgebook
[ "$failed" = 0 ] || die "$failed of these do not hold"
say "The package installs, upgrades, is removed and purged cleanly"

# shellcheck shell=bash
# The Debian packages that the build, the demo and the tests need; apt is only asked when one is missing.

# libc6-dev is named because gcc only recommends it; postgresql-server-dev brings pg_config, PGXS and the test drivers.
PACKAGES_BASE="postgresql-$PG_MAJOR postgresql-$PG_MAJOR-postgis-3 postgresql-server-dev-$PG_MAJOR gcc libc6-dev make"
PACKAGES_TEST="postgresql-$PG_MAJOR-pgtap libtap-parser-sourcehandler-pgtap-perl libipc-run-perl python3-icalendar"
# Only for script/test checks: a formatter of another release formats otherwise, so only with Debian 12's own major.
PACKAGES_CHECKS=
[ "$PG_MAJOR" != 15 ] || PACKAGES_CHECKS="shellcheck clang-format-14"
# Only for boundaries of the user's own (script/demo --areas).
PACKAGES_AREAS="gdal-bin"
# Only for bench/run, whose peer in C it is.
PACKAGES_BENCH="libgeos-dev"

# Only for script/test --assert and --valgrind, which build a server; without the names in libc valgrind finds faults in it.
PACKAGES_ASSERT="dpkg-dev pkg-config libicu-dev libxml2-dev zlib1g-dev valgrind libc6-dbg"

# The packages among the arguments that are not installed, one a line.
missing_packages() {
  local name installed
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true)
  for name in "$@"; do
    grep -qxF -- "$name" <<<"$installed" || printf '%s\n' "$name"
  done
}

# Runs a command as root: as_root COMMAND...
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n -- "$@"; fi
}

# Makes sure that as_root works, asking for a password where there is somebody to ask.
need_root() {
  [ "$(id -u)" -ne 0 ] || return 0
  command -v sudo >/dev/null || die "these packages are missing and there is no sudo; install them as root: $*"
  sudo -n true 2>/dev/null && return 0
  if [ -t 0 ] && sudo -v; then return 0; fi
  die "these packages are missing and sudo wants a password; install them as root: $*"
}

# A first installation of the server would make and start a cluster "main" of its own on port 5432. We do not need it and
# must not leave it behind, so for the length of our own installation Debian is told not to. An existing server is not touched.
CLUSTER_POLICY=/etc/postgresql-common/createcluster.d/wmo_contracts.conf

hold_back_main_cluster() {
  [ -n "$(missing_packages "postgresql-$PG_MAJOR")" ] || return 0
  trap 'as_root rm -f "$CLUSTER_POLICY"' EXIT
  as_root mkdir -p "${CLUSTER_POLICY%/*}"
  echo 'create_main_cluster = off' | as_root tee "$CLUSTER_POLICY" >/dev/null
}

allow_main_cluster() {
  as_root rm -f "$CLUSTER_POLICY"
  trap - EXIT
}

apt_quietly() {
  as_root env PATH="$PATH" LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold "$@"
}

# install_packages PACKAGE...: installs what is missing; silent and without apt when nothing is.
install_packages() {
  local missing log total
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0

  command -v apt-get >/dev/null || die "this needs Debian 12 or 13, or the packages ${missing[*]}"
  need_root "${missing[*]}"
  log=$(mktemp -- /tmp/wmo_contracts.XXXXXXXXXX)
  announce "Installing Debian packages (the first time only): ${missing[*]}"
  run_long "package lists" "$log" '^(Get|Hit)' '?' apt_quietly update ||
    announce "apt-get update failed; trying with the package lists that are here"
  still_busy "looking what goes with them"
  total=$(apt_quietly -s install --no-install-recommends "${missing[@]}" </dev/null 2>/dev/null | grep -c '^Inst' || true)
  not_busy
  hold_back_main_cluster
  run_long "fetched, unpacked and set up" "$log" '^(Get:|Unpacking|Setting up)' "$((total * 3))" \
    apt_quietly install --no-install-recommends "${missing[@]}" || die "apt could not install ${missing[*]}"
  allow_main_cluster
  rm -f "$log"
}

# Where apt gets this machine's own release from.
mirror() {
  local codename
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  # shellcheck disable=SC2016  # apt expands these
  apt-get indextargets --format '$(RELEASE) $(SITE)' 'Created-By: Packages' 'Component: main' |
    awk -v codename="$codename" '$1 == codename && $2 ~ /^https?:/ { print $2; exit }'
}

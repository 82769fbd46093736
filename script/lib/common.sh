# shellcheck shell=bash
# What every script of this project shares: a known environment, messages, the user who runs the server,
# the private work directory, long steps that say how far they are. Source it; it changes to / on the way.

set -euo pipefail
umask 022

# ---- a known environment: nothing of the caller's PostgreSQL, make or locale leaks in ----------
# A closed standard stream would be taken by the next file opened.
{ : <&0; } 2>/dev/null || exec 0</dev/null
{ : >&1; } 2>/dev/null || exec 1>/dev/null
{ : >&2; } 2>/dev/null || exec 2>/dev/null

# What stands in it of PostgreSQL's is kept for caller_psql.
CALLER_POSTGRESQL=()
for wmo_name in ${!PG@}; do
  CALLER_POSTGRESQL+=("$wmo_name=${!wmo_name}")
  unset "$wmo_name"
done
unset wmo_name CDPATH ENV BASH_ENV COPT PROFILE DESTDIR MAKEFLAGS MFLAGS MAKELEVEL PERL5LIB PERL5OPT PROVE_TESTS
unset LANGUAGE
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL=C.UTF-8 LANG=C.UTF-8 PGCLIENTENCODING=UTF8

CALLER_PWD=$(pwd 2>/dev/null || echo /)
CALLER_HOME=${HOME:-/}
CHECKOUT=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
# What the caller called, for messages: script/demo, bench/run.
COMMAND=$(cd -P -- "$(dirname -- "$0")" && pwd)/${0##*/}
COMMAND=${COMMAND#"$CHECKOUT"/}
# The user who runs the server may not be allowed where the caller stands.
cd /
# What root handed over with the script (hand_over): its work directory, and where the caller stands. It is not for those
# that the script runs.
HANDED_OVER=${WMO_WORK:-}
if [ -n "$HANDED_OVER" ]; then CALLER_PWD=$WMO_CALLER_PWD; fi
unset WMO_WORK WMO_CALLER_PWD

# The major of the Debian that this is; script/majors asks for another one.
major_here() {
  case $(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2>/dev/null || true) in
    trixie) echo 17 ;;
    *) echo 15 ;;
  esac
}
PG_MAJOR=${WMO_PG_MAJOR:-$(major_here)}
PG_BIN=/usr/lib/postgresql/$PG_MAJOR/bin
PG_SHARE=/usr/share/postgresql/$PG_MAJOR
PGXS_DIR=/usr/lib/postgresql/$PG_MAJOR/lib/pgxs

# ---- messages: progress and errors on stderr, answers on stdout ---------------------------------
QUIET=${QUIET:-no}

# For what takes noticeable time: said even when quiet, so that nobody waits without knowing why. A name of a file or a layer
# is no command to the terminal either.
announce() { printf '%s\n' "${*//[[:cntrl:]]/?}" >&2; }

say() { [ "$QUIET" = yes ] || announce "$@"; }

# Lines of other programs, which may quote a file, without control characters. Nobody may be reading any more.
printable() { perl -ne 'BEGIN {$SIG{PIPE} = "IGNORE"; $| = 1} s/\xC2[\x80-\x9F]|[\x00-\x08\x0B-\x1F\x7F]//g; print'; }

die() {
  announce "$COMMAND: $*"
  exit 1
}

# A command that fails where nobody expected it is named, so that no script ends in silence.
name_errors() {
  set -E
  trap 'printf "%s: stopped at line %s of %s (status %s)\n" "$COMMAND" "$LINENO" "${BASH_SOURCE[0]##*/}" "$?" >&2' ERR
}
name_errors

# What the caller got wrong (an option, a file): exit status 2.
usage_error() {
  announce "$COMMAND: $*"
  announce "Try \"$COMMAND --help\"."
  exit 2
}

# The comment block at the top of a script is its manual: print_help FILE
print_help() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$1"; }

# ---- who runs the server --------------------------------------------------------------------------
# PostgreSQL refuses to run as root, so a script that root calls goes on as the postgres user that the packages make. What
# that user owns, another may have changed: root runs, writes and reads nothing there. Root does the packages, hands the
# sources over through a pipe, and then waits.
if [ "$(id -u)" -eq 0 ]; then
  SERVER_USER=postgres
else
  SERVER_USER=$(id -un 2>/dev/null) || die "user id $(id -u) has no name; PostgreSQL needs one in /etc/passwd"
fi

is_root() { [ "$(id -u)" -eq 0 ]; }

# Runs a program as the user who runs the server, with nothing of the caller's environment and no way back to more rights.
# Root does so with the system's own programs only: as_server COMMAND...
as_server() {
  if is_root; then
    setpriv --reuid="$SERVER_USER" --regid="$SERVER_USER" --init-groups --no-new-privs \
      env -i PATH="$PATH" LC_ALL="$LC_ALL" LANG="$LANG" HOME=/ "$@" 9<&-
  else
    "$@"
  fi
}

# Runs the script that root called once more, as the server's user and from a copy of the sources, and exits with its status:
# hand_over ARGUMENT...
# It gets a session of its own: a program of another user on root's terminal could type there. Signals are passed on.
hand_over() {
  local child status=0
  find_work
  exec 9<"$CHECKOUT"
  flock 9
  still_busy "looking what changed"
  copy_sources "$WORK/checkout"
  not_busy
  exec 9<&-
  setsid setpriv --reuid="$SERVER_USER" --regid="$SERVER_USER" --init-groups --no-new-privs --pdeathsig=TERM \
    env -i PATH="$PATH" LC_ALL="$LC_ALL" LANG="$LANG" TERM="${TERM:-dumb}" HOME=/ QUIET="$QUIET" PGCLIENTENCODING=UTF8 \
    WMO_WORK="$WORK" WMO_CALLER_PWD="$CALLER_PWD" WMO_GEO="$(geo_directory)" "${HANDED[@]}" \
    bash -- "$WORK/checkout/$COMMAND" "$@" </dev/null &
  child=$!
  trap 'kill -TERM -- "-$child" 2>/dev/null || true' INT TERM HUP
  trap - ERR
  while kill -0 "$child" 2>/dev/null; do
    status=0
    wait "$child" || status=$?
  done
  exit "$status"
}

# NAME=VALUE pairs more for what is handed over: script/majors says which server, script/soak how long.
HANDED=()
for wmo_name in WMO_PG_MAJOR WMO_OLD_SERVER WMO_SOAK_SECONDS; do [ -z "${!wmo_name:-}" ] || HANDED+=("$wmo_name=${!wmo_name}"); done

# Has root handed this script over?
is_handed_over() { [ -n "$HANDED_OVER" ]; }

# set_up OPTION...: script/bootstrap, which root has run already when it handed over.
set_up() { is_handed_over || "$CHECKOUT/script/bootstrap" "$@" || exit; }

# Runs a command with all its output in a file: logged FILE COMMAND...
logged() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 </dev/null
}

# Where real boundaries would be: $WMO_GEO, or the folder shared/geo beside the checkout.
geo_directory() { printf '%s\n' "${WMO_GEO:-$CHECKOUT/../shared/geo}"; }

# ---- the private work directory --------------------------------------------------------------------
# One per user and checkout. Its name can be guessed, so it is only used when it is a directory of the
# right user that nobody else can enter. Socket paths are limited to 107 bytes: a long TMPDIR is not used.
work_directory() {
  local key base=/tmp
  key=$(printf '%s' "$CHECKOUT" | sha256sum | cut -c1-10)
  if [ -n "${TMPDIR:-}" ] && [ "${#TMPDIR}" -le 40 ] && as_server test -w "$TMPDIR" -a -x "$TMPDIR" 2>/dev/null; then
    base=$(cd -P -- "$TMPDIR" && pwd)
  fi
  printf '%s/wmo_contracts-%s-%s\n' "${base%/}" "$SERVER_USER" "$key"
}

find_work() {
  WORK=${HANDED_OVER:-$(work_directory)}
  as_server mkdir -m 700 "$WORK" 2>/dev/null || true
  if [ -L "$WORK" ] || [ ! -d "$WORK" ] || [ "$(stat -c '%U %a' "$WORK")" != "$SERVER_USER 700" ]; then
    die "$WORK is not a private directory of user $SERVER_USER; remove it, or set TMPDIR to another directory"
  fi
}

# Enters the work directory, which is not for root. It is the home of all that runs there.
open_work() {
  if is_root; then die "root does not work in a directory of user $SERVER_USER"; fi
  find_work
  export HOME=$WORK
}

# ---- a private directory that is gone at the end -----------------------------------------------------
# For programs that run as the caller. TMPDIR counts where nobody else can rename what stands in it.
open_scratch() {
  local base=${TMPDIR:-/tmp}
  if [ ! -O "$base" ] && [ ! -k "$base" ]; then base=/tmp; fi
  SCRATCH=$(mktemp -d -- "$base/wmo_contracts.XXXXXXXXXX")
  trap 'rm -rf -- "$SCRATCH"' EXIT
  trap 'exit 130' INT TERM
}

# psql as the caller would run it, for a database of the caller's own: with the caller's environment and directory, which mean
# something to it too (PGPASSFILE, a relative PGSSLCERT), and without the caller's psqlrc. What it says of a file is printable.
# caller_psql PSQL ARGUMENT...
caller_psql() {
  command -v psql >/dev/null || die "psql is not here; install the Debian package postgresql-client"
  {
    (cd -- "$CALLER_PWD" && exec env "${CALLER_POSTGRESQL[@]}" psql -X -q -v ON_ERROR_STOP=1 "$@" 2>&1 >&3 3>&-) |
      printable >&2 3>&-
  } 3>&1 | printable
}

# Holds NAME's lock until the script ends (servers are started without it): take_lock NAME
take_lock() {
  touch "$WORK/$1.lock"
  exec 9<"$WORK/$1.lock"
  if ! flock -n 9; then
    announce "waiting for another run in this checkout to finish"
    flock 9
  fi
}

release_lock() { exec 9<&-; }

# ---- long steps -----------------------------------------------------------------------------------
# Nobody looks longer than five seconds at a screen on which nothing happens. The first word comes earlier than the next
# ones: what was silent before it counts too.
STILL_SECONDS=3
FIRST_SECONDS=1.5

# still_busy LABEL [COMMAND...]: from now on says every few seconds that LABEL is still going on, and what COMMAND prints of it, until
# not_busy or the next LABEL. It ends with the script.
BUSY=
still_busy() {
  local label=$1 since=$SECONDS
  shift
  not_busy
  (
    trap - EXIT ERR INT TERM
    set +e
    sleep "$FIRST_SECONDS"
    while kill -0 $$ 2>/dev/null; do
      announce "  $label, $((SECONDS - since)) seconds$("$@")"
      sleep "$STILL_SECONDS"
    done
  ) 9<&- >&2 &
  BUSY=$!
}

not_busy() {
  [ -n "$BUSY" ] || return 0
  kill "$BUSY" 2>/dev/null || true
  wait "$BUSY" 2>/dev/null || true
  BUSY=
}

# run_long LABEL LOG PATTERN TOTAL COMMAND...: runs COMMAND with its output in LOG and says every few seconds how many
# lines of LOG match PATTERN. On failure shows the end of LOG and returns COMMAND's status.
run_long() {
  local label=$1 log=$2 pattern=$3 total=$4 pid done_now done_before=-1 since=$SECONDS said=$((SECONDS - 1)) status=0
  shift 4
  "$@" >"$log" 2>&1 </dev/null 9<&- &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    [ $((SECONDS - said)) -ge "$STILL_SECONDS" ] || continue
    said=$SECONDS
    done_now=$(grep -csE "$pattern" "$log" || true)
    done_now=${done_now:-0}
    announce "  $label: $done_now of $total$([ "$done_now" -gt "$done_before" ] || echo ", still, after $((SECONDS - since)) seconds")"
    done_before=$done_now
  done
  wait "$pid" || status=$?
  if [ "$status" -ne 0 ]; then
    announce "$label failed; the end of its output:"
    tail -n 40 "$log" >&2
  fi
  return "$status"
}

# Joins lines to one hash: a fingerprint of what stands on stdin.
fingerprint() { sha256sum | cut -c1-32; }

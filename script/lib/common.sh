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

for wmo_name in ${!PG@}; do unset "$wmo_name"; done
unset wmo_name CDPATH ENV BASH_ENV COPT PROFILE DESTDIR MAKEFLAGS MFLAGS MAKELEVEL PERL5LIB PERL5OPT PROVE_TESTS
unset LANGUAGE
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL=C.UTF-8 LANG=C.UTF-8 PGCLIENTENCODING=UTF8

CALLER_PWD=$(pwd 2>/dev/null || echo /)
CHECKOUT=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
# What the caller called, for messages: script/demo, bench/run.
COMMAND=$(cd -P -- "$(dirname -- "$0")" && pwd)/${0##*/}
COMMAND=${COMMAND#"$CHECKOUT"/}
# The user who runs the server may not be allowed where the caller stands.
cd /

PG_MAJOR=15
PG_BIN=/usr/lib/postgresql/$PG_MAJOR/bin
PG_SHARE=/usr/share/postgresql/$PG_MAJOR
PGXS_DIR=/usr/lib/postgresql/$PG_MAJOR/lib/pgxs

# ---- messages: progress and errors on stderr, answers on stdout ---------------------------------
QUIET=${QUIET:-no}

say() { [ "$QUIET" = yes ] || printf '%s\n' "$*" >&2; }

# For what takes noticeable time: said even when quiet, so that nobody waits without knowing why.
announce() { printf '%s\n' "$*" >&2; }

die() {
  printf '%s: %s\n' "$COMMAND" "$*" >&2
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
  printf '%s: %s\n' "$COMMAND" "$*" >&2
  printf 'Try "%s --help".\n' "$COMMAND" >&2
  exit 2
}

# The comment block at the top of a script is its manual: print_help FILE
print_help() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$1"; }

# ---- who runs the server --------------------------------------------------------------------------
# PostgreSQL refuses to run as root, so root drops to the postgres user that the packages make.
if [ "$(id -u)" -eq 0 ]; then
  SERVER_USER=postgres
else
  SERVER_USER=$(id -un 2>/dev/null) || die "user id $(id -u) has no name; PostgreSQL needs one in /etc/passwd"
fi

# The private work directory, once open_work has found it.
WORK=/

# Runs a command as the user who runs the server.
as_server() {
  if [ "$(id -u)" -eq 0 ]; then
    runuser -u "$SERVER_USER" -- env HOME="$WORK" "$@"
  else
    env HOME="$WORK" "$@"
  fi
}

# The same, with all output in a file that this user owns: as_server_log FILE COMMAND...
as_server_log() {
  # shellcheck disable=SC2016  # the inner shell expands these
  as_server bash -c 'log=$1; shift; exec "$@" >"$log" 2>&1 </dev/null' as_server_log "$@"
}

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

open_work() {
  WORK=$(work_directory)
  as_server mkdir -m 700 "$WORK" 2>/dev/null || true
  if [ -L "$WORK" ] || [ ! -d "$WORK" ] || [ "$(stat -c '%U %a' "$WORK")" != "$SERVER_USER 700" ]; then
    die "$WORK is not a private directory of user $SERVER_USER; remove it, or set TMPDIR to another directory"
  fi
  export WORK
}

# Holds NAME's lock until the script ends (servers are started without it): take_lock NAME
take_lock() {
  as_server touch "$WORK/$1.lock"
  exec 9<"$WORK/$1.lock"
  if ! flock -n 9; then
    announce "waiting for another run in this checkout to finish"
    flock 9
  fi
}

release_lock() { exec 9<&-; }

# ---- long steps -----------------------------------------------------------------------------------
# run_long LABEL LOG PATTERN TOTAL COMMAND...: runs COMMAND with its output in LOG and says every ten seconds how many
# lines of LOG match PATTERN. On failure shows the end of LOG and returns COMMAND's status.
run_long() {
  local label=$1 log=$2 pattern=$3 total=$4 pid done_now done_before=0 ticks=0 status=0
  shift 4
  "$@" >"$log" 2>&1 </dev/null 9<&- &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    ticks=$((ticks + 1))
    [ $((ticks % 50)) -eq 0 ] || continue
    done_now=$(grep -cE "$pattern" "$log" || true)
    if [ "$done_now" -gt "$done_before" ]; then
      announce "  $label: $done_now of $total"
      done_before=$done_now
    fi
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

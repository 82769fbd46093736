# shellcheck shell=bash
# A server that says when it is used wrongly: PostgreSQL built from Debian's source with its assertions, and with the
# marks by which valgrind follows its memory contexts; PostGIS and pgtap are the packaged ones, for assertions change no
# interface. It stands in a directory of the server's user, outside any checkout. Needs packages.sh, build.sh, server.sh
# and tally.sh.

ASSERT_OPTIONS=(--enable-cassert --enable-debug --with-icu --with-libxml --without-readline --with-system-tzdata=/usr/share/zoneinfo
  "CFLAGS=-O1 -g -fno-omit-frame-pointer" "CPPFLAGS=-DUSE_VALGRIND")

# One assertion fails without any extension: lock a row (SELECT FOR NO KEY UPDATE), update it in a savepoint, roll that back
# and release it, and update the row to a version that its page has no room for. MultiXactIdExpand gives back the same
# multixact, whose updater was rolled back; what follows allows for that, the assertion does not.
WITHOUT_ASSERTION=(src/backend/access/heap/heapam.c 'Assert(HEAP_XMAX_IS_LOCKED_ONLY(infomask_lock_old_tuple));')

# Beside the releases of script/majors where root called, and in the caller's own cache otherwise.
assert_directory() {
  if is_root || is_handed_over; then
    echo /var/cache/wmo_contracts-assert
  else
    printf '%s\n' "${XDG_CACHE_HOME:-$CALLER_HOME/.cache}/wmo_contracts-assert"
  fi
}

# For the server's user alone. Root makes the directory and goes no further.
open_assert_directory() {
  ASSERT=$(assert_directory)
  if [ ! -e "$ASSERT" ]; then
    mkdir -p -- "${ASSERT%/*}"
    mkdir -m 700 -- "$ASSERT"
    if is_root; then chown -h -- "$SERVER_USER:" "$ASSERT"; fi
  fi
  if [ -L "$ASSERT" ] || [ "$(stat -c '%U %a' "$ASSERT")" != "$SERVER_USER 700" ]; then
    die "$ASSERT is not a private directory of user $SERVER_USER; remove it"
  fi
}

# apt with lists of sources only, and nothing of the machine's own changed: apt_source PROGRAM ARGUMENT...
apt_source() { APT_CONFIG=$ASSERT/apt.conf "$@"; }

# The archives that this machine's packages come from have the sources too.
write_apt_configuration() {
  local codename
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  mkdir -p "$ASSERT/apt/lists" "$ASSERT/apt/cache"
  # shellcheck disable=SC2016  # apt expands these
  apt-get indextargets --format '$(RELEASE) $(SITE)' 'Created-By: Packages' 'Component: main' |
    awk -v codename="$codename" -v key=/usr/share/keyrings/debian-archive-keyring.gpg \
      'index($1, codename) == 1 && $2 ~ /^https?:/ { print "deb-src [signed-by=" key "]", $2, $1, "main" }' \
      >"$ASSERT/apt/list"
  [ -s "$ASSERT/apt/list" ] || die "apt on this machine has no mirror of Debian by http or https"
  cat >"$ASSERT/apt.conf" <<CONFIGURATION
Dir::Etc::SourceList "$ASSERT/apt/list";
Dir::Etc::SourceParts "-";
Dir::State::Lists "$ASSERT/apt/lists";
Dir::Cache "$ASSERT/apt/cache";
CONFIGURATION
}

# The newest source that can be had, in DIR: a mirror may list a security update whose files it does not hold.
fetch_source() { # DIR PACKAGE
  local version
  write_apt_configuration
  apt_source apt-get -q update || return 1
  for version in $(apt_source apt-cache showsrc --only-source "$2" | sed -n 's/^Version: //p' | LC_ALL=C sort -ruV); do
    rm -rf "${1:?}" && mkdir "$1" || return 1
    if (cd "$1" && apt_source apt-get -q --only-source source "$2=$version"); then
      echo "source of $2 $version"
      return 0
    fi
  done
  return 1
}

# Where in the source the server stands, with what is needed to build for it, and the contributed modules that are used
# or look for faults. Clients speak to any server of their major: those are the packaged ones.
SERVER_PARTS=(src/common src/port src/timezone src/backend src/backend/utils/mb/conversion_procs src/backend/snowball
  src/include src/interfaces/libpq src/backend/replication/libpqwalreceiver src/backend/replication/pgoutput
  src/bin/initdb src/bin/pg_ctl src/bin/pg_config src/pl/plpgsql src/makefiles config
  contrib/btree_gist contrib/amcheck)

# make_server SOURCE TARGET
make_server() {
  local part
  grep -qF "${WITHOUT_ASSERTION[1]}" "$1/${WITHOUT_ASSERTION[0]}" || return 1
  sed -i "/${WITHOUT_ASSERTION[1]}/d" "$1/${WITHOUT_ASSERTION[0]}"
  (cd "$1" && ./configure --prefix="$2" "${ASSERT_OPTIONS[@]}") || return 1
  # the parts are made one by one, and the first of them needs headers that the others make
  make -C "$1/src/backend" generated-headers || return 1
  for part in "${SERVER_PARTS[@]}"; do make -C "$1/$part" -j "$(nproc)" install || return 1; done
  make -C "$1/src" install-local || return 1
  cp "$1/src/tools/valgrind.supp" "$2/"
}

# What is packaged and was not built, programs and extensions, but for the compiler of queries: link_packaged TARGET
link_packaged() {
  cp -sn -t "$1/bin" "$PG_BIN"/*
  cp -sn -t "$1/share/extension" "$PG_SHARE"/extension/*
  find "${PG_BIN%/bin}/lib" -maxdepth 1 -name '*.so' ! -name 'llvmjit*' -exec cp -sn -t "$1/lib" {} +
}

# Makes the server when it is not there, or when the machine's own changed, and lets all that follows use it.
use_assert_server() {
  local target made log
  open_assert_directory
  target=$ASSERT/postgresql
  log=$ASSERT/log
  exec 8<"$ASSERT"
  flock 8
  made=$({ server_stamp; printf '%s\n' "${ASSERT_OPTIONS[@]}" "${WITHOUT_ASSERTION[@]}"; } | fingerprint)
  if [ "$(cat "$ASSERT/.made" 2>/dev/null)" != "$made" ]; then
    rm -rf "$ASSERT/.made" "$target"
    announce "Building PostgreSQL $PG_MAJOR with assertions from Debian's source in $ASSERT"
    run_long "fetched" "$log.source" '^Get:' '?' fetch_source "$ASSERT/source" "postgresql-$PG_MAJOR" ||
      die "the source of postgresql-$PG_MAJOR cannot be had"
    run_long "compiled" "$log" '^gcc .* -c ' '?' make_server "$(echo "$ASSERT"/source/postgresql-*/)" "$target" 8<&- ||
      die "PostgreSQL with assertions does not build; see $log"
    link_packaged "$target"
    printf '%s\n' "$made" >"$ASSERT/.made"
  fi
  exec 8<&-
  PG_BIN=$target/bin
  PG_SHARE=$target/share
}

prepare_asserting() {
  use_assert_server
  SOURCE=$WORK/assert-source
  TREE=$WORK/assert-server
  make_tree "$TREE"
  build_into "$SOURCE" "$TREE" '' || die "the extension does not build for the server with assertions"
}

# ---- what a part leaves behind ------------------------------------------------------------------------
# The files of every database of a part's cluster: tables, and their B-trees entry by entry against the tables; and the
# operator classes of ours, whatever the database did to them.
check_files() { # PART
  local database relations faults status=0 bad=0
  cluster_is_up "$CLUSTER" "$TREE" || return 0
  on_cluster pg_amcheck --all --install-missing --heapallindexed --parent-check --rootdescend --verbose --jobs=2 \
    >"$OUT/amcheck" 2>&1 || status=$?
  relations=$(grep -cE 'checking (heap table|btree index)' "$OUT/amcheck" || true)
  if [ "$status" -ne 0 ]; then grep -vE 'checking|in database' "$OUT/amcheck" | head -n 40; bad=1; fi
  for database in $(psql_in "$CLUSTER" -d postgres -At -c 'SELECT datname FROM pg_database WHERE datallowconn'); do
    faults=$(psql_in "$CLUSTER" -d "$database" -At -f "$SOURCE/sql/include/operator_classes.sql" 2>&1) ||
      faults+=" (psql failed)"
    [ -z "$faults" ] || { printf '%s: %s\n' "$database" "$faults"; bad=$((bad + 1)); }
  done
  part_line "$1: files" "$relations" "$bad" "tables and indexes by amcheck, operator classes by amvalidate"
}

# ---- valgrind --------------------------------------------------------------------------------------------
VALGRIND_FAULT=VALGRIND-FAULT

# valgrind_program DIR: a server program for pg_ctl that is valgrind with the server in it; a log for each process.
valgrind_program() {
  mkdir "$1"
  cat >"$1/postgres" <<PROGRAM
#!/bin/sh
exec valgrind --quiet --leak-check=no --trace-children=yes --num-callers=30 \\
  --suppressions="$PG_SHARE/../valgrind.supp" --error-markers=$VALGRIND_FAULT,VALGRIND-END \\
  --log-file="$1/%p.log" "$(tree_bin "$TREE")/postgres" "\$@"
PROGRAM
  chmod 755 "$1/postgres"
  SERVER_PROGRAM=$1/postgres
}

# shellcheck shell=bash
# Private clusters of the private server tree: a socket in a directory of ours, no TCP, no shared port.
# A cluster lives in a directory with data/, run/ (its socket) and log.

# An empty cluster to copy: initdb is the longest part of making one. Made new when the server changes.
empty_cluster() { # TREE
  local empty=$WORK/empty
  [ "$(cat "$empty/.stamp" 2>/dev/null)" != "$(cat "$1/.stamp")" ] || return 0
  say "Creating a private database cluster"
  rm -rf "$empty"
  mkdir -m 700 "$empty"
  still_busy "creating it"
  logged "$empty/initdb.log" "$(tree_bin "$1")/initdb" -D "$empty/data" -U postgres -A trust --no-sync \
    --locale=C.UTF-8 -E UTF8 || { not_busy; cat "$empty/initdb.log" >&2; return 1; }
  not_busy
  cp "$1/.stamp" "$empty/.stamp"
}

# cluster_create DIR TREE [CONFIGURATION LINE...]
cluster_create() {
  local dir=$1 tree=$2
  shift 2
  [ ! -f "$dir/data/.ready" ] || return 0
  empty_cluster "$tree" || return 1
  rm -rf "$dir"
  mkdir -m 700 "$dir" "$dir/run"
  cp -R --preserve=mode "$WORK/empty/data" "$dir/data" || return 1
  {
    echo "listen_addresses = ''"
    echo "unix_socket_directories = '$dir/run'"
    echo "unix_socket_permissions = 0700"
    echo "max_connections = 60"
    [ $# -eq 0 ] || printf '%s\n' "$@"
  } >>"$dir/data/postgresql.conf"
  touch "$dir/data/.ready"
}

cluster_is_up() { # DIR TREE
  "$(tree_bin "$2")/pg_isready" -q -h "$1/run" -U postgres
}

# NAME=VALUE pairs for the server's environment (the sanitizers' runtime).
SERVER_ENVIRONMENT=()
# Another program to start than the tree's own (valgrind, which takes a minute to start).
SERVER_PROGRAM=

# cluster_start DIR TREE: starts it when it is not up. The lock (file 9) is not handed to the server.
cluster_start() {
  local dir=$1 bin pid
  cluster_is_up "$@" && return 0
  bin=$(tree_bin "$2")
  # After a crash of the machine or its container the number in a left-over pid file may be somebody else's.
  pid=$(head -n 1 "$dir/data/postmaster.pid" 2>/dev/null || true)
  if [ -n "$pid" ] && ! grep -qsF -- "$dir/data" "/proc/$pid/cmdline"; then
    rm -f "$dir/data/postmaster.pid"
  fi
  logged "$dir/start.log" env "${SERVER_ENVIRONMENT[@]}" "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 300 \
    ${SERVER_PROGRAM:+-p "$SERVER_PROGRAM"} start 9<&- || {
    announce "the database server did not start; the end of its log:"
    tail -n 20 "$dir/log" "$dir/start.log" >&2
    return 1
  }
}

cluster_stop() { # DIR TREE
  [ -f "$1/data/postmaster.pid" ] || return 0
  logged "$1/stop.log" "$(tree_bin "$2")/pg_ctl" -D "$1/data" -w -m fast stop
}

# psql as the superuser of a cluster of ours, in a session that nothing of the caller's environment reaches. It is the
# machine's own, which root owns: psql_in DIR ARGUMENT...
psql_in() {
  local dir=$1
  shift
  PGHOST=$dir/run PGUSER=postgres PGOPTIONS="-c client_min_messages=warning" "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 "$@" 9<&-
}

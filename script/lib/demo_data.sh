# shellcheck shell=bash
# Loading demo/ into a database, with the schematic areas or with real boundaries.

# create_database CLUSTER NAME [TEMPLATE]: anew, when it is already there.
create_database() {
  psql_in "$1" -d postgres -c "DROP DATABASE IF EXISTS $2 WITH (FORCE)" -c "CREATE DATABASE $2 TEMPLATE ${3:-template1}"
}

create_extension() { # CLUSTER DATABASE
  psql_in "$1" -d "$2" -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION IF NOT EXISTS wmo_contracts CASCADE'
}

# load_demo CLUSTER DATABASE: the extension and, from demo/load.sql, the five municipalities. psql runs
# in the demo directory, so that \i and \copy find their files there.
load_demo() {
  create_extension "$@" || return 1
  [ -f "$CHECKOUT/demo/load.sql" ] || { say "There is no demo/load.sql: the database has the extension and no data"; return 0; }
  (cd -- "$CHECKOUT/demo" && psql_in "$1" -d "$2" -o /dev/null -f load.sql </dev/null)
}

# shellcheck shell=bash
# Checks on the project itself: one version everywhere, every SQL object described, documents that fit the code.
# Each check prints nothing when all is well, and what is wrong otherwise.

# One version everywhere; a META.json that PGXN takes; what was released as it was, with a way from it to what is here.
check_versions() { perl "$CHECKOUT/script/lib/release.pl" versions "$CHECKOUT" || true; }
check_meta() { perl "$CHECKOUT/script/lib/release.pl" meta "$CHECKOUT" || true; }
check_frozen() {
  perl "$CHECKOUT/script/lib/release.pl" frozen "$CHECKOUT" "$SOURCE/wmo_contracts--$(perl "$CHECKOUT/script/lib/release.pl" version "$CHECKOUT").sql" || true
}

# And those checks see what they are there to see.
check_release_check() {
  local said
  said=$(prove --norc "$CHECKOUT/test/checks/release.t" 2>&1) || printf '%s\n' "$said"
}

# Every object that CREATE EXTENSION makes has a COMMENT, and so has every column of its tables and views.
# Array types, row types, sequences of identity columns and members of operator families speak through their owner.
check_comments() { # CLUSTER DATABASE
  psql_in "$1" -d "$2" -At -f "$CHECKOUT/script/lib/comments.sql"
}

check_reference() { # CLUSTER DATABASE
  local fresh
  if [ ! -f "$CHECKOUT/docs/reference.md" ]; then
    echo "docs/reference.md is missing; make it with script/reference"
    return
  fi
  fresh=$(psql_in "$1" -d "$2" -At -f "$CHECKOUT/script/lib/reference.sql")
  if grep -q '^## Without a subject' <<<"$fresh"; then
    echo "script/lib/reference.sql has no subject for:"
    sed -n '/^## Without a subject/,$s/^### //p' <<<"$fresh"
  fi
  [ "$fresh" != "$(cat "$CHECKOUT/docs/reference.md")" ] || return 0
  echo "docs/reference.md is stale; renew it with script/reference"
  diff "$CHECKOUT/docs/reference.md" - <<<"$fresh" | head -n 20 || true
}

# The pictures of the README are those that the five municipalities give.
check_pictures() { # CLUSTER
  local name
  create_database "$1" wmo_pictures
  load_demo "$1" wmo_pictures
  for name in "${PICTURES[@]}"; do
    [ "$(picture "$1" wmo_pictures "$name")" = "$(cat "$CHECKOUT/docs/$name.svg")" ] ||
      echo "docs/$name.svg is stale; renew it with script/reference"
    grep -q "docs/$name.svg" "$CHECKOUT/README.md" || echo "README.md does not show docs/$name.svg"
  done
}

# Paths of one machine, and texts that are longer than a file can bear, do not belong in the sources.
check_sources() {
  # The pattern is written so that it does not find itself.
  (cd "$CHECKOUT" && source_manifest | cut -c67- |
    xargs -d '\n' grep -nIE '(^|[^A-Za-z0-9_.~-])/(work|home|root|Users)/[A-Za-z0-9_]|[<]{7} |[>]{7} ' -- | cut -c1-160) || true
}

# What the pages name is there, and above all what they name as holding a promise: files, commands and suites.
check_promises() {
  local name suites tick=$'\x60'
  suites=" $(make_value "$CHECKOUT" REGRESS) $(make_value "$CHECKOUT" REGRESS_RANDOM) "
  # in the last column of the table of promises, what has no folder and no blank is a suite
  (cd "$CHECKOUT" && {
    grep -ohE "$tick((test|sql|script|debian|bench|src|demo|container)/[^$tick: ]+|[a-z_]+_(random|oracle)$tick)" \
      README.md CONTRIBUTING.md SECURITY.md docs/*.md docs/decisions/*.md
    sed -n 's/^|.*| \([^|]*\) |$/\1/p' docs/promises.md | grep -oE "${tick}[a-z_]+$tick"
  } | tr -d "$tick" | LC_ALL=C sort -u | while read -r name; do
    compgen -G "$name" >/dev/null || [[ $suites == *" $name "* ]] || echo "a page names $name, which is not there"
  done)
}

# A line of the sources fits a screen.
check_line_lengths() {
  (cd "$CHECKOUT" && find src -name "*.sql" -o -name "*.[ch]" -o -name "*.def" | LC_ALL=C sort | xargs -d "\n" awk 'length > 120 {printf "%s:%s: %s columns\n", FILENAME, FNR, length}' )
}

check_shell() {
  command -v shellcheck >/dev/null || return 0
  (cd "$CHECKOUT" && shellcheck -a script/bootstrap script/citus script/clients script/container script/covers script/demo script/fuzz script/load-areas \
    script/load-contracts script/majors script/oracle script/reference script/release script/seen script/soak script/test \
    bench/run container/start container/healthy test/isolation/run .ci/run) || true
}

# A room uses only what lies before it, says what it holds, has no endless function and has a suite of its name; what is said to
# a reader stands in pairs.
check_rooms() {
  local check
  for check in uses heads lengths suites words; do perl "$CHECKOUT/script/lib/rooms.pl" "$check" "$CHECKOUT" || true; done
}

# And that check sees what it is there to see.
check_rooms_check() {
  local said
  said=$(prove --norc "$CHECKOUT/test/checks/rooms.t" 2>&1) || printf '%s\n' "$said"
}

# C as .clang-format has it, where there is a formatter.
check_format() {
  [ -n "$(compgen -c clang-format)" ] || return 0
  make -s -C "$CHECKOUT" --no-print-directory PG_CONFIG="$PG_BIN/pg_config" format-check 2>&1 || true
}

# The recipes of the cookbook are the statements that its suite runs, in the same order.
check_cookbook() {
  diff -u --label docs/cookbook.md --label sql/cookbook.sql \
    <(awk '/^```sql$/ {on = 1; print "--"; next} /^```$/ {on = 0} on' "$CHECKOUT/docs/cookbook.md") \
    <(awk '/^-- recipe / {on = 1; print "--"; next} /^-- effect$/ {on = 0} on' "$CHECKOUT/sql/cookbook.sql") || true
}

# shellcheck shell=bash
# Which lines of C do the tests reach? A build that counts them, and a table by file.

COVERAGE_FLAGS="--coverage -O0"

prepare_covered() {
  SOURCE=$WORK/coverage-source
  TREE=$WORK/coverage-server
  make_tree "$TREE"
  build_into "$SOURCE" "$TREE" "$COVERAGE_FLAGS" "PG_LDFLAGS=--coverage" || die "the build that counts lines fails"
  find "$SOURCE" -name '*.gcda' -delete
}

# The sources with their counts stay beside the build, for reading.
report_coverage() {
  perl "$SOURCE/script/lib/coverage.pl" "$SOURCE" "$RUNS"
  say "(each line with its count: $SOURCE/coverage)"
}

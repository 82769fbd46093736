# shellcheck shell=bash
# Counting what test programs print. Every counter adds to PASSED and FAILED and prints one line for its part.

PASSED=0
FAILED=0

# part_line NAME PASSED FAILED [REMARK]
part_line() {
  PASSED=$((PASSED + $2))
  FAILED=$((FAILED + $3))
  printf '%-22s %4d passed, %d failed%s\n' "$1" "$2" "$3" "${4:+  ($4)}"
}

# skip_line NAME REASON
skip_line() { printf '%-22s skipped: %s\n' "$1" "$2"; }

# The output of pg_regress, in the words of major 15 or in the TAP of later ones: what failed, and to let NAME pass.
FAILED_REGRESS='^(test .*\.\.\. FAILED|not ok +[0-9]+|     .*\.\.\. FAILED)'
pass_regress() { sed -i -E "s/^(test $1 +\.\.\.) FAILED/\1 ok/; s/^not (ok +[0-9]+ +[-+] $1 )/\1/" "$2"; } # NAME OUTPUT

# count_regress NAME OUTPUT STATUS
count_regress() {
  local ok bad
  ok=$(grep -cE '^(test .*\.\.\. ok|ok +[0-9]+|     .*\.\.\. ok)' "$2" || true)
  bad=$(grep -cE "$FAILED_REGRESS" "$2" || true)
  if [ "$3" -ne 0 ] && [ "$bad" -eq 0 ]; then
    bad=1
    tail -n 30 "$2"
  fi
  part_line "$1" "$ok" "$bad"
}

# count_tap NAME OUTPUT STATUS: verbose output of prove or pg_prove. A test marked TODO may fail. A file that dies, or whose
# plan is not met, makes STATUS non-zero: it counts as one failure of its own when no failed test accounts for it.
count_tap() {
  local ok bad
  ok=$(grep -cE '^ok [0-9]+|^not ok [0-9]+.*# *TODO' "$2" || true)
  bad=$(grep -E '^not ok [0-9]+' "$2" | grep -cvE '# *TODO' || true)
  if [ "$3" -ne 0 ]; then
    [ "$bad" -gt 0 ] || bad=1
    grep -vE '^ok [0-9]+' "$2" | tail -n 60
  fi
  part_line "$1" "$ok" "$bad"
}

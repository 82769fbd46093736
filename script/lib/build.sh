# shellcheck shell=bash
# From the checkout to an installed extension, without writing into the checkout or the machine's own PostgreSQL:
# the sources are copied to the work directory, built there, and installed into a private copy of the server's tree.

# ---- the server tree ------------------------------------------------------------------------------
# PostgreSQL finds its files relative to its own program file. A tree with copies of the programs and links to all the
# rest is therefore a server of its own, into which `make install DESTDIR=` can put our files.

# Changes when a package upgrade changes the machine's server or the extensions beside it.
server_stamp() {
  stat -c '%n %Y %s' "$PG_BIN" "$PG_BIN/postgres" "${PG_BIN%/bin}/lib" "$PG_SHARE" "$PG_SHARE/extension" | fingerprint
}

# make_tree TREE: creates it, or makes it new when the machine's server changed.
make_tree() {
  local tree=$1 stamp
  stamp=$(server_stamp)
  [ "$(cat "$tree/.stamp" 2>/dev/null)" != "$stamp" ] || return 0
  say "Making a private copy of the PostgreSQL $PG_MAJOR programs"
  # The demo's server, if it runs, runs the old programs.
  as_server "$tree$PG_BIN/pg_ctl" -D "$WORK/demo/data" -m fast stop >/dev/null 2>&1 </dev/null || true
  # shellcheck disable=SC2016  # the inner shell expands these
  as_server bash -c '
    set -e
    tree=$1 bin=$2 lib=${2%/bin}/lib share=$3 stamp=$4
    rm -rf "$tree"
    mkdir -p "$tree$bin" "$tree$lib/bitcode" "$tree$share/extension"
    cp "$bin"/* "$tree$bin/"
    find "$lib" -mindepth 1 -maxdepth 1 ! -name bitcode ! -name "wmo_contracts*" -exec ln -s -t "$tree$lib" {} +
    find "$share" -mindepth 1 -maxdepth 1 ! -name extension -exec ln -s -t "$tree$share" {} +
    find "$share/extension" -mindepth 1 -maxdepth 1 ! -name "wmo_contracts*" -exec ln -s -t "$tree$share/extension" {} +
    printf "%s\n" "$stamp" >"$tree/.stamp"
  ' make_tree "$tree" "$PG_BIN" "$PG_SHARE" "$stamp"
}

# The directory of a tree's programs.
tree_bin() { printf '%s%s\n' "$1" "$PG_BIN"; }

# ---- the sources ----------------------------------------------------------------------------------
# Every file of the checkout that is not a product of building or testing, with its hash.
source_manifest() {
  (
    cd -- "$CHECKOUT" || exit
    find . \( -name .git -o -path ./results -o -path ./output_iso -o -path ./tmp_check -o -path ./build \) -prune -o \
      -type f ! -name '*.o' ! -name '*.so' ! -name '*.bc' ! -name 'regression.*' \
      ! \( -name 'wmo_contracts--*.sql' ! -name 'wmo_contracts--*--*.sql' \) -print |
      LC_ALL=C sort | xargs -d '\n' sha256sum
  )
}

# copy_sources DIR: makes DIR/ hold the checkout's sources. Only changed files are written, so make rebuilds only those.
copy_sources() {
  local dir=$1 manifest
  manifest=$(source_manifest)
  as_server mkdir -p "$dir"
  as_server touch "$dir/.manifest"
  if [ "$manifest" = "$(cat "$dir/.manifest")" ]; then return 0; fi
  comm -13 <(LC_ALL=C sort "$dir/.manifest") <(LC_ALL=C sort <<<"$manifest") | cut -c67- |
    tar -C "$CHECKOUT" -cf - -T - | as_server tar -C "$dir" --no-same-owner -xmf -
  comm -23 <(cut -c67- "$dir/.manifest" | LC_ALL=C sort) <(cut -c67- <<<"$manifest" | LC_ALL=C sort) |
    (cd "$dir" && as_server xargs -r -d '\n' rm -f --)
  as_server tee "$dir/.manifest" <<<"$manifest" >/dev/null
}

# The hash of the copied files whose path matches a pattern: sources_fingerprint DIR REGEX
sources_fingerprint() { grep -E "^.{66}\./($2)" "$1/.manifest" | fingerprint; }

BUILD_INPUTS='Makefile|wmo_contracts\.control|src/'

# ---- make and make install --------------------------------------------------------------------------
make_in() { # DIR ARGUMENT...
  local dir=$1
  shift
  as_server make -C "$dir" --no-print-directory PG_CONFIG="$PG_BIN/pg_config" "$@"
}

# The value of a variable of the Makefile: make_value DIR NAME
make_value() {
  # shellcheck disable=SC2016  # make expands this
  as_server make -s -C "$1" --no-print-directory PG_CONFIG="$PG_BIN/pg_config" \
    --eval='wmo-value: ; @echo $('"$2"')' wmo-value
}

# build_into DIR TREE FLAGS [MAKE ARGUMENT...]: copies, builds with WMO_CFLAGS=FLAGS, installs into TREE; does nothing when
# that is what TREE already holds. The compiler's output stays in DIR.log.
build_into() {
  local dir=$1 tree=$2 flags=$3 makefile stamp units
  shift 3
  copy_sources "$dir" || return 1
  makefile=$({ sources_fingerprint "$dir" 'Makefile'; server_stamp; echo "$flags $*"; } | fingerprint)
  stamp=$({ sources_fingerprint "$dir" "$BUILD_INPUTS"; echo "$makefile"; } | fingerprint)
  [ "$(cat "$tree/.built" 2>/dev/null)" != "$stamp" ] || return 0

  if [ "$(cat "$dir/.makefile" 2>/dev/null)" != "$makefile" ]; then
    make_in "$dir" clean >/dev/null 2>&1 || true
    as_server tee "$dir/.makefile" <<<"$makefile" >/dev/null
  fi
  units=$(make_value "$dir" OBJS | wc -w)
  say "Building the extension ($units C files)"
  as_server touch "$dir.log"
  run_long "compiled" "$dir.log" '^(gcc|cc|clang).* -c ' "$((units))" \
    make_in "$dir" -j "$(nproc)" with_llvm=no "WMO_CFLAGS=$flags" "$@" || return 1
  # shellcheck disable=SC2016  # the inner shell expands this
  as_server bash -c 'rm -f "$1"/wmo_contracts*' clear "$tree$PG_SHARE/extension" || return 1
  as_server_log "$dir.install.log" make -C "$dir" --no-print-directory PG_CONFIG="$PG_BIN/pg_config" with_llvm=no \
    "WMO_CFLAGS=$flags" "$@" install DESTDIR="$tree" || { tail -n 20 "$dir.install.log" >&2; return 1; }
  as_server tee "$tree/.built" <<<"$stamp" >/dev/null
  as_server tee "$tree/.flags" <<<"$flags" >/dev/null
}

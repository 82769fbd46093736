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
  local tree=$1 lib=${PG_BIN%/bin}/lib stamp
  stamp=$(server_stamp)
  [ "$(cat "$tree/.stamp" 2>/dev/null)" != "$stamp" ] || return 0
  say "Making a private copy of the PostgreSQL $PG_MAJOR programs"
  still_busy "copying"
  # The demo's server, if it runs, runs the old programs.
  "$tree$PG_BIN/pg_ctl" -D "$WORK/demo/data" -m fast stop >/dev/null 2>&1 </dev/null || true
  rm -rf "$tree"
  mkdir -p "$tree$PG_BIN" "$tree$lib/bitcode" "$tree$PG_SHARE/extension"
  cp "$PG_BIN"/* "$tree$PG_BIN/"
  find "$lib" -mindepth 1 -maxdepth 1 ! -name bitcode ! -name "wmo_contracts*" -exec ln -s -t "$tree$lib" {} +
  find "$PG_SHARE" -mindepth 1 -maxdepth 1 ! -name extension -exec ln -s -t "$tree$PG_SHARE" {} +
  find "$PG_SHARE/extension" -mindepth 1 -maxdepth 1 ! -name "wmo_contracts*" -exec ln -s -t "$tree$PG_SHARE/extension" {} +
  printf "%s\n" "$stamp" >"$tree/.stamp"
  not_busy
}

# The directory of a tree's programs.
tree_bin() { printf '%s%s\n' "$1" "$PG_BIN"; }

# ---- the sources ----------------------------------------------------------------------------------
# Every file of the checkout that is not a product of building or testing, with its hash.
source_manifest() {
  (
    cd -- "$CHECKOUT" || exit
    find . \( -name .git -o -path ./results -o -path ./output_iso -o -path ./tmp_check -o -path ./build \) -prune -o \
      -type f ! -name .manifest ! -name '*.o' ! -name '*.so' ! -name '*.bc' ! -name 'regression.*' \
      ! -path './wmo_contracts--*.sql' -print |
      LC_ALL=C sort | xargs -d '\n' sha256sum
  )
}

# copy_sources DIR: makes DIR/ hold the checkout's sources, for the server's user. Only changed files are written, so make
# rebuilds only those.
copy_sources() {
  local dir=$1 manifest had
  manifest=$(source_manifest)
  as_server mkdir -p "$dir"
  had=$(as_server cat "$dir/.manifest" 2>/dev/null || true)
  if [ "$manifest" = "$had" ]; then return 0; fi
  comm -13 <(LC_ALL=C sort <<<"$had") <(LC_ALL=C sort <<<"$manifest") | cut -c67- |
    tar -C "$CHECKOUT" -cf - -T - | as_server tar -C "$dir" --no-same-owner -xmf -
  comm -23 <(cut -c67- <<<"$had" | LC_ALL=C sort) <(cut -c67- <<<"$manifest" | LC_ALL=C sort) |
    as_server env -C "$dir" xargs -r -d '\n' rm -f --
  as_server tee "$dir/.manifest" <<<"$manifest" >/dev/null
}

# The hash of the copied files whose path matches a pattern: sources_fingerprint DIR REGEX
sources_fingerprint() { grep -E "^.{66}\./($2)" "$1/.manifest" | fingerprint; }

BUILD_INPUTS='Makefile|wmo_contracts\.control|src/|released/'

# ---- make and make install --------------------------------------------------------------------------
make_in() { # DIR ARGUMENT...
  local dir=$1
  shift
  make -C "$dir" --no-print-directory PG_CONFIG="$PG_BIN/pg_config" "$@"
}

# The value of a variable of the Makefile: make_value DIR NAME
make_value() {
  # shellcheck disable=SC2016  # make expands this
  make -s -C "$1" --no-print-directory PG_CONFIG="$PG_BIN/pg_config" \
    --eval='wmo-value: ; @echo $('"$2"')' wmo-value
}

# build_into DIR TREE FLAGS [MAKE ARGUMENT...]: copies, builds with WMO_CFLAGS=FLAGS, installs into TREE; does nothing when
# that is what TREE already holds. The compiler's output stays in DIR.log.
build_into() {
  local dir=$1 tree=$2 flags=$3 makefile stamp units
  shift 3
  still_busy "looking what changed"
  copy_sources "$dir" || { not_busy; return 1; }
  makefile=$({ sources_fingerprint "$dir" 'Makefile'; server_stamp; echo "$flags $*"; } | fingerprint)
  stamp=$({ sources_fingerprint "$dir" "$BUILD_INPUTS"; echo "$makefile"; } | fingerprint)
  if [ "$(cat "$tree/.built" 2>/dev/null)" = "$stamp" ]; then not_busy; return 0; fi

  if [ "$(cat "$dir/.makefile" 2>/dev/null)" != "$makefile" ]; then
    make_in "$dir" clean >/dev/null 2>&1 || true
    printf '%s\n' "$makefile" >"$dir/.makefile"
  fi
  units=$(make_value "$dir" OBJS | wc -w)
  not_busy
  say "Building the extension ($units C files)"
  run_long "compiled" "$dir.log" '^(gcc|cc|clang).* -c ' "$((units))" \
    make_in "$dir" -j "$(nproc)" with_llvm=no "WMO_CFLAGS=$flags" "$@" || return 1
  rm -f "$tree$PG_SHARE/extension/"wmo_contracts* || return 1
  still_busy "installing"
  logged "$dir.install.log" make -C "$dir" --no-print-directory PG_CONFIG="$PG_BIN/pg_config" with_llvm=no \
    "WMO_CFLAGS=$flags" "$@" install DESTDIR="$tree" || { not_busy; tail -n 20 "$dir.install.log" >&2; return 1; }
  not_busy
  printf '%s\n' "$stamp" >"$tree/.built"
  printf '%s\n' "$flags" >"$tree/.flags"
}

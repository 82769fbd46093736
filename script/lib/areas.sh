# shellcheck shell=bash
# Real boundaries for the demo: from any file that ogr2ogr reads as data, or a CSV with WKT or hexadecimal WKB, to one table
# staging.boundary of the demo's database; demo/real_areas.sql makes the contract areas of it.

# shellcheck source=script/lib/boundaries.sh
. "$CHECKOUT/script/lib/boundaries.sh"

# That directory, when it is there and holds boundaries.
real_boundaries() {
  local directory
  directory=$(geo_directory)
  if [ -d "$directory" ] && [ -r "$directory" ] && has_areas "$directory"; then
    (cd -P -- "$directory" && pwd)
  fi
}

# The files to load for FILE: itself, or what a directory holds of boundaries; each ends with a zero byte.
areas_files() {
  local file
  if [ ! -d "$1" ]; then
    printf '%s\0' "$1"
    return
  fi
  find -L "$1" -maxdepth 1 -type f \( -iname '*.gpkg' -o -iname '*.geojson' -o -iname '*.shp' -o -iname '*.gml' -o -iname '*.fgb' \
    -o -iname '*.sqlite' -o -iname '*.csv' -o -iname '*.csv.gz' \) -print0 | LC_ALL=C sort -z | while read -r -d '' file; do
    # TWKB does not say in which coordinate system it is
    if ! is_csv "$file" || [[ $(csv_shape "$file") == text* ]]; then printf '%s\0' "$file"; fi
  done
}

has_areas() { [ "$(areas_files "$1" | tr -dc '\0' | wc -c)" -gt 0 ]; }

# Refuses, before any work is done, what cannot be read at all.
check_areas_readable() {
  [ -e "$1" ] || usage_error "there is no file or directory \"$1\""
  if [ ! -r "$1" ] || { [ -d "$1" ] && [ ! -x "$1" ]; }; then usage_error "\"$1\" cannot be read"; fi
  if [ -f "$1" ] && [ ! -s "$1" ]; then usage_error "\"$1\" is empty"; fi
  has_areas "$1" ||
    usage_error "\"$1\" holds no file with boundaries (gpkg, geojson, shp, gml, fgb, sqlite, or csv with WKT or hexadecimal WKB)"
}

# Root lends the server's user a copy of what that user may not read: lent FILE prints where it stands. Links are not followed:
# they may lead to what root alone may read.
lent() {
  local file name beside files=() directory=$1 place
  [ -d "$1" ] || directory=${1%/*}
  while read -r -d '' file; do
    name=${file##*/}
    for beside in "${file%/*}/${name%.*}".* "$file"; do
      if [ -f "$beside" ]; then files+=("${beside##*/}"); fi
    done
  done < <(areas_files "$1")
  if printf './%s\0' "${files[@]}" | as_server env -C "$directory" xargs -0 -n 1 test -r 2>/dev/null; then
    printf '%s\n' "$1"
    return
  fi
  place=$WORK/lent/$(fingerprint <<<"$directory")
  as_server mkdir -p "$place"
  printf './%s\0' "${files[@]}" | tar -C "$directory" --null -T - -cf - | as_server tar -C "$place" --no-same-owner -xf -
  if [ -d "$1" ]; then printf '%s\n' "$place"; else printf '%s\n' "$place/${1##*/}"; fi
}

# Of the layers on stdin those that are asked for, or all: choose_layers [LAYER...]
choose_layers() { if [ $# -gt 0 ]; then grep -xF -f <(printf '%s\n' "$@") || true; else cat; fi; }

# load_areas CLUSTER DATABASE FILE [LAYER...]: fills staging.boundary from FILE and runs demo/real_areas.sql.
load_areas() {
  local cluster=$1 database=$2 from=$3 file files layer layers all='' chosen n=0 staged=0 summary SCRATCH=$1
  shift 3
  mapfile -d '' -t files < <(areas_files "$from")
  psql_in "$cluster" -d "$database" -f "$CHECKOUT/script/lib/session.sql" -f "$CHECKOUT/script/lib/areas_tables.sql" || return 1
  for file in "${files[@]}"; do
    n=$((n + 1))
    layers=$(layers_of "$file")
    [ -n "$layers" ] || usage_error "ogr2ogr cannot read \"$file\""
    all="$all $(paste -sd' ' <<<"$layers")"
    mapfile -t chosen < <(choose_layers "$@" <<<"$layers")
    [ ${#chosen[@]} -gt 0 ] || continue
    staged=$((staged + 1))
    announce "  boundaries: file $n of ${#files[@]}, $(shown_name "$file")"
    for layer in "${chosen[@]}"; do
      stage_layer '' "$file" "$layer"
      [ "$SHAPE_KIND" != none ] || continue
      psql_in "$cluster" -d "$database" -v file="$(shown_name "$file")" -v layer="$(plain_name "$layer")" \
        "${STAGE_LAYER[@]}" -f "$CHECKOUT/script/lib/areas_collect.sql" <"$SCRATCH/rows" ||
        usage_error "\"$file\" has no boundaries that can be used"
    done
  done
  [ "$staged" -gt 0 ] || usage_error "\"$from\" has no layer $*; its layers are:$all"
  psql_in "$cluster" -d "$database" -f "$CHECKOUT/script/lib/session.sql" -f "$CHECKOUT/script/lib/areas_choose.sql" || return 1
  summary=$(psql_in "$cluster" -d "$database" -At -c \
    "SELECT string_agg(format('%s %s of %s', n, kind, coalesce(edition::text, 'an unknown year')), ', ' ORDER BY kind, edition)
     FROM (SELECT kind, edition, count(*) AS n FROM staging.boundary GROUP BY kind, edition) b") || return 1
  [ -n "$summary" ] || usage_error "\"$from\" has no layer of polygons with a column of CBS codes ($(wanted_columns))"
  announce "  boundaries: $summary"
  [ -f "$CHECKOUT/demo/real_areas.sql" ] || { announce "There is no demo/real_areas.sql: the areas stay schematic"; return 0; }
  (cd -- "$CHECKOUT/demo" && psql_in "$cluster" -d "$database" -o /dev/null -f real_areas.sql </dev/null)
}

wanted_columns() { echo "gemeentecode, gm_code, wijkcode, wk_code, buurtcode, bu_code, statcode, identificatie or code"; }

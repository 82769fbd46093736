# shellcheck shell=bash
# Real boundaries for the demo: from any file that ogr2ogr reads, or a CSV with WKT or hexadecimal WKB, to one table
# staging.boundary of the demo's database; demo/real_areas.sql makes the contract areas of it.

# shellcheck source=script/lib/boundaries.sh
. "$CHECKOUT/script/lib/boundaries.sh"

# Where real boundaries would be: $WMO_GEO, or the folder shared/geo beside the checkout.
geo_directory() { printf '%s\n' "${WMO_GEO:-$CHECKOUT/../shared/geo}"; }

# That directory, when it is there and holds boundaries.
real_boundaries() {
  local directory
  directory=$(geo_directory)
  if [ -d "$directory" ] && [ -r "$directory" ] && [ -n "$(areas_files "$directory")" ]; then
    (cd -P -- "$directory" && pwd)
  fi
}

# The files to load for FILE: itself, or what a directory holds of boundaries, one a line.
areas_files() {
  local file
  if [ ! -d "$1" ]; then
    printf '%s\n' "$1"
    return
  fi
  find -L "$1" -maxdepth 1 -type f \( -iname '*.gpkg' -o -iname '*.geojson' -o -iname '*.shp' -o -iname '*.gml' -o -iname '*.fgb' \
    -o -iname '*.sqlite' -o -iname '*.csv' -o -iname '*.csv.gz' \) | LC_ALL=C sort | while read -r file; do
    # TWKB does not say in which coordinate system it is
    if ! is_csv "$file" || [[ $(csv_geometry "$file") =~ (^|[^t])(wkb|wkt|geom|geometry)$ ]]; then printf '%s\n' "$file"; fi
  done
}

# Refuses, before any work is done, what cannot be read at all.
check_areas_readable() {
  [ -e "$1" ] || usage_error "there is no file or directory \"$1\""
  if [ ! -r "$1" ] || { [ -d "$1" ] && [ ! -x "$1" ]; }; then usage_error "\"$1\" cannot be read"; fi
  if [ -f "$1" ] && [ ! -s "$1" ]; then usage_error "\"$1\" is empty"; fi
  [ -n "$(areas_files "$1")" ] ||
    usage_error "\"$1\" holds no file with boundaries (gpkg, geojson, shp, gml, fgb, sqlite, or csv with WKT or hexadecimal WKB)"
}

# Of the layers on stdin those that are asked for, or all: choose_layers [LAYER...]
choose_layers() { if [ $# -gt 0 ]; then grep -xF -f <(printf '%s\n' "$@") || true; else cat; fi; }

# load_areas CLUSTER TREE DATABASE FILE [LAYER...]: fills staging.boundary from FILE and runs demo/real_areas.sql.
load_areas() {
  local cluster=$1 tree=$2 database=$3 from=$4 file files layers all='' chosen n=0 staged=0 summary
  shift 4
  mapfile -t files < <(areas_files "$from")
  psql_in "$cluster" "$tree" -d "$database" -f "$CHECKOUT/script/lib/areas_tables.sql" || return 1
  for file in "${files[@]}"; do
    n=$((n + 1))
    layers=$(layers_of "$file")
    [ -n "$layers" ] || usage_error "ogr2ogr cannot read \"$file\""
    all="$all $(paste -sd' ' <<<"$layers")"
    mapfile -t chosen < <(choose_layers "$@" <<<"$layers")
    [ ${#chosen[@]} -gt 0 ] || continue
    staged=$((staged + 1))
    announce "  boundaries: file $n of ${#files[@]}, $(basename "$file")"
    psql_in "$cluster" "$tree" -d "$database" -c 'DROP SCHEMA IF EXISTS staging_raw CASCADE' -c 'CREATE SCHEMA staging_raw' ||
      return 1
    if is_shape_csv "$file"; then chosen=(); fi
    # What cannot be read says so itself, in the first half.
    stage_file staging_raw '' "$file" "${chosen[@]}" | psql_in "$cluster" "$tree" -d "$database" -o /dev/null -f - || exit 2
    psql_in "$cluster" "$tree" -d "$database" -v file="$(basename "$file")" -f "$CHECKOUT/script/lib/areas_collect.sql" ||
      usage_error "\"$file\" has no boundaries that can be used"
  done
  [ "$staged" -gt 0 ] || usage_error "\"$from\" has no layer $*; its layers are:$all"
  psql_in "$cluster" "$tree" -d "$database" -f "$CHECKOUT/script/lib/areas_choose.sql" || return 1
  summary=$(psql_in "$cluster" "$tree" -d "$database" -At -c \
    "SELECT string_agg(format('%s %s of %s', n, kind, coalesce(edition::text, 'an unknown year')), ', ' ORDER BY kind, edition)
     FROM (SELECT kind, edition, count(*) AS n FROM staging.boundary GROUP BY kind, edition) b") || return 1
  [ -n "$summary" ] || usage_error "\"$from\" has no layer of polygons with a column of CBS codes ($(wanted_columns))"
  announce "  boundaries: $summary"
  [ -f "$CHECKOUT/demo/real_areas.sql" ] || { announce "There is no demo/real_areas.sql: the areas stay schematic"; return 0; }
  (cd -- "$CHECKOUT/demo" && psql_in "$cluster" "$tree" -d "$database" -o /dev/null -f real_areas.sql </dev/null)
}

wanted_columns() { echo "gemeentecode, gm_code, wijkcode, wk_code, buurtcode, bu_code, statcode, identificatie or code"; }

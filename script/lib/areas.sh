# shellcheck shell=bash
# Real boundaries for the demo: from any file that ogr2ogr reads, or a CSV with WKT or hexadecimal WKB, to one table
# staging.boundary of the demo's database; demo/real_areas.sql makes the contract areas of it.

# What the column of a CSV that holds the shapes may be called.
GEOMETRY_COLUMN='(hex_?e?wkb|e?wkb|wkt|geom|geometry|the_geom|wkb_geometry)'

# A directory of real boundaries, where there is one: $WMO_GEO, or the folder shared/geo beside the checkout.
real_boundaries() {
  local directory=${WMO_GEO:-$CHECKOUT/../shared/geo}
  if [ -d "$directory" ] && [ -r "$directory" ] && [ -n "$(areas_files "$directory")" ]; then
    (cd -P -- "$directory" && pwd)
  fi
}

# The header of a CSV, in lower case, a column a line; quotes are taken off.
csv_columns() {
  # head stops reading early: that is no failure.
  { case $1 in *.gz) gzip -dc -- "$1" ;; *) cat -- "$1" ;; esac 2>/dev/null || true; } | head -n 1 |
    tr -d '\r"' | tr ',[:upper:]' '\n[:lower:]' | sed 's/[^a-z0-9_]/_/g' || true
}

# The column of a CSV that holds shapes, if there is one.
csv_geometry() { csv_columns "$1" | grep -E "(^|_)$GEOMETRY_COLUMN$" | head -n 1 || true; }

is_csv() { [[ ${1,,} == *.csv || ${1,,} == *.csv.gz ]]; }

# The files to load for FILE: itself, or what a directory holds of boundaries, one a line.
areas_files() {
  local file
  if [ ! -d "$1" ]; then
    printf '%s\n' "$1"
    return
  fi
  find -L "$1" -maxdepth 1 -type f \( -iname '*.gpkg' -o -iname '*.geojson' -o -iname '*.shp' -o -iname '*.gml' -o -iname '*.fgb' \
    -o -iname '*.sqlite' -o -iname '*.csv' -o -iname '*.csv.gz' \) | LC_ALL=C sort | while read -r file; do
    if ! is_csv "$file" || [ -n "$(csv_geometry "$file")" ]; then printf '%s\n' "$file"; fi
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

# The layers of a file, one a line; none when ogr2ogr cannot read it. A CSV is a layer of its own name.
layers_of() {
  if is_csv "$1" && [ -n "$(csv_geometry "$1")" ]; then
    csv_layer "$1"
  else
    { ogrinfo -ro -so -q "$1" 2>/dev/null || true; } | sed -nE 's/^(Layer: |[0-9]+: )([^(]*[^( ])( \(.*\))?$/\2/p'
  fi
}

csv_layer() { basename "${1,,}" | sed -E 's/\.csv(\.gz)?$//; s/[^a-z0-9_]/_/g'; }

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
    if is_csv "$file" && [ -n "$(csv_geometry "$file")" ]; then
      stage_csv "$cluster" "$tree" "$database" "$file"
    else
      stage_ogr "$cluster" "$database" "$file" "${chosen[@]}"
    fi
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

stage_csv() { # CLUSTER TREE DATABASE FILE
  local file=$4 geometry table columns
  geometry=$(csv_geometry "$file")
  table=$(csv_layer "$file")
  columns=$(csv_columns "$file" | sed 's/.*/"&" text/' | paste -sd,)
  { case $file in *.gz) gzip -dc -- "$file" ;; *) cat -- "$file" ;; esac } |
    psql_in "$1" "$2" -d "$3" -c "CREATE TABLE staging_raw.\"$table\" ($columns)" \
      -c "\\copy staging_raw.\"$table\" FROM stdin WITH (FORMAT csv, HEADER)" \
      -c "ALTER TABLE staging_raw.\"$table\" RENAME COLUMN \"$geometry\" TO shape_text" \
      -c "ALTER TABLE staging_raw.\"$table\" ADD COLUMN geom geometry" \
      -c "UPDATE staging_raw.\"$table\" SET geom = nullif(shape_text, '')::geometry" ||
    usage_error "\"$file\" cannot be read as a CSV with shapes in the column \"$geometry\""
}

stage_ogr() { # CLUSTER DATABASE FILE LAYER...
  local cluster=$1 database=$2 file=$3 errors
  shift 3
  # Every attribute as text: codes keep their zeros, and no odd type stands in the way.
  if ! errors=$(ogr2ogr -f PostgreSQL "PG:host=$cluster/run user=postgres dbname=$database" "$file" "$@" \
    --config PG_USE_COPY YES -lco SCHEMA=staging_raw -lco GEOMETRY_NAME=geom -lco FID=ogc_fid -lco LAUNDER=YES \
    -lco SPATIAL_INDEX=NONE -fieldTypeToString All -unsetFieldWidth -dim XY -nlt CONVERT_TO_LINEAR -nlt PROMOTE_TO_MULTI \
    -t_srs EPSG:28992 2>&1 </dev/null 9<&-); then
    grep -v '^Warning' <<<"$errors" | head -n 5 >&2 || true
    if [[ $errors == *"source layer has no"* ]]; then
      usage_error "\"$file\" does not say in which coordinate system it is; write it with ogr2ogr -a_srs first"
    fi
    usage_error "ogr2ogr cannot load \"$file\""
  fi
}

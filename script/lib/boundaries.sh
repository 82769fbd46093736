# shellcheck shell=bash
# Reading files of boundaries: any that ogr2ogr knows, or a CSV with WKT, hexadecimal WKB or TWKB, or coordinates. What a
# file holds leaves here as SQL on stdout, so that psql alone talks to the database. Which columns hold codes and names
# is for wmo_works.staged_columns to find out.

GEOMETRY_COLUMN='(hex_?e?wkb|[et]?wkb|wkt|geom|geometry|the_geom|wkb_geometry)'

# A CSV as UTF-8: what is not, Windows wrote.
csv_text() {
  local unpack=cat
  case $1 in *.gz) unpack='gzip -dc' ;; esac
  if $unpack -- "$1" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1; then $unpack -- "$1"; else $unpack -- "$1" | iconv -f WINDOWS-1252 -t UTF-8; fi
}

# The first line of a CSV, without quotes and what Windows adds.
csv_header() {
  # head stops reading early: that is no failure.
  { case $1 in *.gz) gzip -dc -- "$1" ;; *) cat -- "$1" ;; esac 2>/dev/null || true; } | head -n 1 | tr -d '\r"' | sed 's/^\xEF\xBB\xBF//' || true
}

csv_delimiter() { if [[ $(csv_header "$1") == *\;* ]]; then echo ';'; else echo ','; fi; }

# The columns of a CSV, in lower case, one a line.
csv_columns() { csv_header "$1" | tr ',;[:upper:]' '\n\n[:lower:]' | sed 's/[^a-z0-9_]/_/g'; }

# The column of a CSV that holds shapes, if there is one.
csv_geometry() { csv_columns "$1" | grep -E "(^|_)$GEOMETRY_COLUMN$" | head -n 1 || true; }

# The columns of a CSV that hold longitude and latitude, if there are both.
csv_coordinates() {
  local longitude latitude
  longitude=$(csv_columns "$1" | grep -xE 'lon|lng|long|longitude' | head -n 1 || true)
  latitude=$(csv_columns "$1" | grep -xE 'lat|latitude' | head -n 1 || true)
  if [ -n "$longitude" ] && [ -n "$latitude" ]; then echo "$longitude $latitude"; fi
}

is_csv() { [[ ${1,,} == *.csv || ${1,,} == *.csv.gz ]]; }

# A CSV whose shapes we read ourselves.
is_shape_csv() { is_csv "$1" && { [ -n "$(csv_geometry "$1")" ] || [ -n "$(csv_coordinates "$1")" ]; }; }

csv_layer() { basename "${1,,}" | sed -E 's/\.csv(\.gz)?$//; s/[^a-z0-9_]/_/g'; }

# The layers of a file, one a line; none when ogr2ogr cannot read it. A CSV is a layer of its own name.
layers_of() {
  if is_shape_csv "$1"; then
    csv_layer "$1"
  else
    # "1: its name (Multi Polygon)"; the name may have brackets of its own
    { ogrinfo -ro -so -q "$1" 2>/dev/null || true; } |
      sed -nE '/^(Layer: |[0-9]+: )/{s///; s/ \((Unknown \(any\)|(3D )?(Measured )?[A-Z][A-Za-z]*( [A-Z][a-z]+)?)\)$//; p}'
  fi
}

# stage_file SCHEMA SRID FILE [LAYER...]: SQL that puts each layer into a table of SCHEMA (pg_temp: a temporary one) with its
# shapes in a column geom, all else as text. SRID, when not empty, is what coordinates mean that do not say so themselves.
stage_file() {
  if is_shape_csv "$3"; then stage_csv "$1" "$2" "$3"; else stage_ogr "$@"; fi
}

stage_csv() { # SCHEMA SRID FILE
  local srid=$2 file=$3 geometry coordinates table columns shape
  geometry=$(csv_geometry "$file")
  coordinates=$(csv_coordinates "$file")
  table="$1.\"$(csv_layer "$file")\""
  columns=$(csv_columns "$file" | sed "s/.*/\"&\" text/${geometry:+; s/^\"$geometry\"/shape_text/}" | paste -sd,)
  if [ -z "$geometry" ]; then
    shape="ST_SetSRID(ST_MakePoint(\"${coordinates% *}\"::float8, \"${coordinates#* }\"::float8), 4326)"
  elif [[ $geometry == *twkb ]]; then
    shape="ST_GeomFromTWKB(decode(nullif(shape_text, ''), 'hex'))"
  else
    shape="nullif(shape_text, '')::geometry"
  fi
  if [ -n "$srid" ]; then shape="(SELECT CASE ST_SRID(g) WHEN 0 THEN ST_SetSRID(g, $srid) ELSE g END FROM (SELECT $shape AS g) s)"; fi
  printf 'CREATE TABLE %s (%s);\n' "$table" "$columns"
  printf "COPY %s FROM STDIN WITH (FORMAT csv, HEADER, DELIMITER '%s');\n" "$table" "$(csv_delimiter "$file")"
  # The first sed ends a file whose last line is not ended.
  csv_text "$file" | tr -d '\r' | sed '$a\'
  printf '%s.\n' \\
  printf 'ALTER TABLE %s ADD COLUMN geom geometry;\n' "$table"
  printf 'UPDATE %s SET geom = %s;\n' "$table" "$shape"
  if [ -n "$geometry" ]; then printf 'ALTER TABLE %s DROP COLUMN shape_text;\n' "$table"; fi
}

# Does a shapefile say how its text is written (a .cpg, or a mark in the .dbf), or is it UTF-8 anyhow? shapefile_text_is_clear STEM
shapefile_text_is_clear() {
  local table
  for table in "$1".dbf "$1".DBF; do
    [ -f "$table" ] || continue
    [ ! -f "$1.cpg" ] && [ ! -f "$1.CPG" ] || return 0
    [ "$(od -An -tu1 -j29 -N1 "$table" | tr -d ' ')" = 0 ] || return 0
    tail -c +33 -- "$table" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1 || return 1
  done
}

stage_ogr() { # SCHEMA SRID FILE [LAYER...]
  local place=(-lco "SCHEMA=$1" -lco CREATE_SCHEMA=OFF) srid=() encoding=() file=$3 errors
  # one layer, so any name will do: quotes in its own are too much for ogr2ogr
  if [ "$1" = pg_temp ]; then place=(-lco TEMPORARY=YES -nln "$(tr -c 'A-Za-z0-9\n' _ <<<"${4:-staged}")"); fi
  if [ -n "$2" ]; then srid=(-s_srs "EPSG:$2"); fi
  shift 3
  # A shapefile that does not say how its text is written, and is not UTF-8: Windows wrote it.
  if [[ ${file,,} == *.shp ]] && ! shapefile_text_is_clear "${file%.*}"; then encoding=(--config SHAPE_ENCODING WINDOWS-1252); fi
  errors=$(mktemp)
  # Every attribute as text: codes keep their zeros, and no odd type stands in the way. The transaction is ours.
  if ! ogr2ogr -f PGDump /vsistdout/ "$file" "$@" --config PG_USE_COPY YES "${encoding[@]}" "${place[@]}" "${srid[@]}" -lco DROP_TABLE=OFF \
    -lco GEOMETRY_NAME=geom -lco FID=ogc_fid -lco LAUNDER=YES -lco SPATIAL_INDEX=NONE -fieldTypeToString All \
    -unsetFieldWidth -dim XY -nlt CONVERT_TO_LINEAR -nlt PROMOTE_TO_MULTI -t_srs EPSG:28992 2>"$errors" </dev/null 9<&- |
    sed "/^BEGIN;$/d; /^COMMIT;$/d; /^END;$/d; /^SET standard_conforming_strings = OFF;$/d; s/^SELECT AddGeometryColumn('pg_temp',/SELECT AddGeometryColumn('',/"; then
    # psql has gone: it has said why
    [ "${PIPESTATUS[1]}" -eq 0 ] || { rm -f "$errors"; return 1; }
    if grep -qE 'Invalid (coordinate|latitude)|reproject' "$errors"; then
      rm -f "$errors"
      usage_error "the coordinates of \"$file\" cannot be those of its coordinate system: give the right one with --srid (28992 for RD New)"
    fi
    grep -v '^Warning' "$errors" | head -n 5 >&2 || true
    if grep -q 'source layer has no' "$errors"; then
      rm -f "$errors"
      usage_error "\"$file\" does not say in which coordinate system it is: give it with --srid, or write it with ogr2ogr -a_srs first"
    fi
    rm -f "$errors"
    usage_error "ogr2ogr cannot read \"$file\""
  fi
  rm -f "$errors"
}

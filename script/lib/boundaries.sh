# shellcheck shell=bash
# Reading files of boundaries: a CSV with WKT, hexadecimal WKB or TWKB, or coordinates, or any other file that holds data and
# that ogr2ogr knows, which makes such a CSV of it. Which columns hold codes and names is for wmo_works.staged_columns to find out.

# shellcheck source=script/lib/sheet.sh
. "$CHECKOUT/script/lib/sheet.sh"

GEOMETRY_COLUMN='(hex_?e?wkb|[et]?wkb|wkt|geom|geometry|the_geom|wkb_geometry)'

is_csv() { [[ ${1,,} == *.csv || ${1,,} == *.csv.gz ]]; }

# What the names of a sheet, one a line on stdin, say of its shapes: their kind, their column, and that of the latitude.
shape_columns() {
  local names shape latitude
  names=$(cat)
  shape=$(grep -E -m 1 "(^|_)$GEOMETRY_COLUMN$" <<<"$names" || true)
  if [ -n "$shape" ]; then
    if [[ $shape == *twkb ]]; then echo "twkb $shape"; else echo "text $shape"; fi
    return
  fi
  shape=$(grep -xE -m 1 'lon|lng|long|longitude' <<<"$names" || true)
  latitude=$(grep -xE -m 1 'lat|latitude' <<<"$names" || true)
  if [ -n "$shape" ] && [ -n "$latitude" ]; then echo "point $shape $latitude"; else echo none; fi
}

# What the header of a CSV says of its shapes; only the beginning of the file is looked at.
csv_shape() { # FILE
  { unpacked "$1" 2>/dev/null || true; } | head -c 100000 |
    perl "$CHECKOUT/script/lib/sheet.pl" /dev/fd/3 --layer 3>&1 >/dev/null 2>&1 | tail -n +2 | shape_columns || true
}

# A name as a layer and its table have it: a-z, 0-9 and _.
plain_name() {
  local name=${1,,}
  printf '%s\n' "${name//[^a-z0-9_]/_}"
}

csv_layer() {
  local name=${1##*/}
  name=${name,,}
  name=${name%.gz}
  plain_name "${name%.csv}"
}

# The table of a layer, whose name no other table of ours has.
layer_table() {
  local name
  name=layer_$(plain_name "$1")
  printf '%s\n' "${name:0:60}"
}

# ---- what ogr2ogr is let do ----------------------------------------------------------------------------------------------
# GDAL knows formats whose files are no data but point to something else: another file, a database and a query to run there, an
# address. A file is told by what it holds and not by its name, so all but these are switched off.
DATA_FORMATS='ESRI Shapefile|MapInfo File|GPKG|SQLite|GeoJSON|GeoJSONSeq|ESRIJSON|TopoJSON|FlatGeobuf|GML|KML|LIBKML|OpenFileGDB|DXF|CSV'

# The other formats that this GDAL has, for its option OGR_SKIP.
other_formats() {
  ogr2ogr --formats </dev/null | sed -nE 's/^  (.+) -[a-z,]*(raster|vector|multidimensional)[^(]*\(.*$/\1/p' | grep -vxE "$DATA_FORMATS" | paste -sd,
}

# run_ogr PROGRAM ARGUMENT...: with the formats of data only, and without tables of an SQLite file that are another file.
run_ogr() {
  local program=$1
  shift
  OTHER_FORMATS=${OTHER_FORMATS:-$(other_formats)}
  "$program" --config OGR_SKIP "$OTHER_FORMATS" --config GDAL_SKIP "$OTHER_FORMATS" --config OGR_SQLITE_STATIC_VIRTUAL_OGR NO "$@" </dev/null 9<&-
}

# A file as ogr2ogr gets it: GDAL may write beside what it reads, where another could have laid a link; so root gets a copy.
readable_by_ogr() { # FILE
  if ! is_root; then
    printf '%s\n' "$1"
    return
  fi
  local name=${1##*/} beside
  mkdir -p "$SCRATCH/copy"
  for beside in "${1%/*}/${name%.*}".*; do
    if [ -f "$beside" ] && [ ! -L "$beside" ]; then cp -P -- "$beside" "$SCRATCH/copy/"; fi
  done
  cp -RH -- "$1" "$SCRATCH/copy/"
  printf '%s\n' "$SCRATCH/copy/$name"
}

# The layers of a file, one a line; none when ogr2ogr cannot read it. A CSV is a layer of its own name.
layers_of() {
  if is_csv "$1"; then
    csv_layer "$1"
  else
    # "1: its name (Multi Polygon)"; the name may have brackets of its own
    { run_ogr ogrinfo -ro -so -q "$1" 2>/dev/null || true; } |
      sed -nE '/^(Layer: |[0-9]+: )/{s///; s/ \((Unknown \(any\)|None|(3D )?(Measured )?[A-Z][A-Za-z]*( [A-Z][a-z]+)?)\)$//; p}'
  fi
}

# stage_layer SRID FILE LAYER: reads a layer, and sets STAGE_LAYER to what psql is given to make of it a temporary table of the
# name in LAYER_TABLE; its input is $SCRATCH/rows. SRID, when not empty, is what coordinates mean that do not say so themselves.
# A layer that cannot be read ends the script; SHAPE_KIND is none for one without shapes.
stage_layer() {
  local srid=$1 file=$2 layer=$3 shape latitude
  if is_csv "$file"; then
    read_sheet "$file" --layer || usage_error "\"$file\" cannot be read: $PROBLEM"
  else
    read_ogr "$srid" "$file" "$layer"
    srid=28992
  fi
  read -r SHAPE_KIND shape latitude < <(sheet_names | shape_columns)
  LAYER_TABLE=$(layer_table "$layer")
  stage_sheet_arguments
  STAGE_LAYER=("${STAGE_SHEET[@]}" -v table="$LAYER_TABLE" -v shape_kind="$SHAPE_KIND" -v shape="$shape" -v latitude="$latitude"
    -v srid="$srid" -f "$CHECKOUT/script/lib/stage_layer.sql")
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

# read_ogr SRID FILE LAYER: as a CSV in RD New, which is read like any other.
read_ogr() {
  local srid=() encoding=() file=$2 layer=$3
  [[ $layer != -* ]] || usage_error "layer \"$layer\" of \"$file\" has the name of an option; rename it"
  if [ -n "$1" ]; then srid=(-s_srs "EPSG:$1"); fi
  # A shapefile that does not say how its text is written, and is not UTF-8: Windows wrote it.
  if [[ ${file,,} == *.shp ]] && ! shapefile_text_is_clear "${file%.*}"; then encoding=(--config SHAPE_ENCODING WINDOWS-1252); fi
  # Every attribute as text: codes keep their zeros, and no odd type stands in the way. 17 digits are all of a coordinate.
  if ! run_ogr ogr2ogr -f CSV /vsistdout/ "$file" "$layer" "${encoding[@]}" "${srid[@]}" -lco GEOMETRY=AS_WKT \
    --config OGR_WKT_PRECISION 17 --config OGR_WKT_ROUND NO -fieldTypeToString All -unsetFieldWidth -dim XY \
    -nlt CONVERT_TO_LINEAR -nlt PROMOTE_TO_MULTI -t_srs EPSG:28992 >"$SCRATCH/text" 2>"$SCRATCH/problem"; then
    if grep -qE 'Invalid (coordinate|latitude)|reproject' "$SCRATCH/problem"; then
      usage_error "the coordinates of \"$file\" cannot be those of its coordinate system: give the right one with --srid (28992 for RD New)"
    fi
    if grep -q 'source layer has no' "$SCRATCH/problem"; then
      usage_error "\"$file\" does not say in which coordinate system it is: give it with --srid, or write it with ogr2ogr -a_srs first"
    fi
    grep -v '^Warning' "$SCRATCH/problem" | head -n 5 | printable >&2 || true
    usage_error "ogr2ogr cannot read \"$file\""
  fi
  from_encoding UTF-8 <"$SCRATCH/text" >/dev/null || usage_error "the text of layer \"$layer\" of \"$file\" is not UTF-8"
  read_text --layer 2>"$SCRATCH/problem" || usage_error "layer \"$layer\" of \"$file\" cannot be read: $(head -n 1 "$SCRATCH/problem")"
  rm -f -- "$SCRATCH/text"
}

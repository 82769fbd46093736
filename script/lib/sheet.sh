# shellcheck shell=bash
# Reading sheets: a CSV, as a spreadsheet writes it, becomes rows that psql takes as nothing but data. They stand in a file of
# their own, which psql has as its input while it reads its commands from files of ours.

unpacked() { if [[ ${1,,} == *.gz ]]; then gzip -dc -- "$1"; else cat -- "$1"; fi; }

# The first bytes of a file, in hexadecimal. What unpacks it is cut off: that is no failure.
first_bytes() { { unpacked "$1" 2>/dev/null || true; } | head -c 3 | od -An -tx1 | tr -d ' \n'; }

# from_encoding NAME: stdin as UTF-8.
from_encoding() { iconv -f "$1" -t UTF-8 2>/dev/null || { echo "its text is not $1" >&2; return 1; }; }

# A file as UTF-8: with a byte order mark it says what it is, and what is not UTF-8 otherwise, Windows wrote.
text_of() { # FILE
  case $(first_bytes "$1") in
    504b03) echo 'it is a workbook; save the sheet as "CSV UTF-8" first' >&2; return 1 ;;
    efbbbf) unpacked "$1" | from_encoding UTF-8 ;;
    fffe* | feff*) unpacked "$1" | from_encoding UTF-16 ;;
    *)
      if unpacked "$1" 2>/dev/null | from_encoding UTF-8 >/dev/null 2>&1; then
        unpacked "$1"
      else
        unpacked "$1" | from_encoding WINDOWS-1252
      fi ;;
  esac
}

# read_text [OPTION OF sheet.pl...]: makes of $SCRATCH/text the files rows and names beside it.
read_text() { perl "$CHECKOUT/script/lib/sheet.pl" "$SCRATCH/names" "$@" <"$SCRATCH/text" >"$SCRATCH/rows"; }

# read_sheet FILE [OPTION OF sheet.pl...]: the same of a file. What stands in the way is in PROBLEM.
read_sheet() {
  local file=$1
  shift
  if ! { text_of "$file" >"$SCRATCH/text" && read_text "$@"; } 2>"$SCRATCH/problem"; then
    PROBLEM=$(grep -m 1 . "$SCRATCH/problem" || echo "it is cut off")
    return 1
  fi
  rm -f -- "$SCRATCH/text"
}

# What was found between the cells, and the names of the columns, one a line.
sheet_separator() { head -n 1 "$SCRATCH/names"; }
sheet_names() { tail -n +2 "$SCRATCH/names"; }

# What psql is given to stage a sheet as pg_temp.sheet, in this order; its input is $SCRATCH/rows.
stage_sheet_arguments() {
  STAGE_SHEET=(-v names="$(sheet_names)" -f "$CHECKOUT/script/lib/session.sql" -f "$CHECKOUT/script/lib/stage_sheet.sql")
}

# The name of a file without its directory, as text that a database takes.
shown_name() { printf '%s\n' "${1##*/}" | iconv -c -f UTF-8 -t UTF-8 | tr '\n' '?' | sed 's/?$//; s/[[:cntrl:]]/?/g'; }

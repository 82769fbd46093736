# shellcheck shell=bash
# The pictures that the README shows, from the five municipalities.

PICTURES=(coverage timeline)

# picture CLUSTER DATABASE NAME, on stdout
picture() {
  case $3 in
    coverage) psql_in "$1" -d "$2" -At -c "SELECT wmo.coverage_svg('individuele_begeleiding', '2019-01-01', 'GM0014', as_of => '2018-07-30', language => 'en')" ;;
    timeline) psql_in "$1" -d "$2" -At -c "SELECT wmo.timeline_svg('2022-08-01', language => 'en')" ;;
  esac
}

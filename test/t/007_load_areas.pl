# script/load-areas: files of every kind into wmo.area, in one transaction, as an ordinary user of the database runs it.
use strict;
use warnings;
use File::Temp qw(tempdir);
use IPC::Run qw(run);
use Test::More;
use Cwd qw(cwd);
use IO::Compress::Zip qw(zip $ZipError);
use WmoNode qw(start_node fresh_database);

my $node = start_node('load_areas');
# PostGIS away from public, as careful administrators have it
fresh_database($node, 'registry', 'CREATE SCHEMA gis', 'CREATE EXTENSION postgis SCHEMA gis', 'CREATE EXTENSION btree_gist', 'CREATE EXTENSION wmo_contracts');
fresh_database($node, 'bare');
my $directory = tempdir(CLEANUP => 1);
my $script = cwd() . '/script/load-areas';

sub file
{
	my ($name, $content) = @_;
	open my $handle, '>:raw', "$directory/$name" or die "cannot write $name: $!";
	print $handle $content;
	close $handle;
	return "$directory/$name";
}

# Exit status, stdout, stderr of the script; the connection comes from the environment.
sub load_areas
{
	my ($database, @arguments) = @_;
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGDATABASE => $database);
	my ($out, $err);
	run [ $script, @arguments ], '<', \undef, '>', \$out, '2>', \$err;
	return ($? >> 8, $out, $err);
}

my $box = sub { my ($x, $y, $w) = @_; my ($e, $n) = ($x + $w, $y + 1000);
	return "POLYGON(($x $y,$e $y,$e $n,$x $n,$x $y))" };

# ---- a CSV, which needs no ogr2ogr: semicolons, a byte order mark and the line ends of Windows ------------------------------
my $first = file('gemeenten.csv', "\xEF\xBB\xBFWKT;GM_CODE;GM_NAAM;H2O\r\n"
	. join('', map { "\"$_->[0]\";$_->[1];\"$_->[2]\";NEE\r\n" } [ $box->(0, 0, 1000), '0001', 'Een' ], [ $box->(1000, 0, 1000), '0002', 'Twee; met puntkomma' ]));
my ($status, $out, $err) = load_areas('registry', $first, '--valid-from', '2018-01-01', '--srid', '28992');
is($status, 0, 'a CSV with WKT loads') or diag $err;
is($out, "2 added\n", 'and the script says what it did');
is($node->safe_psql('registry', q{SELECT code, name, valid, gis.ST_Area(geom), geom_basis FROM wmo.area ORDER BY code}),
	"GM0001|Een|[2018-01-01,)|1000000|official\nGM0002|Twee; met puntkomma|[2018-01-01,)|1000000|official", 'with code, name, days and shape');
is($node->safe_psql('registry', q{SELECT article FROM wmo.source}), 'File gemeenten.csv, layer gemeenten', 'and its source');
($status, $out) = load_areas('registry', $first, '--valid-from=2018-01-01', '--srid=28992');
is("$status $out", "0 2 unchanged\n", 'a second time nothing changes');
is($node->safe_psql('registry', q{SELECT count(*) FROM wmo.source}), '1', 'nor does the source come twice');
my $second = file('later.csv', "wkt,gemeentecode,gemeentenaam\n\"" . $box->(0, 0, 2000) . "\",1,Een");
($status, $out) = load_areas('registry', $second, '--valid-from', '2019-01-01', '--srid', '28992');
is($out, "1 changed, 1 ended\n  changed: GM0001 Een [2019-01-01,)\n  ended: GM0002 Twee; met puntkomma [2018-01-01,2019-01-01)\n", 'the next edition closes the one before');

# ---- what is refused changes nothing ------------------------------------------------------------------------------------------
my $before = $node->safe_psql('registry', 'SELECT count(*), max(changed_at) FROM wmo.area');
my $broken = file('broken.csv', "wkt,gm_code\n\"POLYGON((0 0,1 1\",GM0001\n");
for (
	[ 'no file', 2, qr/there is no file/, 'registry', "$directory/nothing.gpkg", '--valid-from', '2018-01-01' ],
	[ 'no day', 2, qr/--valid-from is missing/, 'registry', $first ],
	[ 'a day that is none', 2, qr/"2018-02-31" is not a day/, 'registry', $first, '--valid-from', '2018-02-31' ],
	[ 'an unknown kind', 2, qr/"wijk" is not a kind/, 'registry', $first, '--valid-from', '2018-01-01', '--kind', 'wijk' ],
	[ 'an unknown option', 2, qr/unknown option "--valid"/, 'registry', $first, '--valid', '2018-01-01' ],
	[ 'a layer that is not there', 2, qr/has no layer "x"; its layers are: gemeenten/, 'registry', $first, '--valid-from', '2018-01-01', '--layer', 'x' ],
	[ 'an empty file', 2, qr/is empty/, 'registry', file('empty.csv', ''), '--valid-from', '2018-01-01' ],
	[ 'a file without rows', 1, qr/table "layer_no_rows" is empty/, 'registry', file('no_rows.csv', "wkt,gm_code\n"), '--valid-from', '2018-01-01' ],
	[ 'degrees taken for metres, in every row', 1, qr/every area was refused/, 'registry',
		file('degrees.csv', "wkt,gm_code\n\"POLYGON((5 52,6 52,6 53,5 52))\",GM0009\n"), '--valid-from', '2018-01-01', '--srid', '28992' ],
	[ 'no reference system', 1, qr/shapes without SRID.*HINT.*--srid/s, 'registry', $first, '--valid-from', '2018-01-01' ],
	[ 'WKT that is cut off', 1, qr/parse error/, 'registry', $broken, '--valid-from', '2020-01-01', '--srid', '28992' ],
	[ 'a database without the extension', 1, qr/does not have the extension/, 'bare', $first, '--valid-from', '2018-01-01', '--srid', '28992' ],
	[ 'a database that is not there', 1, qr/database "nowhere" does not exist/, 'nowhere', $first, '--valid-from', '2018-01-01', '--srid', '28992' ])
{
	my ($what, $wanted, $words, @call) = @$_;
	($status, $out, $err) = load_areas(@call);
	is($status, $wanted, "$what: exit status $wanted");
	like($err, $words, "$what: says so");
}
is($node->safe_psql('registry', 'SELECT count(*), max(changed_at) FROM wmo.area'), $before, 'and nothing has changed');

# ---- what Windows wrote ----------------------------------------------------------------------------------------------------------
my $latin = file('latin.csv', "wkt;gm_code;gm_naam\r\n\"" . $box->(50000, 0, 1000) . "\";GM0050;S\xFAdwest\r\n");
($status, $out, $err) = load_areas('registry', $latin, '--valid-from', '2019-01-01', '--srid', '28992');
is("$status $out", "0 1 added\n", 'a CSV in Windows-1252 loads') or diag $err;
is($node->safe_psql('registry', q{SELECT name FROM wmo.area WHERE code::text = 'GM0050'}), "S\x{c3}\x{ba}dwest", 'with its letters');

# ---- postcodes -----------------------------------------------------------------------------------------------------------------
my $points = file('pc4.csv', "pc4,plaats,lat,lon\n9711,Groningen,53.217,6.567\n9712,Groningen,53.22,6.56\n");
($status, $out, $err) = load_areas('registry', $points, '--kind', 'postcode');
is("$status $out", "0 2 added\n", 'a CSV of postcodes with longitude and latitude loads') or diag $err;
($status, $out) = load_areas('registry', $points, '--kind', 'postcode');
is("$status $out", "0 2 unchanged\n", 'and changes nothing the second time');

# ---- whatever ogr2ogr reads ------------------------------------------------------------------------------------------------------
SKIP:
{
	skip 'ogr2ogr is not here', 19 unless grep { -x "$_/ogr2ogr" } split /:/, $ENV{PATH};
	my $json = file('wijken.geojson', '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"wijkcode":"WK000100","wijknaam":"Wijk \u00e9\u00e9n","jrstatcode":"2022WK000100"},'
		. '"geometry":{"type":"Polygon","coordinates":[[[5.38,52.15],[5.39,52.15],[5.39,52.16],[5.38,52.16],[5.38,52.15]]]}}]}');
	($status, $out, $err) = load_areas('registry', $json, '--valid-from', '2022-01-01');
	is("$status $out", "0 1 added\n", 'GeoJSON in degrees') or diag $err;
	is($node->safe_psql('registry', q{SELECT kind, name, gis.ST_SRID(geom), round(gis.ST_Area(geom) / 1e4) FROM wmo.area WHERE code::text = 'WK000100'}),
		"district|Wijk \x{c3}\x{a9}\x{c3}\x{a9}n|28992|76", 'comes out in RD New');
	my $warnings;
	for my $kind ([ 'GPKG', 'gpkg' ], [ 'ESRI Shapefile', 'shp' ])
	{
		my ($driver, $extension) = @$kind;
		run [ 'ogr2ogr', '-f', $driver, "$directory/wijken.$extension", $json ], '2>', \$warnings or die $warnings;
		($status, $out, $err) = load_areas('registry', "$directory/wijken.$extension", '--valid-from', '2022-01-01', '--tolerance', '0.0001');
		is("$status $out", "0 1 unchanged\n", "$driver of the same") or diag $err;
		# as CBS hands it out: in a folder of a zip, beside what is no boundary
		my %in_zip = map { ($_ => 1) } grep { !/\.(?:geo)?json$/ } glob "$directory/wijken.*";
		delete $in_zip{$_} for grep { ($extension eq 'gpkg') != /\.gpkg$/ } keys %in_zip;
		zip([ sort keys %in_zip, file('leesmij.txt', 'x') ] => "$directory/$extension.zip", FilterName => sub { s{.*/}{WijkBuurtkaart_2022/} }) or die $ZipError;
		($status, $out, $err) = load_areas('registry', "$directory/$extension.zip", '--valid-from', '2022-01-01', '--tolerance', '0.0001');
		is("$status $out", "0 1 unchanged\n", "$driver in a zip") or diag $err;
	}
	zip([ file('leesmij.txt', 'x') ] => "$directory/none.zip", FilterName => sub { s{.*/}{} }) or die $ZipError;
	($status, $out, $err) = load_areas('registry', "$directory/none.zip", '--valid-from', '2022-01-01');
	is($status, 2, 'a zip without boundaries');
	like($err, qr/it holds no boundaries/, 'says so');
	($status, $out, $err) = load_areas('registry', file('torn.zip', "PK\x03\x04" . 'x' x 100), '--valid-from', '2022-01-01');
	is($status, 2, 'a torn zip is refused');
	run [ 'ogr2ogr', '-f', 'GPKG', '-append', '-nln', 'other', "$directory/wijken.gpkg", $json ], '2>', \$warnings or die $warnings;
	($status, $out, $err) = load_areas('registry', "$directory/wijken.gpkg", '--valid-from', '2022-01-01');
	is($status, 2, 'of several layers one must be chosen');
	like($err, qr/choose one with --layer: wijken other/, 'and they are named');

	# names with brackets and quotes, no shapes, no extension, a shapefile that does not say how its text is written
	my $odd = q{Wijken (v2) 'x' "y"};
	run [ 'ogr2ogr', '-f', 'GPKG', '-nln', $odd, "$directory/odd.gpkg", $json ], '2>', \$warnings or die $warnings;
	($status, $out, $err) = load_areas('registry', "$directory/odd.gpkg", '--valid-from', '2022-01-01', '--layer', $odd);
	is("$status $out", "0 1 unchanged\n", 'a layer with brackets and quotes in its name') or diag $err;
	run [ 'ogr2ogr', '-f', 'GPKG', '-nlt', 'NONE', "$directory/bare.gpkg", $json ], '2>', \$warnings or die $warnings;
	($status, $out, $err) = load_areas('registry', "$directory/bare.gpkg", '--valid-from', '2022-01-01');
	is($status, 1, 'a layer without shapes');
	like($err, qr/this layer has no shapes/, 'says so');
	($status, $out, $err) = load_areas('bare', $json, '--valid-from', '2022-01-01');
	is($status, 1, 'a database without the extension');
	like($err, qr/does not have the extension/, 'says so');
	unlike($err, qr/cannot read/, 'and does not blame the file');
	run [ 'ogr2ogr', '-f', 'ESRI Shapefile', '-lco', 'ENCODING=ISO-8859-1', "$directory/old.shp", $json ], '2>', \$warnings or die $warnings;
	unlink "$directory/old.cpg" or die $!;
	($status, $out, $err) = load_areas('registry', "$directory/old.shp", '--valid-from', '2022-01-01');
	is("$status $out", "0 1 unchanged\n", 'a shapefile in Windows-1252 that does not say so') or diag $err;
	my $metres = file('metres.geojson', '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"WK000101","naam":"Rijksdriehoek"},'
		. '"geometry":{"type":"Polygon","coordinates":[[[233000,582000],[234000,582000],[234000,583000],[233000,582000]]]}}]}');
	($status, $out, $err) = load_areas('registry', $metres, '--valid-from', '2022-01-01');
	is($status, 2, 'GeoJSON with metres in it that does not say so');
	like($err, qr/give the right one with --srid/, 'says what to do');
	($status, $out, $err) = load_areas('registry', $metres, '--valid-from', '2022-01-01', '--srid', '28992');
	is("$status $out", "0 1 added\n", 'and loads when told') or diag $err;
	# every format of the same: nothing changes
	for my $format ([ 'GeoJSON', 'json', '-lco', 'RFC7946=YES' ], [ 'FlatGeobuf', 'fgb' ], [ 'GML', 'gml', '-dsco', 'FORMAT=GML3' ])
	{
		my ($driver, $extension, @options) = @$format;
		run [ 'ogr2ogr', '-f', $driver, @options, "$directory/again.$extension", '-s_srs', 'EPSG:28992', '-t_srs', $driver eq 'GeoJSON' ? 'EPSG:4326' : 'EPSG:28992', $metres ], '2>', \$warnings or die $warnings;
		($status, $out, $err) = load_areas('registry', "$directory/again.$extension", '--valid-from', '2022-01-01');
		is("$status $out", "0 1 unchanged\n", "$driver of the same") or diag $err;
	}
}

done_testing();

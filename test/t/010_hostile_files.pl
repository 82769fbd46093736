# A file is never a command. Lists, boundaries, their names and every argument that goes with them hold here what psql, the
# shell, SQL or GDAL would carry out, or what breaks a reader: it is loaded as the data that it is, or refused as a whole.
use strict;
use warnings;
use Cwd qw(cwd);
use Encode qw(encode);
use File::Temp qw(tempdir);
use IPC::Run qw(run);
use Test::More;
use WmoNode qw(start_node fresh_database);

my $node = start_node('hostile_files');
my @install = ('CREATE EXTENSION wmo_contracts CASCADE');
fresh_database($node, 'registry', @install);
my $directory = tempdir(CLEANUP => 1);
my $checkout = cwd();
# what a command that is carried out leaves behind
my $canary = "$directory/canary";
my @commands = ("\\! touch $canary", "\\o |touch $canary", "COPY (SELECT 1) TO PROGRAM 'touch $canary';", "\$(touch $canary)", "`touch $canary`");

sub file
{
	my ($name, $content) = @_;
	open my $handle, '>:raw', "$directory/$name" or die "cannot write $name: $!";
	print $handle $content;
	close $handle;
	return "$directory/$name";
}

# Exit status, stdout and stderr of a script, called from the directory of the files.
sub script
{
	my ($name, $database, @arguments) = @_;
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGDATABASE => $database);
	my ($out, $err) = ('', '');
	chdir $directory or die $!;
	run [ "$checkout/script/$name", @arguments ], '<', \undef, '>', \$out, '2>', \$err;
	chdir $checkout or die $!;
	return ($? >> 8, $out, $err);
}
sub load_contracts { return script('load-contracts', 'registry', '--buyer', 'Gemeente Proef', @_); }
sub load_areas { return script('load-areas', 'registry', @_, '--valid-from', '2018-01-01', '--srid', '28992'); }

sub nothing_was_carried_out
{
	my ($what) = @_;
	ok(!-e $canary, "$what: no command was carried out");
	unlink $canary;
	return;
}

sub value { my ($sql, $database) = @_; return $node->safe_psql($database // 'registry', $sql); }

# ---- lists of contracts -----------------------------------------------------------------------------------------------------
my $header = "Contractnummer;Aanbieder;Dienst;Gemeente;Begindatum;Einddatum t/m";
my $n = 0;
sub row { my ($supplier) = @_; $n++; return "H-$n;$supplier;begeleiding;GM1900;1-1-2024;31-12-2024\n"; }

# each: name, bytes, exit status, what is said, suppliers that are there after it
sub try_list
{
	my ($what, $bytes, $wanted, $says, @arguments) = @_;
	my $before = value('SELECT count(*) FROM wmo.contract');
	my ($status, $out, $err) = load_contracts(@arguments, file('list.csv', $bytes));
	is($status, $wanted, "$what: exit status $wanted") or diag("$out$err");
	like($out . $err, $says, "$what: says so");
	nothing_was_carried_out($what);
	is(value('SELECT count(*) FROM wmo.contract'), $before, "$what: nothing was loaded") if $wanted;
	return;
}
sub supplier_is
{
	my ($number, $supplier, $what) = @_;
	is(value("SELECT p.name FROM wmo.contract c JOIN wmo.party p ON p.id = c.supplier_id WHERE c.number = '$number'"), $supplier, $what);
	return;
}

foreach my $command (@commands)
{
	try_list("the end of the data and then $command", "$header\n" . row('A') . "\\.\n$command\n", 1, qr/row 3 has 1 cells, the header 6/);
}
try_list('commands as the header', join(';', map { "\"$_\"" } @commands) . "\n1;2;3;4;5\n", 1, qr/the list has no column/);
try_list('commands as cells', "$header\n" . join('', map { row("\"$_\"") } @commands), 0, qr/^5 added/m);
supplier_is('H-' . ($n - $#commands + $_), $commands[$_], 'which is the name of a supplier') for 0 .. $#commands;
try_list('the end of the data between rows', "$header\n" . row('A') . "\\.\n" . row('B'), 1, qr/row 3 has 1 cells/);
try_list('the end of the data in a cell of three lines', "$header\n" . row("\"A\n\\.\n\\! touch $canary\n\"") . row('after it'), 0, qr/^2 added/m);
supplier_is("H-$n", 'after it', 'and the row after it is loaded too');
try_list('names of columns with quotes, dollars and variables', "$header;\"x\"\" text); DROP TABLE wmo.contract; --\";:'all';:{?all};\$\$;a\\b\n"
	. row('Q') =~ s/\n/;1;2;3;4;5\n/r, 0, qr/^1 added/m);
try_list('names of columns that every table has', "$header;ctid;xmin;tableoid\n" . row('S') =~ s/\n/;1;2;3\n/r, 0, qr/^1 added/m);
try_list('a name of a column that is too long', "$header;" . "\xf0\x9f\x98\x80" x 70 . "\n" . row('L') =~ s/\n/;1\n/r, 0, qr/^1 added/m);
try_list('two thousand columns', "$header;" . join(';', map { "c$_" } 1 .. 2000) . "\n", 1, qr/holds at most 1,600/);
try_list('a zero byte in a cell', "$header\n" . row("A\0B"), 1, qr/row 2 holds a zero byte/);
try_list('a zero byte in the header', "\0$header\n" . row('A'), 1, qr/row 1 holds a zero byte/);
try_list('a quote that is never closed', "$header\n" . row('"A') . row('B'), 1, qr/the quote that row 2 opens is never closed/);
try_list('seventy thousand quotes in the header', "$header;\"" . '""' x 70000 . "\"\n" . row('V') =~ s/\n/;1\n/r, 0, qr/^1 added/m);
try_list('a cell of eight million bytes', "$header;Toelichting\n" . row('W') =~ s/\n/';"' . "x\\.\n" x 2000000 . "\"\n"/er, 0, qr/^1 added/m);
try_list('a row that is too long', "$header\n" . row('A') =~ s/\n/;more\n/r, 1, qr/row 2 has 7 cells, the header 6/);
try_list('line ends of an old Mac', "$header\n" =~ s/\n/\r/r . row('Mac') =~ s/\n/\r/r, 0, qr/^1 added/m);
try_list('UTF-8 that is none', "\xef\xbb\xbf$header\n" . row("A\xe9"), 1, qr/its text is not UTF-8/);
try_list('UTF-16 that is cut off', encode('UTF-16', "$header\n") . "\0", 1, qr/its text is not UTF-16/);
try_list('a byte that is in no table', "$header\n" . row("A\x81\xff"), 1, qr/its text is not WINDOWS-1252/);
try_list('a workbook', "PK\x03\x04", 1, qr/it is a workbook/);
try_list('no header', "\n\n \n", 1, qr/there is no header/);
try_list('backslashes between the cells', "$header\n" =~ s/;/\\/gr . row('Backslash') =~ s/;/\\/gr, 0, qr/^1 added/m, '--separator', '\\');
try_list('quotes between the cells', "$header\n" =~ s/;/'/gr . row('Quote') =~ s/;/'/gr, 0, qr/^1 added/m, '--separator', q{'});
{
	local $ENV{PGCLIENTENCODING} = 'LATIN1';
	local $ENV{PGOPTIONS} = '-c standard_conforming_strings=off';
	try_list('another encoding in the environment', "$header\n" . row("Frysl\xc3\xa2n \\n"), 0, qr/^1 added/m);
}
is(value("SELECT count(*) FROM wmo.party WHERE name = U&'Frysl\\00E2n \\005Cn'"), '1', 'and the letters are right');
my ($status, $out, $err) = load_contracts('--separator', '"', file('list.csv', "$header\n"));
is($status, 2, 'a quote is no separator');

foreach my $name ("-c \\! touch canary.csv", "--help.csv", "a'b\"c\\d\n\e]0;x.csv", '$(touch canary).csv', '|touch canary;.csv', "x\xff.csv", 'load_report.csv', 'area_load.csv', 'finding.csv')
{
	(my $shown = $name) =~ s/[^ -~]/?/g;
	my $bytes = "$header\n" . row("F");
	($status, $out, $err) = load_contracts($name =~ /\A-/ ? ('--', file($name, $bytes) && $name) : (file($name, $bytes) && $name));
	like($out, qr/^1 added/m, "a file called $shown") or diag($err);
	nothing_was_carried_out("a file called $shown");
	unlink "$directory/$name";
}
foreach my $buyer ("'; DROP TABLE wmo.contract; --", "\\! touch $canary", ":'all' :all \$\$", "x' \\g |touch $canary")
{
	($status, $out, $err) = script('load-contracts', 'registry', '--buyer', $buyer, file('list.csv', "$header\n" . row('B')));
	like($out, qr/^1 added/m, "a buyer called $buyer") or diag($err);
	is($node->safe_psql('registry', "SELECT count(*) FROM wmo.party WHERE name = \$x\$$buyer\$x\$ AND kind <> 'provider'"), '1', 'is called so');
	nothing_was_carried_out("a buyer called $buyer");
}

# ---- boundaries in a CSV ----------------------------------------------------------------------------------------------------
my $east = 0;
sub shape { $east += 2000; my $right = $east + 1000; return "\"POLYGON(($east 0,$right 0,$right 1000,$east 1000,$east 0))\""; }
my $code = 1000;
sub area { my ($name) = @_; $code++; return shape() . ",GM$code,$name\n"; }

sub try_areas
{
	my ($what, $name, $bytes, $wanted, $says, @arguments) = @_;
	my $before = value('SELECT count(*) FROM wmo.area');
	my ($status, $out, $err) = load_areas(file($name, $bytes), @arguments);
	is($status, $wanted, "$what: exit status $wanted") or diag("$out$err");
	like($out . $err, $says, "$what: says so");
	unlike($out . $err, qr/[\x00-\x08\x0b-\x1f]/, "$what: with no control characters");
	nothing_was_carried_out($what);
	is(value('SELECT count(*) FROM wmo.area'), $before, "$what: nothing was loaded") if $wanted;
	return;
}
sub area_is { my ($name, $what) = @_; is(value("SELECT name FROM wmo.area WHERE code::text = 'GM$code'"), $name, $what); return; }

foreach my $command (@commands)
{
	try_areas("the end of the data and then $command", 'a.csv', "wkt,gm_code,naam\n" . area('A') . "\\.\n$command\n", 2, qr/row 3 has 1 cells, the header 3/);
}
try_areas('commands as names of columns', 'a.csv', join(',', 'wkt,gm_code,naam', map { "\"$_\"" } @commands) . "\n" . area('A') =~ s/\n/,1,2,3,4,5\n/r, 0, qr/^1 added/m);
try_areas('commands as names of areas', 'a.csv', "wkt,gm_code,naam\n" . join('', map { area("\"$_\"") } @commands), 0, qr/^5 added/m);
is(value(q{SELECT string_agg(name, chr(10) ORDER BY code) FROM (SELECT * FROM wmo.area WHERE code::text < 'GM1900' ORDER BY code::text DESC LIMIT 5) a}), join("\n", @commands), 'which are called so');
try_areas('the end of the data in a name of lines', 'a.csv', "wkt,gm_code,naam\n" . area("\"A\n\\.\n\\! touch $canary\"") . area('After it'), 0, qr/^2 added/m);
area_is('After it', 'and the row after it is loaded too');
foreach my $name (qw(area_load load_report postcode_load sheet pg_class), "x' \" \\ ; \n \e[31m", '$(touch canary)', '-a', 'x' x 100, "\xff\xfe")
{
	(my $shown = $name) =~ s/[^ -~]/?/g;
	try_areas("a file called $shown", "$name.csv", "wkt,gm_code,naam\n" . area('A'), 0, qr/^1 added/m);
}
try_areas('a file called postcode_load', 'postcode_load.csv', "pc4,lat,lon\n9711,53.217,6.567\n", 0, qr/^1 added/m, '--kind', 'postcode');
try_areas('columns that every table has, and columns of ours', 'a.csv', "wkt,gm_code,naam,xmin,ymin,ctid,TableOID,line,geom,staged\n"
	. area('Box') =~ s/\n/,1,2,3,4,5,6,7\n/r, 0, qr/^1 added/m);
try_areas('columns whose names become alike', 'a.csv', "wkt,gm_code,naam,a-b,A_B,a b,\n" . area('Alike') =~ s/\n/,1,2,3,4\n/r, 0, qr/^1 added/m);
try_areas('a control character in a name', 'a.csv', "wkt,gm_code,naam\n" . shape() . ",GM0001,\"\e]0;owned\a\"\nPOLYGON,GM0002,B\n", 1, qr/nothing was loaded/);
try_areas('a zero byte', 'a.csv', "wkt,gm_code,naam\n" . area("A\0"), 2, qr/row 2 holds a zero byte/);
try_areas('a quote that is never closed', 'a.csv', "wkt,gm_code,naam\n" . area('"A'), 2, qr/is never closed/);
try_areas('no text at all', 'a.csv', join('', map { chr(($_ * 7919 >> 3) & 255) } 1 .. 5000), 2, qr/cannot be read/);
try_areas('a gzipped file that is none', 'a.csv.gz', "wkt,gm_code\n", 2, qr/cannot be read: gzip/);
foreach my $option ([ '--layer', "x'; \\! touch $canary" ], [ '--kind', "x' \\g |touch $canary" ], [ '--tolerance', "0::text; \\! touch $canary" ],
	[ '--srid', "28992; \\! touch $canary" ], [ '--valid-from', "2018-01-01'; \\! touch $canary" ], [ "--layer=-sql" ])
{
	try_areas("the option @$option", 'a.csv', "wkt,gm_code,naam\n" . area('A'), 2, qr/script\/load-areas: /, @$option);
}

# ---- what GDAL reads ----------------------------------------------------------------------------------------------------------
SKIP:
{
	skip 'ogr2ogr is not here', 1 unless grep { -x "$_/ogr2ogr" } split /:/, $ENV{PATH};
	my $wanted = sub { my ($at, $name) = @_; return sprintf '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:28992"}},"features":[{"type":"Feature",'
		. '"properties":{"code":"%s","naam":"%s"},"geometry":{"type":"Polygon","coordinates":[[[%d,5000],[%d,5000],[%d,6000],[%2$d,5000]]]}}]}' =~ s/%2\$d/%d/r, 'GM' . ++$code, $name, $at, $at + 1000, $at + 1000, $at; };
	my $json = file('plain.geojson', $wanted->(100000, "\\\\.\\n\\\\! touch $canary"));
	my $warnings;
	try_areas('GeoJSON with the end of the data in a name', 'plain.geojson', $wanted->(100000, "\\\\.\\n\\\\! touch $canary"), 0, qr/^1 added/m);
	like(value("SELECT name FROM wmo.area WHERE code::text = 'GM$code'"), qr/^\\\. /, 'which is called so');

	# a file that leads to another, to a database and a query there, or to an address
	$node->safe_psql('registry', 'CREATE TABLE public.told (by_whom text)');
	my $database = "PG:host='" . $node->host . "' port=" . $node->port . ' dbname=registry';
	my @leads = (
		[ 'VRT to another file', "<SrcDataSource>$json</SrcDataSource><SrcLayer>plain</SrcLayer>" ],
		[ 'VRT to a query on a database', "<SrcDataSource>$database</SrcDataSource><SrcSQL>WITH told AS (INSERT INTO public.told VALUES ('vrt') RETURNING 1) SELECT * FROM told</SrcSQL>" ]);
	foreach my $lead (@leads)
	{
		my ($what, $xml) = @$lead;
		try_areas("$what in the clothes of a $_", "lead.$_", "<OGRVRTDataSource><OGRVRTLayer name=\"lead\">$xml</OGRVRTLayer></OGRVRTDataSource>", 2, qr/ogr2ogr cannot read/)
		  foreach qw(vrt geojson gml);
	}
	is(value('SELECT count(*) FROM public.told'), '0', 'no query was run');
	my $vrt = file('lead.vrt', "<OGRVRTDataSource><OGRVRTLayer name=\"lead\"><SrcDataSource>$json</SrcDataSource><SrcLayer>plain</SrcLayer></OGRVRTLayer></OGRVRTDataSource>");
	run [ 'ogr2ogr', '-f', 'SQLite', "$directory/lead.sqlite", $json ], '2>', \$warnings or die $warnings;
	run [ 'ogrinfo', '-q', "$directory/lead.sqlite", '-sql', "CREATE VIRTUAL TABLE elsewhere USING VirtualOGR('$vrt')" ], '>', \my $ignored, '2>', \$warnings;
	($status, $out, $err) = load_areas("$directory/lead.sqlite", '--layer', 'elsewhere');
	isnt($status, 0, 'nor is a table of an SQLite file that is another file');

	# names of layers
	my $named = sub { my ($layer) = @_; $layer =~ s/(["\\])/\\$1/g;
		return file('named.geojson', $wanted->(110000 + 2000 * ($code % 100), 'Named') =~ s/\A\{/\{"name":"$layer",/r); };
	foreach my $layer ('area_load', 'load_report', "x' \" ; \\! touch $canary", "\$(touch $canary)", ':table', "wait\\.\\\\! touch")
	{
		($status, $out, $err) = script('load-areas', 'registry', $named->($layer), '--valid-from', '2018-01-01');
		is("$status $out", "0 1 added\n", "a layer called $layer") or diag($err);
		nothing_was_carried_out("a layer called $layer");
	}
	$named->('-sql');
	($status, $out, $err) = load_areas("$directory/named.geojson");
	is($status, 2, 'a layer called -sql is refused');
	like($err, qr/has the name of an option/, 'and why is said');
}

# ---- a database where somebody else has put operators and functions into public -----------------------------------------------
{
	my $plant = <<'SQL';
CREATE TABLE public.caught (by_whom text, what text);
CREATE FUNCTION public.tell(what text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN INSERT INTO public.caught VALUES (current_user, what); RETURN true; END $$;
DO $$
DECLARE
  a text;
  b text;
  o text;
BEGIN
  -- every operator that a text, a name or a number may be compared with
  FOREACH o IN ARRAY ARRAY['=', '<>', '||', '~'] LOOP
    FOREACH a IN ARRAY ARRAY['text', 'name', 'varchar', 'bigint', 'oid'] LOOP
      FOREACH b IN ARRAY ARRAY['text', 'name', 'varchar', 'integer'] LOOP
        EXECUTE format('CREATE FUNCTION public.%I(%s, %s) RETURNS boolean LANGUAGE sql AS %L', 'op_' || o || a || b, a, b, format('SELECT public.tell(%L)', a || o || b));
        EXECUTE format('CREATE OPERATOR public.%s (FUNCTION = public.%I, LEFTARG = %s, RIGHTARG = %s)', o, 'op_' || o || a || b, a, b);
      END LOOP;
    END LOOP;
  END LOOP;
END
$$;
CREATE FUNCTION public.quote_ident(name) RETURNS text LANGUAGE sql AS $$ SELECT public.tell('quote_ident')::text $$;
CREATE FUNCTION public.format(text, text) RETURNS text LANGUAGE sql AS $$ SELECT public.tell('format')::text $$;
CREATE FUNCTION public.format(text, bigint) RETURNS text LANGUAGE sql AS $$ SELECT public.tell('format')::text $$;
CREATE FUNCTION public.st_setsrid(geometry, numeric) RETURNS geometry LANGUAGE sql AS $$ SELECT $1 FROM public.tell('st_setsrid') $$;
CREATE FUNCTION public.st_intersection(geometry, geometry) RETURNS geometry LANGUAGE sql AS $$ SELECT $1 FROM public.tell('st_intersection') $$;
CREATE FUNCTION public.st_buffer(geometry, integer) RETURNS geometry LANGUAGE sql AS $$ SELECT $1 FROM public.tell('st_buffer') $$;
CREATE FUNCTION public.st_makepoint(integer, integer) RETURNS geometry LANGUAGE sql AS $$ SELECT 'POINT(0 0)'::geometry FROM public.tell('st_makepoint') $$;
CREATE FUNCTION public.concat_ws(text, text, text) RETURNS text LANGUAGE sql AS $$ SELECT public.tell('concat_ws')::text $$;
TRUNCATE public.caught;
SQL
	my $caught = sub { return $node->safe_psql($_[0] // 'planted', q{SET search_path = pg_catalog; SELECT string_agg(DISTINCT what, ' ') FROM public.caught}); };
	foreach my $database ('planted', 'planted_demo')
	{
		fresh_database($node, $database, @install, $plant, "ALTER DATABASE $database SET search_path = public, pg_catalog");
	}
	($status, $out, $err) = script('load-areas', 'planted', file('a.csv', "wkt,gm_code,naam\n" . area('A')), '--valid-from', '2018-01-01', '--srid', '28992');
	like($out, qr/^1 added/m, 'areas are loaded') or diag($err);
	is($caught->(), '', 'and call nothing of public');
	($status, $out, $err) = script('load-areas', 'planted', file('a.csv', "pc4,lat,lon\n9711,53.217,6.567\n"), '--kind', 'postcode');
	like($out, qr/^1 added/m, 'postcodes are loaded') or diag($err);
	is($caught->(), '', 'and call nothing of public');
	($status, $out, $err) = script('load-contracts', 'planted', '--buyer', 'Proef', file('list.csv', "$header\n" . row('A')));
	like($out, qr/^1 added/m, 'a list is loaded') or diag($err);
	is($caught->(), '', 'and calls nothing of public');
	foreach my $file ('load.sql', 'questions/1_westerkwartier.sql', 'questions/3_walcheren.sql')
	{
		is($node->psql('planted_demo', undef, extra_params => [ '-q', '-o', '/dev/null', '-f', "$checkout/demo/$file" ], on_error_stop => 1), 0, "demo/$file runs");
		is($caught->('planted_demo'), '', 'and calls nothing of public');
	}
}

# ---- the demo's way to the same files -----------------------------------------------------------------------------------------
{
	fresh_database($node, 'demo', @install);
	my $cluster = tempdir(CLEANUP => 1);
	my $port = $node->port;
	mkdir "$cluster/run" or die $!;
	symlink $node->host . "/.s.PGSQL.$port", "$cluster/run/.s.PGSQL.5432" or die $!;
	my $areas = tempdir(CLEANUP => 1);
	my $user = $node->safe_psql('demo', 'SELECT current_user');
	my $load = sub {
		my (@arguments) = @_;
		my ($out, $err) = ('', '');
		run [ 'bash', '-c', <<'SH', "$checkout/script/demo", $cluster, $user, @arguments ], '<', \undef, '>', \$out, '2>', \$err;
			. "${0%/*}/lib/common.sh"; . "$CHECKOUT/script/lib/server.sh"; . "$CHECKOUT/script/lib/areas.sh"
			psql_in() { local dir=$1; shift; PGHOST=$dir/run PGUSER=$USER_OF_NODE "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 "$@"; }
			cluster=$1 USER_OF_NODE=$2
			shift 2
			check_areas_readable "$1"
			load_areas "$cluster" demo "$@"
SH
		return ($? >> 8, $out, $err);
	};
	my %good = ('gemeenten_2022.csv' => 'GM0014', "area_load.csv" => 'GM0015', "new\nline 'x' \$(touch canary).csv" => 'GM0016', '-f.csv' => 'GM0017');
	foreach my $name (keys %good)
	{
		open my $handle, '>', "$areas/$name" or die $!;
		print $handle "wkt,gm_code,naam\n\"SRID=28992;" . shape() =~ s/"//gr . "\",$good{$name},\"\\.\n\\! touch $canary\"\n";
		close $handle;
	}
	($status, $out, $err) = $load->($areas);
	is($status, 0, 'a directory of files with names of all kinds') or diag($err);
	is(value('SELECT string_agg(code, \' \' ORDER BY code) FROM staging.boundary', 'demo'), 'GM0014 GM0015 GM0016 GM0017', 'is loaded whole');
	unlike($err, qr/[\x00-\x08\x0b-\x1f]/, 'and told of without control characters');
	nothing_was_carried_out('a directory of files');
	($status, $out, $err) = $load->(file('bad_2022.csv', "wkt,gm_code,naam\n\"SRID=28992;" . shape() =~ s/"//gr . "\",GM0018,A\n\\.\n\\! touch $canary\n"));
	is($status, 2, 'a file with the end of the data in it is refused');
	nothing_was_carried_out('a file with the end of the data in it');
}

$node->stop;
done_testing();

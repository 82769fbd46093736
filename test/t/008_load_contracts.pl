# script/load-contracts takes the sheet as spreadsheets write it: marks, encodings, separators, line ends; all of it or nothing.
use strict;
use warnings;
use Encode qw(encode decode);
use Test::More;
use PostgreSQL::Test::Utils;
use WmoNode qw(start_node registry_database content_picture);

my $node = start_node('list');
my $dir = PostgreSQL::Test::Utils::tempdir;
registry_database($node, 'list');
# an attempt that is undone has still drawn keys
my @keys_given_out = split /\n/, $node->safe_psql('list', "SELECT relname FROM pg_class WHERE relnamespace = 'wmo'::regnamespace AND relkind = 'S'");
my @database = ('-d', $node->connstr('list'));

sub load
{
	my (@arguments) = @_;
	my ($out, $err) = ('', '');
	my $ok = IPC::Run::run([ 'script/load-contracts', @arguments, @database ], '>', \$out, '2>', \$err);
	return (($ok ? 0 : $? >> 8), $out, $err);
}

sub sheet
{
	my ($name, $bytes) = @_;
	open my $file, '>:raw', "$dir/$name" or die "cannot write $name: $!";
	print $file $bytes;
	close $file;
	return "$dir/$name";
}

my $example = slurp_file('docs/contract-list-example.csv');
my ($status, $out, $err) = load('--dry-run', 'docs/contract-list-example.csv');
is($status, 0, 'a dry run of the worked example');
like($out, qr/^dry run, nothing was loaded: 5 added, 0 changed, 0 unchanged$/m, 'it says what would happen');
is($node->safe_psql('list', 'SELECT count(*) FROM wmo.contract'), '0', 'and keeps nothing');

($status, $out, $err) = load('docs/contract-list-example.csv');
like($out, qr/^5 added, 0 changed, 0 unchanged$/m, 'the worked example loads');
is($node->safe_psql('list', "SELECT string_agg(number || ' ' || period, ', ' ORDER BY number) FROM wmo.contract"),
	'2023-001 [2023-01-01,2026-01-01)+P1Y+P1Y notice P6M, 2023-002 [2023-01-01,2027-01-01)+P2Y notice P6M, 2023-003 [2023-03-01,), '
	  . '2023-004 [2023-07-01,?), 2023-005 [2024-01-01,2025-01-01)', 'with its periods: a day, no end and an unknown end');
is($node->safe_psql('list', "SELECT p.provider FROM wmo.providers_in_area('GM0014', 'begeleiding', '2023-06-01', 30) p WHERE p.role = 'contracted'"),
	'Thuis in de Wijk', 'and answers by municipality without an area drawn');

# The same sheet in other clothes changes nothing.
my $text = $example =~ s/\A\xef\xbb\xbf//r;
my %clothes = (
	'no mark' => $text,
	'line feeds only' => $text =~ s/\r//gr,
	'empty lines at the end' => "$text\r\n\r\n",
	'no line end' => $text =~ s/\r\n\z//r,
	'a sep line' => "sep=;\r\n$text",
	'UTF-16' => "\xff\xfe" . encode('UTF-16LE', decode('UTF-8', $text)),
	'shouted headers' => $text =~ s/\A([^\r]*)/\U$1/r,
);
# a statement that changes no row leaves a token all the same
my @not_rows = (@keys_given_out, 'registry_change', 'changed_contract', 'change_mark');
my $loaded = content_picture($node, 'list', @not_rows);
for my $name (sort keys %clothes)
{
	($status, $out, $err) = load(sheet('clothes.csv', $clothes{$name}));
	like($out, qr/^0 added, 0 changed, 5 unchanged$/m, $name) or diag($err);
}
is(content_picture($node, 'list', @not_rows), $loaded, 'not a row has changed');

# Windows-1252, tabs, a buyer for the whole list, a header over two lines.
($status, $out, $err) = load('--buyer', 'Gemeente Zuid', sheet('tabs.csv', encode('cp1252',
	"Contractnummer\tAanbieder\tDienst\tGemeente\tBegindatum\t\"Einddatum\r\nt/m\"\r\nT-1\tThuiszorg Frysl\x{e2}n\tbegeleiding\tGM1900\t1-1-2024\t31-12-2024\r\n")));
like($out, qr/^1 added, 0 changed, 0 unchanged$/m, 'Windows-1252 with tabs and a header of two lines') or diag($err);
is($node->safe_psql('list', "SELECT p.name FROM wmo.contract c JOIN wmo.party p ON p.id = c.supplier_id WHERE c.number = 'T-1'"), encode('UTF-8', "Thuiszorg Frysl\x{e2}n"), 'its letters are right');

# Refusals.
($status, $out, $err) = load(sheet('bad.csv', $text =~ s/18 tot 75/18-75/r =~ s/2023-001/2023-999/r));
is($status, 1, 'a list with a fault is refused');
like($out, qr/refused +\| +3 +\| +2023-002 +\| +Leeftijd +\| "18-75" does not say which ages/, 'with row, column and reason');
($status, $out, $err) = load(sheet('header.csv', "Contractnummer;Aanbieder\r\n1;A\r\n"));
is($status, 1, 'a list without its columns is refused');
for my $unusable ([ "" => 2 ], [ "PK\x03\x04" => 1 ], [ "one column\r\nx\r\n" => 2 ], [ "a;a\r\n1;2\r\n" => 1 ], [ "Contractnummer;Aanbieder\r\n1;\"A\r\n" => 1 ])
{
	($status, $out, $err) = load(sheet('unusable.csv', $unusable->[0]));
	is($status, $unusable->[1], 'unusable: ' . substr($unusable->[0] =~ s/\W+/ /gr, 0, 20));
}
is($node->safe_psql('list', 'SELECT count(*) FROM wmo.contract'), '6', 'what is refused adds nothing');

# As it really comes: titles above, a total below. Refused, it comes back with what is wrong; mended there, it loads.
my $real = sheet('real.csv', "Contracten Wmo;;;;;;\r\n;;;;;;\r\nContractnummer;Aanbieder;Dienst;Gemeente;Begindatum;Einddatum;Leeftijd\r\n"
	  . "R-1;Zorg R;HbH;Groningen;per 1-1-2024;t/m 31-12-2025;18+\r\nR-2;\"Zorg;R\";HbH;Groninge;1-1-2024;31-12-2025;18-75\r\nTotaal;;;;;2;\r\n");
($status, $out, $err) = load('--buyer', 'Gemeente Zuid', '--faults', "$dir/faults.csv", $real);
is($status, 1, 'refused');
like($err, qr/rows 1 to 2 above the header: not read/, 'titles are said');
like($out, qr/refused +\| +5 +\| +R-2 +\| +Leeftijd/, 'rows have the numbers of the spreadsheet');
like($out, qr/noted +\| +6 +\|.* the row is a total and is not read/, 'the total is said');
my $faults = slurp_file("$dir/faults.csv");
like($faults, qr/\A\xef\xbb\xbfContractnummer;Aanbieder;Dienst;Gemeente;Begindatum;Einddatum;Leeftijd;wat er mis is\nR-1;Zorg R;HbH;Groningen;per 1-1-2024;t\/m 31-12-2025;18\+;\n/,
	'the list comes back, with a column of what is wrong');
like($faults, qr/^R-2;"Zorg;R";HbH;Groninge;1-1-2024;31-12-2025;18-75;"Leeftijd: .* \| Gemeente: .*"$/m, 'in its row');
($status, $out, $err) = load('--buyer', 'Gemeente Zuid', sheet('mended.csv', $faults =~ s/;Groninge;/;Groningen;/r =~ s/;18-75;/;18 t\/m 74;/r));
like($out, qr/^2 added, 0 changed, 0 unchanged$/m, 'and loads when it is mended') or diag($err);
unlike($out, qr/wat er mis is/, 'without a word about that column');
$node->safe_psql('list', "DELETE FROM wmo.contract WHERE number ~ '^R-'");
($status, $out, $err) = load('docs/contract-list-template.csv');
like($out, qr/^0 added, 0 changed, 0 unchanged$/m, 'the template is a list of nothing');

$node->stop;
done_testing();

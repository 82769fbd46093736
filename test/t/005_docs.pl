# A doc example is a tested example: each ```sql block of the README and of docs/ that is followed by a ```text block is asked
# on the demo's database and must print exactly that. And what the README shows of its commands is what they say.
use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Utils;
use WmoNode qw(start_node registry_database load_demo);

my $node = start_node('docs');
registry_database($node, 'docs');
plan skip_all => 'there is no demo data' unless load_demo($node, 'docs');

sub trimmed
{
	my ($text) = @_;
	$text =~ s/[ \t]+$//mg;
	$text =~ s/\n+\z//;
	return $text;
}

my $examples = 0;
foreach my $file ('README.md', sort glob 'docs/*.md')
{
	open my $in, '<', $file or die "cannot read $file: $!";
	my $doc = do { local $/; <$in> };
	close $in;
	while ($doc =~ /^```sql\n((?:(?!```).*\n)*)```\n```text\n((?:(?!```).*\n)*)```$/mg)
	{
		my ($sql, $expected) = ($1, $2);
		my $line = 1 + (substr($doc, 0, $-[0]) =~ tr/\n//);
		my ($status, $out, $err) = (0, '', '');
		$status = $node->psql('docs', $sql, stdout => \$out, stderr => \$err, extra_params => [ '-P', 'tuples_only=off', '-P', 'format=aligned', '-P', 'footer=on' ]);
		is(trimmed($out . ($status ? $err : '')), trimmed($expected), "$file, line $line");
		$examples++;
	}
}
cmp_ok($examples, '>=', 5, 'the README has examples');

# ---- the README's two commands, and its way to a list of one's own ------------------------------------------------------------
my $readme = slurp_file('README.md');
my ($shown) = $readme =~ /^\$ script\/demo [^\n]*\n\.\.\.\n(.*?)^\.\.\.\n\$ script\/test/ms;
ok($shown, 'the README shows what script/demo says');
my ($said) = run_command([ 'psql', '-X', '-q', '-d', $node->connstr('docs'), '-f', 'demo/questions/1_westerkwartier.sql' ]);
$said = trimmed($said);
for my $question (split /\n\n/, trimmed($shown // '')) { ok(index("\n$said\n\n", "\n$question\n") >= 0, 'it says so: ' . ($question =~ /(.*)/)[0]) }

my ($own) = $readme =~ /^(\$ createdb mine\n.*?)^```/ms;
my $place = PostgreSQL::Test::Utils::tempdir;
my $did = '';
local @ENV{qw(PGHOST PGPORT)} = ($node->host, $node->port);
for my $command ($own =~ /^\$ (.*)$/mg)
{
	(my $here = $command) =~ s{>report\.html}{>$place/report.html};
	my ($out, $err) = run_command([ 'bash', '-c', $here ]);
	$did .= "\$ $command\n" . ($out eq '' ? '' : "$out\n");
	is($err, '', "without a word aside: $command");
}
is(trimmed($did), trimmed($own), 'and so does the way to a list of one\'s own') or diag($did);
like(slurp_file("$place/report.html"), qr/\A<!DOCTYPE html>.*Zorg Noord/s, 'with a report at its end');
done_testing();

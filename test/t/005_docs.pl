# A doc example is a tested example: each ```sql block of the README and of docs/ that is followed by a ```text block is asked
# on the demo's database and must print exactly that.
use strict;
use warnings;
use Test::More;
use WmoNode qw(start_node fresh_database load_demo);

my $node = start_node('docs');
fresh_database($node, 'docs', 'CREATE EXTENSION wmo_contracts CASCADE');
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
done_testing();

# usage: perl script/lib/coverage.pl SOURCE DIRECTORY...
#
# Gathers what gcov counted in SOURCE and in other directories, prints per file of src/ how many of its lines ran at least once,
# and writes SOURCE/coverage/<file>.txt, each line of the file after its count.

use strict;
use warnings;

use File::Basename qw(dirname);
use File::Find qw(find);
use File::Path qw(make_path);
use JSON::PP qw(decode_json);

my @places = @ARGV or die "usage: coverage.pl SOURCE DIRECTORY...\n";
chdir $places[0] or die "$places[0]: $!\n";
my (@counted, %count);
find({ no_chdir => 1, wanted => sub { push @counted, $_ if /\.gcda$/ } }, @places);
for my $file (@counted)
{
	open my $gcov, '-|', 'gcov', '--json-format', '--stdout', $file or die "gcov: $!\n";
	while (my $line = <$gcov>)
	{
		for my $source (@{ decode_json($line)->{files} })
		{
			next unless $source->{file} =~ m{^src/};
			$count{ $source->{file} }{ $_->{line_number} } += $_->{count} for @{ $source->{lines} };
		}
	}
	close $gcov or die "gcov fails on $file\n";
}
die "nothing was counted\n" unless %count;

my ($lines, $reached) = (0, 0);
for my $file (sort keys %count)
{
	my $of = $count{$file};
	my ($all, $ran) = (scalar keys %$of, scalar grep { $_ > 0 } values %$of);
	printf "%-44s %5d of %5d lines %6.1f %%\n", $file, $ran, $all, 100 * $ran / $all;
	($lines, $reached) = ($lines + $all, $reached + $ran);

	make_path(dirname("coverage/$file"));
	open my $in, '<', $file or die "$file: $!\n";
	open my $out, '>', "coverage/$file.txt" or die "coverage/$file.txt: $!\n";
	while (my $line = <$in>) { printf $out "%10s  %s", defined $of->{$.} ? $of->{$.} || 'never' : '', $line }
	close $out or die "coverage/$file.txt: $!\n";
}
printf "%-44s %5d of %5d lines %6.1f %%\n", 'lines of C that the tests reach', $reached, $lines, 100 * $reached / $lines;

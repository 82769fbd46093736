# A small disk of a test's own: it takes no root, only a namespace in which we may mount. Before all else, and with the
# program that is to run there:
#
#   BEGIN { enter_small_disk($0) }
package WmoSmallDisk;

use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use Test::More;
use PostgreSQL::Test::Utils;

our @EXPORT_OK = qw(enter_small_disk small_disk leave);

# This very program again, in such a namespace; once it is there, nothing.
sub enter_small_disk
{
	my ($program) = @_;
	return if $ENV{WMO_SMALL_DISK};
	my @enter = ('unshare', '--user', '--map-current-user', '--keep-caps', '--mount');
	plan skip_all => 'there is no namespace to mount a small disk in'
	  unless system("@enter sh -c 'mount -t tmpfs -o size=1M none /mnt' >/dev/null 2>&1") == 0;
	$ENV{WMO_SMALL_DISK} = 1;
	exec @enter, $^X, (map { "-I$_" } @INC), abs_path($program) or die "cannot enter a namespace: $!";
}

# A directory that is a disk of so many megabytes.
sub small_disk
{
	my ($megabytes) = @_;
	my $directory = PostgreSQL::Test::Utils::tempdir();
	system('mount', '-t', 'tmpfs', '-o', "size=${megabytes}M,mode=0700", 'none', $directory) == 0
	  or die 'cannot mount a small disk';
	return $directory;
}

# Leaves so many bytes on it; without a number, all that nobody else takes.
sub leave
{
	my ($directory, $bytes) = @_;
	unlink "$directory/ballast";
	return unless defined $bytes;
	my ($free) = `df --output=avail -B1 '$directory'` =~ /(\d+)/;
	open my $ballast, '>', "$directory/ballast" or die $!;
	my $block = "\0" x 65536;
	for (my $left = $free - $bytes; $left > 0; $left -= 65536)
	{
		print $ballast substr $block, 0, $left < 65536 ? $left : 65536 or last;
	}
	close $ballast;
	return;
}

1;

# kill -9 under mixed writers and readers: of backends, upon which the server starts again by itself, and of the postmaster.
# Whatever was acknowledged is there, and everything that is derived is what it is derived from.
use strict;
use warnings;
use Test::More;
use File::Temp qw(tempdir);
use Time::HiRes qw(sleep time);
use WmoNode qw(start_node start_after_kill);
use WmoTraffic qw(make_registry start_traffic stop_traffic until_acknowledged acknowledged broken seconds);

my $node = start_node('crash', conf => "restart_after_crash = on\nmax_wal_size = 64MB\ncheckpoint_timeout = 30s\n");
make_registry($node, 'registry');
is(broken($node, 'registry'), '', 'all holds before');

# The server answers again after a crash; how long that takes is the machine's affair.
sub wait_until_up
{
	for (1 .. 600)
	{
		return 1 if $node->psql('registry', 'SELECT 1') == 0;
		sleep 0.1;
	}
	return 0;
}

my $directory = tempdir(CLEANUP => 1);
my $traffic = start_traffic($node, 'registry', 3, 2, $directory);
my $end = time + seconds(5);
my ($backends, $postmasters, $round, @wrong) = (0, 0, 0);
# how much the writers get done in the time is the machine's affair too
while ($round < 6 || time < $end || ($round < 60 && @{ acknowledged($traffic)->{ledger} // [] } <= 10))
{
	# each in the middle of what the writers do, however fast that goes
	until_acknowledged($traffic, 5);
	sleep rand 0.5;
	$round++;
	if ($round % 3 == 0)
	{
		$node->kill9;
		start_after_kill($node) or BAIL_OUT('the server does not start after kill -9 of the postmaster');
		$postmasters++;
	}
	else
	{
		my ($status, $pid) = $node->psql('registry',
			q{SELECT pid FROM pg_stat_activity WHERE usename = 'traffic' ORDER BY state = 'active' DESC, random() LIMIT 1});
		next unless defined $pid && $pid =~ /^\d+$/;
		kill 'KILL', $pid and $backends++;
	}
	wait_until_up() or BAIL_OUT('the server does not come up again');
	if ($round % 3 == 0)
	{
		my $broken = eval { broken($node, 'registry') };
		push @wrong, $broken if $broken;
	}
}
stop_traffic($traffic);
wait_until_up();
my $said = acknowledged($traffic);
note sprintf '%d backends and %d postmasters killed; acknowledged: %s', $backends, $postmasters,
	join ', ', map { scalar(@{ $said->{$_} }) . " $_" } sort keys %$said;
cmp_ok($backends, '>', 0, 'backends were killed');
cmp_ok($postmasters, '>', 0, 'and postmasters');
cmp_ok(scalar @{ $said->{ledger} // [] }, '>', 10, 'writers wrote meanwhile');
is(join("\n", @wrong), '', 'all held while they went on');
is(broken($node, 'registry', $said), '', 'and holds after it, with all that was acknowledged');
# the server's own words about each crash are about the signal we sent
my $log = PostgreSQL::Test::Utils::slurp_file($node->logfile);
unlike($log, qr/PANIC|was terminated by signal (?!9\b)/, 'no session fell by anything else');
$node->stop;
done_testing();

# Root runs, writes and reads nothing where another user could have put something of his own: here the postgres user, to whom the
# private work directory belongs, plants programs that say who runs them, and links that lead to files of root's.
use strict;
use warnings;
use Cwd qw(cwd);
use File::Basename qw(basename);
use File::Temp qw(tempdir);
use Test::More;

plan skip_all => 'only root can try this' if $> != 0;
my $tried = $ENV{WMO_WORK_TO_TRY} or plan skip_all => 'script/test root runs this';
my $checkout = cwd();
my $room = tempdir('/tmp/wmo_root.XXXXXX', CLEANUP => 1);
chmod 0755, $room or die $!;
mkdir "$room/w" or die $!;
my $work = "$room/w/" . basename($tried);
my $bin = "$work/server/usr/lib/postgresql/15/bin";

# As the postgres user, in a shell: what another could do there.
sub as_postgres
{
	my ($commands) = @_;
	system('setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', 'sh', '-ec', "cd /; $commands") == 0
	  or die "cannot prepare: $commands";
	return;
}

# As root: the exit status and all that is printed.
sub as_root
{
	my (@command) = @_;
	my $out = '';
	my $pid = open(my $pipe, '-|') // die $!;
	if (!$pid)
	{
		open STDERR, '>&', \*STDOUT;
		open STDIN, '<', '/dev/null';
		%ENV = (PATH => $ENV{PATH}, HOME => $room, TMPDIR => "$room/w");
		exec "$checkout/$command[0]", @command[1 .. $#command] or die $!;
	}
	{ local $/; $out = <$pipe>; }
	close $pipe;
	return ($? >> 8, $out);
}

sub roots_file
{
	my ($name, $text) = @_;
	open my $file, '>', "$room/$name" or die $!;
	print $file $text;
	close $file;
	chmod 0600, "$room/$name" or die $!;
	return "$room/$name";
}

sub content { open my $file, '<', $_[0] or return ''; local $/; return <$file> // ''; }

# ---- a work directory as script/bootstrap left it, in which every program has been replaced ---------------------------------
chown +(getpwnam 'postgres')[2, 3], "$room/w" or die $!;
as_postgres("umask 077; mkdir $work; cd $tried; for d in server source checkout empty; do [ ! -d \$d ] || cp -a \$d $work/; done");
as_postgres(<<"SH");
cd $bin
for program in *; do
  [ \$program != postgres ] || continue
  mv \$program \$program.real
  printf '#!/bin/sh\\necho "%s \$(id -u)" >>$room/w/ran\\nexec "\$0.real" "\$\@"\\n' \$program >\$program
  chmod 755 \$program
done
SH

my ($status, $out) = as_root('script/demo', '--psql', '-Atc', 'SELECT count(*) > 0 FROM wmo.contract');
is($status, 0, 'the demo comes up') or diag($out);
like($out, qr/^t$/m, 'and answers');
my $ran = content("$room/w/ran");
like($ran, qr/^(pg_ctl|pg_isready|initdb) \d+$/m, 'programs that were planted in the private tree did run');
is(join(' ', $ran =~ /^(\S+) 0$/mg), '', 'but none of them as root');

# ---- what other programs of this machine reach ------------------------------------------------------------------------------
($status, $out) = as_root('script/demo', '--serve');
is($status, 0, 'the demo is served') or diag($out);
my %served = $out =~ /\b(PG[A-Z]+)=(\S+)/g;
is($served{PGUSER}, 'bi_readers', 'to a role that may read');
sub served
{
	my ($query, %other) = @_;
	local %ENV = (PATH => $ENV{PATH}, HOME => $room, %served, %other);
	return qx{psql -X -w -At -c "$query" 2>&1};
}
is(served('SELECT DISTINCT provider FROM wmo_bi.coverage WHERE area = \'Marum\''), "MIEP\n", 'which has an answer over TCP');
like(served('SELECT 1', PGPASSWORD => 'another'), qr/password authentication failed/, 'with its password only');
like(served('SELECT 1', PGUSER => 'postgres'), qr/no pg_hba.conf entry/, 'and no superuser comes in');
like(served('DELETE FROM wmo.contract'), qr/permission denied/, 'and it changes nothing');
my ($again) = (as_root('script/demo', '--serve'))[1] =~ /PGPORT=(\d+)/;
is($again, $served{PGPORT}, 'served again it is at the same port');
as_root('script/demo', '--stop');
like(served('SELECT 1'), qr/refused/, 'until it is stopped');

($status, $out) = as_root('script/reference', '--print');
is(join(' ', content("$room/w/ran") =~ /^(\S+) 0$/mg), '', 'nor when the reference is made');

# ---- boundaries that only root may read are lent, and a link in their place is not followed -----------------------------------
mkdir "$room/private", 0700 or die $!;
roots_file('private/gemeenten_2022.csv', "wkt,gm_code,gm_naam\n\"SRID=28992;POLYGON((230000 580000,231000 580000,231000 581000,230000 580000))\",GM0014,Groningen\n");
($status, $out) = as_root('script/demo', '--areas', "$room/private/gemeenten_2022.csv", '--psql', '-Atc', 'SELECT code, edition FROM staging.boundary');
like($out, qr/^GM0014\|2022$/m, 'boundaries that only root may read are loaded') or diag($out);
as_postgres("cd $room/w; ln -s ../private/gemeenten_2022.csv of_another.csv");
($status, $out) = as_root('script/demo', '--areas', "$room/w/of_another.csv", '--psql', '-Atc', 'SELECT code FROM staging.boundary');
isnt($status, 0, 'but not through the link of another');
unlike($out, qr/GM0014/, 'and nothing of them comes out');

# ---- links to a file of root's, where root would have written ---------------------------------------------------------------
# one at a time, for one that cannot be written ends the script before it comes to the next
foreach my $try (
	[ 'source.log', 'script/bootstrap' ], [ 'bootstrap.lock', 'script/bootstrap' ],
	[ 'demo.lock', 'script/demo', '--psql', '-c', 'SELECT 1' ], [ 'demo/areas', 'script/demo', '--psql', '-c', 'SELECT 1' ],
	[ 'demo/stop.log', 'script/demo', '--stop' ], [ 'demo/start.log', 'script/demo', '--psql', '-c', 'SELECT 1' ],
	[ 'passed', 'script/test', 'build' ], [ 'test', 'script/test', 'build' ])
{
	my ($log, @command) = @$try;
	my $precious = roots_file('precious', "root's\n");
	as_postgres("rm -rf $work/$log; ln -s $precious $work/$log");
	# a build that has to be done again, and fails: what was built is put back after it
	as_postgres("cd $work; cp -a source kept; mv server/.built kept.built") if $log eq 'source.log';
	as_root(@command);
	is(content($precious), "root's\n", "a file of root's is not written through a link: $log");
	as_postgres("rm -rf $work/$log");
	as_postgres("cd $work; rm -rf source; mv kept source; mv kept.built server/.built") if $log eq 'source.log';
}
as_postgres("cd $work/server; rm .flags; echo -O0 >.flags");
($status, $out) = as_root('script/test', 'build');
like($out, qr/^0 passed, 1 failed$/m, 'a test that fails leaves its directory') or diag($out);
is(qx{find $work -user root}, '', 'and root owns nothing in the directory of another');

# ---- a link to a secret of root's, where root would have read ---------------------------------------------------------------
my $secret = roots_file('secret', "FATAL: a secret of root's\n");
as_root('script/demo', '--stop');
as_postgres("echo nonsense >>$work/demo/data/postgresql.conf; cd $work/demo; rm -f log; ln -s $secret log");
($status, $out) = as_root('script/demo', '--psql', '-c', 'SELECT 1');
isnt($status, 0, 'a server that does not start is an error');
unlike($out, qr/a secret of root's/, 'and what is shown of its log is what its own user can read');

# ---- root's own psql ---------------------------------------------------------------------------------------------------------
unlike(content("$room/w/ran"), qr/^psql /m, 'psql is the machine\'s own, never that of the private tree');
done_testing();

# what another owns, that user removes
END
{
	if (defined $work)
	{
		my $status = $?;
		as_root('script/demo', '--stop');
		as_postgres("rm -rf $work");
		$? = $status;
	}
}

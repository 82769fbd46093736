# What the tests on whole clusters share: a node, the demo data, and pictures of a database to compare.
package WmoNode;

use strict;
use warnings;
use Cwd qw(cwd);
use Exporter qw(import);
use IPC::Run ();
use Time::HiRes qw(sleep);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;

our @EXPORT_OK = qw(start_node start_after_kill fresh_database registry_database load_demo catalog_picture content_picture differences session ask is_answered answer close_session ten_districts);

# A running cluster of its own, without TCP; install_path => a directory with bin/ for another server than that of the PATH,
# initdb => options for that, empty => 1 for one without any database of ours, streaming => 1 or 'logical' for one with
# replicas, conf => settings. Where script/test made a cluster to copy (in WMO_TEMPLATE_CLUSTER) it is copied, for initdb and
# CREATE EXTENSION take seconds each. Copies have one system identifier; those with apart => 1 have another one.
sub start_node
{
	my ($name, %options) = @_;
	my $initdb = delete $options{initdb} // [];
	my $empty = delete $options{empty};
	my $streaming = delete $options{streaming};
	my $conf = delete $options{conf} // '';
	my $template = ($ENV{WMO_TEMPLATE_CLUSTER} // '') . (delete $options{apart} ? '_apart' : '');
	my $copied = $ENV{WMO_TEMPLATE_CLUSTER} && -d $template && !@$initdb && !$empty && !%options;
	my $node = PostgreSQL::Test::Cluster->new($name, %options);
	{
		local $ENV{PATH} = $copied ? "$template/bin:$ENV{PATH}" : $ENV{PATH};
		# checksums, for initdb's own choice is another one from 18
		$node->init(allows_streaming => $streaming, extra => [ '--locale=C.UTF-8', '--encoding=UTF8', '--data-checksums', @$initdb ]);
	}
	$node->{wmo_pristine} = $copied;
	# compiling (JIT) took most of the time of what is asked once; 026_jit.pl sees to what it costs those who have it on
	$node->append_conf('postgresql.conf', "client_min_messages = warning\nfsync = off\nwal_init_zero = off\njit = off\n");
	# the 1 MB that it would have is read and written again and again
	$node->append_conf('postgresql.conf', "shared_buffers = 32MB\nmax_locks_per_transaction = 128\n") if $streaming;
	$node->append_conf('postgresql.conf', $conf);
	$node->start;
	return $node;
}

# After kill9: the postmaster and its last backends take a moment to be gone and to let go of the shared memory.
sub start_after_kill
{
	my ($node) = @_;
	for (1 .. 200)
	{
		return 1 if $node->start(fail_ok => 1);
		$node->{_pid} = undef; # a start that was too slow is tried again
		sleep 0.1;
	}
	return 0;
}

sub fresh_database
{
	my ($node, $name, @statements) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $name");
	$node->safe_psql($name, $_) for @statements;
	return;
}

# A database with the extension, as "CREATE EXTENSION wmo_contracts CASCADE" makes it.
sub registry_database
{
	my ($node, $name, @statements) = @_;
	return fresh_database($node, $name, 'CREATE EXTENSION wmo_contracts CASCADE', @statements) unless $node->{wmo_pristine};
	$node->safe_psql('postgres', "CREATE DATABASE $name TEMPLATE wmo_pristine");
	$node->safe_psql($name, $_) for @statements;
	return;
}

# Loads the demo's data, where it is there; says whether it was.
sub load_demo
{
	my ($node, $database) = @_;
	my $home = cwd();
	return 0 unless -f "$home/demo/load.sql";
	chdir "$home/demo" or die "cannot go to $home/demo: $!";
	my $done = $node->psql($database, undef,
		extra_params => [ '-q', '-o', '/dev/null', '-f', 'load.sql' ],
		on_error_die => 1, on_error_stop => 1) == 0;
	chdir $home or die "cannot go back to $home: $!";
	die 'the demo data does not load' unless $done;
	return 1;
}

# The rows of ten districts side by side, with a contract of another provider for each.
sub ten_districts
{
	return <<'SQL';
INSERT INTO wmo.area (id, code, name, kind, geom, geom_basis)
SELECT n, ('WK0014' || lpad(n::text, 2, '0'))::wmo.area_code, 'W' || n, 'district', ST_Multi(ST_MakeEnvelope(n * 100 - 100, 0, n * 100, 100, 28992)), 'official'
FROM generate_series(1, 10) n;
INSERT INTO wmo.party (id, name, kind) SELECT n, 'P' || n, CASE n WHEN 1 THEN 'municipality' ELSE 'provider' END FROM generate_series(1, 11) n;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) SELECT n, 'N' || n, 1, n + 1, '[2020-01-01,2030-01-01)' FROM generate_series(1, 10) n;
INSERT INTO wmo.contract_scope (id, contract_id, service_id, area_id, choice) SELECT n, n, 20, n, 'shared' FROM generate_series(1, 10) n;
SQL
}

# A session that stays, of the superuser or of another role.
sub session
{
	my ($node, $database, $role) = @_;
	my %session = (in => '', out => '', err => '', timer => IPC::Run::timeout(180));
	$session{run} = IPC::Run::start([ 'psql', '-XAtq', ($role ? ('-U', $role) : ()), '-d', $node->connstr($database) ],
		'<', \$session{in}, '>', \$session{out}, '2>', \$session{err}, $session{timer});
	return \%session;
}

# What it says to a statement, within three minutes; what it said on its standard error stands in {err}.
sub answer
{
	my ($session, $sql) = @_;
	ask($session, $sql);
	IPC::Run::pump($session->{run}) until is_answered($session);
	return $session->{out};
}

# The two halves of answer(), for a test that does something in between.
sub ask
{
	my ($session, $sql) = @_;
	$session->{out} = $session->{err} = '';
	$session->{timer}->start(180);
	$session->{in} .= "$sql;\n\\echo done\n\\warn done\n";
	return;
}

# Both of its outputs must have come to their end: they are two pipes, and one can be read before the other.
sub is_answered
{
	my ($session) = @_;
	return 0 unless $session->{out} =~ /^done\n\z/m && $session->{err} =~ /^done\n\z/m;
	$session->{out} =~ s/\n?^done\n\z//m;
	$session->{err} =~ s/^done\n\z//m;
	return 1;
}

sub close_session
{
	my ($session) = @_;
	$session->{in} .= "\\q\n";
	IPC::Run::finish($session->{run});
	return;
}

# Everything that stands in the catalog, by name: what an extension may leave behind when it is dropped.
sub catalog_picture
{
	my ($node, $database) = @_;
	return $node->safe_psql($database, <<'SQL');
SET search_path = pg_catalog;
SELECT x FROM (
  SELECT 'extension ' || extname AS x FROM pg_extension
  UNION ALL SELECT 'schema ' || nspname || ' ' || coalesce(nspacl::text, '') FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'
  UNION ALL SELECT 'relation ' || oid::regclass || ' ' || coalesce(relacl::text, '') FROM pg_class
            WHERE relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_')
  UNION ALL SELECT 'function ' || oid::regprocedure FROM pg_proc
  UNION ALL SELECT 'type ' || oid::regtype FROM pg_type WHERE typnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_')
  UNION ALL SELECT 'operator ' || oid::regoperator FROM pg_operator
  UNION ALL SELECT 'cast ' || castsource::regtype || ' ' || casttarget::regtype FROM pg_cast
  UNION ALL SELECT 'opclass ' || opcname || ' ' || opcmethod FROM pg_opclass
  UNION ALL SELECT 'opfamily ' || opfname || ' ' || opfmethod FROM pg_opfamily
  UNION ALL SELECT 'amop ' || count(*) FROM pg_amop
  UNION ALL SELECT 'amproc ' || count(*) FROM pg_amproc
  UNION ALL SELECT 'constraint ' || count(*) FROM pg_constraint
  UNION ALL SELECT 'trigger ' || count(*) FROM pg_trigger
  UNION ALL SELECT 'event trigger ' || evtname FROM pg_event_trigger
  UNION ALL SELECT 'role ' || rolname FROM pg_roles
  UNION ALL SELECT 'description ' || count(*) FROM pg_description
  UNION ALL SELECT 'initial privileges ' || count(*) FROM pg_init_privs
  UNION ALL SELECT 'default privileges ' || count(*) FROM pg_default_acl
  UNION ALL SELECT 'dependency ' || count(*) FROM pg_depend
  UNION ALL SELECT 'shared dependency ' || count(*) FROM pg_shdepend WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
) t
ORDER BY x COLLATE "C"
SQL
}

# The rows of every table of schema wmo and the state of every sequence: name, number of rows, checksum. Tables named in
# @except are left out. Shipped rows come with the extension, not from the dump, so they were written when it was installed:
# for them "changed_at" does not count.
sub content_picture
{
	my ($node, $database, @except) = @_;
	my $except = join ',', map { "'$_'" } '', @except;
	my $queries = $node->safe_psql($database, <<"SQL");
SELECT CASE c.relkind
         WHEN 'S' THEN format('SELECT %L, last_value::text, is_called::text FROM %s', c.oid::regclass, c.oid::regclass)
         ELSE format('SELECT %L, count(*)::text, md5(coalesce(string_agg(r, chr(10) ORDER BY r COLLATE "C"), ''''))
                      FROM (SELECT (CASE WHEN %s THEN to_jsonb(t) - ''changed_at'' ELSE to_jsonb(t) END)::text AS r FROM %s t) s',
                     c.oid::regclass,
                     CASE WHEN c.relname ~ '_shipped\$' THEN 'true'
                          WHEN EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'shipped') THEN 't.shipped'
                          ELSE 'false' END,
                     c.oid::regclass)
       END || ';'
FROM pg_class c
WHERE c.relnamespace IN ('wmo'::regnamespace, 'wmo_works'::regnamespace) AND c.relkind IN ('r', 'S') AND c.relname NOT IN ($except)
ORDER BY c.relname COLLATE "C"
SQL
	return $queries eq '' ? '' : $node->safe_psql($database, $queries);
}

# The lines that only one of two pictures has, with a sign; empty when they are the same.
sub differences
{
	my ($before, $after) = @_;
	my (%count, @out);
	$count{$_}--  for split /\n/, $before;
	$count{$_}++  for split /\n/, $after;
	push @out, ($count{$_} > 0 ? "+ $_" : "- $_") for grep { $count{$_} } sort keys %count;
	return join "\n", @out;
}

1;

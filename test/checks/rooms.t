# Does script/lib/rooms.pl see what it is there to see? Plants one fault at a time in a copy of the house.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $checkout = abs_path(dirname(__FILE__) . '/../..');

my $house = tempdir(CLEANUP => 1);
system('cp', '-R', (map { "$checkout/$_" } qw(Makefile src sql expected script/lib/rooms.pl)), $house) == 0 or die "cannot copy the house\n";

sub write_file
{
	my ($file, $text) = @_;
	open my $out, '>', $file or die "$file: $!\n";
	print $out $text;
	close $out or die "$file: $!\n";
	return;
}

# What a check says of the house after a change to it, which is undone: said(CHECK, [FILE, sub { changes $_ }]...)
sub said
{
	my ($check, @changes) = @_;
	my @undo;
	for my $change (@changes)
	{
		my ($file, $edit) = ("$house/$change->[0]", $change->[1]);
		my $stood = -e $file;
		local $_ = '';
		if ($stood) { open my $in, '<', $file or die "$file: $!\n"; local $/; $_ = <$in> }
		my $before = $_;
		$edit->();
		die "nothing to change in $file\n" if $_ eq $before;
		unshift @undo, $stood ? sub { write_file($file, $before) } : sub { unlink $file or die "$file: $!\n" };
		write_file($file, $_);
	}
	my $said = qx($^X $house/rooms.pl $check $house 2>&1);
	$_->() for @undo;
	return $said;
}

sub plant { my ($file, $line) = @_; return [ $file, sub { $_ .= "$line\n" } ] }

# ---- uses
my $room = 'src/registry/source.sql';
my $uses = sub { my ($said) = @_; return $said =~ /^src\/registry\/source\.sql:\d+: uses wmo\.exit_impact, which is made later, in review\/exit$/m };
ok($uses->(said('uses', plant($room, "CREATE FUNCTION wmo_works.f() RETURNS void LANGUAGE plpgsql AS \$\$\nBEGIN\n  PERFORM wmo.exit_impact(1);\nEND\n\$\$;"))),
	'a later function in a body');
ok($uses->(said('uses', plant($room, q{DO $$ BEGIN EXECUTE format('SELECT wmo.exit_impact(%L)', 1); END $$;}))), 'a later function in a statement made of text');
ok($uses->(said('uses', plant($room, q{DO $$ BEGIN RAISE EXCEPTION 'no %', wmo.exit_impact(1); END $$;}))), 'a later function as a part of an error');
ok(!$uses->(said('uses', plant($room, q{-- wmo.exit_impact}))), 'a comment may name it');
ok(!$uses->(said('uses', plant($room, q{COMMENT ON TABLE wmo.source IS 'See wmo.exit_impact; it''s later.';}))), 'so may a COMMENT');
ok(!$uses->(said('uses', plant($room, q{DO $$ BEGIN RAISE EXCEPTION 'no' USING HINT = 'Ask wmo.exit_impact.'; END $$;}))), 'so may a hint');
my $pass = [ 'rooms.pl', sub { s{(my %LATE_USES = \()}{$1 'registry/source' => { 'wmo.exit_impact' => 'a trial' },} } ];
is(said('uses', $pass, plant($room, q{DO $$ BEGIN PERFORM wmo.exit_impact(1); END $$;})), '', 'what is let pass');
like(said('uses', $pass), qr{^src/registry/source\.sql: need not be let pass for wmo\.exit_impact any more$}m, 'and what is let pass for nothing');
like(said('uses', plant('src/review/unlisted.sql', '-- unlisted: a room.')), qr/^src\/review\/unlisted\.sql is not in ROOMS$/m, 'a room that nobody installs');
like(said('uses', [ 'Makefile', sub { s{(src/registry/source\.sql) \\\n\s+(src/registry/party\.sql)}{$2 \\\n         $1} } ]), qr/party\.sql:\d+: uses wmo\.source, which is made later/,
	'two rooms in the wrong order');
like(said('uses', [ 'Makefile', sub { s{ *src/face/seal\.sql \\\n}{}; s{(src/server/schema\.sql) \\\n}{$1 \\\n src/face/seal.sql \\\n} } ]),
	qr/its floor lies below that of the room before it/, 'a floor that goes on after the next');
like(said('uses', plant('src/law/words.c', '#include "registry/state.h"')), qr{^src/law/words\.c:\d+: includes registry/state\.h of a floor above its own$}m, 'a header of a floor above');
like(said('uses', plant('src/core/civil.c', '#include "server/pg_compat.h"')), qr{^src/core/civil\.c:\d+: includes server/pg_compat\.h of a floor above its own$}m, 'a header in the core');
like(said('uses', plant('src/core/civil.c', '#include "postgres.h"')), qr{^src/core/civil\.c:\d+: includes "postgres\.h", which is no path from src/$}m, 'PostgreSQL in the core');
like(said('uses', plant('src/core/civil.c', '#include <unistd.h>')), qr{^src/core/civil\.c:\d+: the core includes unistd\.h, which is not of standard C$}m, 'the operating system in the core');
like(said('uses', plant('src/law/words.c', 'static const char *query = "SELECT * FROM wmo.exit_impact(1)";')), qr{^src/law/words\.c:\d+: asks wmo\.exit_impact, which is made on a floor above},
	'a query for what is made above');

# ---- heads
like(said('heads', [ $room, sub { s/^-- source:/-- sources:/ } ]), qr{^src/registry/source\.sql:1: does not begin with}m, 'a room that calls itself otherwise');
like(said('heads', [ $room, sub { s/^-- Relies.*\n//m } ]), qr{^src/registry/source\.sql:2: does not say in its head}m, 'a room that relies on nobody knows what');
like(said('heads', [ 'src/core/civil.c', sub { s/civil\.c/civic.c/ } ]), qr{^src/core/civil\.c:1: does not begin with}m, 'a file of C that calls itself otherwise');

# ---- lengths
my $body = "AS \$\$\nBEGIN\n" . "  PERFORM 1;\n" x 76 . "%sEND\n\$\$;";
my $long = "CREATE FUNCTION wmo_works.long() RETURNS void\nLANGUAGE plpgsql SET search_path = pg_catalog, pg_temp\n$body";
is(said('lengths', plant($room, sprintf $long =~ s/  PERFORM 1;\n  PERFORM 1;\n//r, '')), '', 'a function of 80 lines');
like(said('lengths', plant($room, sprintf $long, '')), qr/^src\/registry\/source\.sql:\d+: wmo_works\.long has 82 lines, more than 80$/m, 'a longer one');
$pass = [ 'rooms.pl', sub { s{(my %LONG_FUNCTIONS = \()}{$1 'wmo_works.long' => 82,} } ];
is(said('lengths', $pass, plant($room, sprintf $long, '')), '', 'what is let pass');
like(said('lengths', $pass, plant($room, sprintf $long, "  PERFORM 2;\n")), qr/wmo_works\.long has 83 lines, more than 82$/m, 'but it may not grow');
like(said('lengths', $pass), qr/^wmo_works\.long need not be let pass any more/m, 'and what is let pass for nothing');

# ---- suites
like(said('suites', [ 'Makefile', sub { s{ +source \\\n}{} } ]), qr{^REGRESS: src/registry/source\.sql has no suite source$}m, 'a room without a suite');
like(said('suites', [ 'Makefile', sub { s{( +source \\\n)( +party \\\n)}{$2$1} } ]), qr{^REGRESS: source stands after party, its room before that one's$}m, 'suites in another order than the rooms');
like(said('suites', [ 'Makefile', sub { s{( +source \\\n)}{$1 nobodys_room \\\n} } ]), qr{^REGRESS: nobodys_room has the name of no room$}m, 'a suite of no room');
like(said('suites', plant('sql/unlisted.sql', 'SELECT 1;')), qr{^sql/unlisted\.sql is in no list of the Makefile$}m, 'a suite that nobody runs');

# ---- words
is(said('words'), '', 'the pairs are whole');
like(said('words', plant($room, "SELECT wmo_works.words('no such '\n  'sentence');")), qr{^src/registry/source\.sql:\d+: "no such sentence" has no pair in src/server/words/$}m, 'a sentence without a pair');
like(said('words', plant($room, "SELECT wmo_works.clause(CASE WHEN true THEN 'In time.' END, 'x');")), qr{^src/registry/source\.sql:\d+: says what is no literal}m, 'a sentence that is worked out');
like(said('words', plant('src/law/words.c', 'static char *f(bool x) { return wmo_words(x ? "In time." : "Out of time.", "x"); }')), qr{^src/law/words\.c:\d+: "Out of time\." has no pair in src/server/words/$}m, 'a sentence of C without a pair');
like(said('words', plant('src/server/words/law.def', 'WORDS("Nobody says this.", "Niemand zegt dit.")')), qr{^src/server/words/law\.def:\d+: nobody says "Nobody says this\."$}m, 'a pair that nobody says');
like(said('words', plant('src/server/words/law.def', 'WORDS("In time.", "Op tijd.")')), qr{"In time\." stands in src/server/words/law\.def:\d+ as well$}m, 'a sentence with two pairs');

done_testing();

# usage: perl script/lib/rooms.pl CHECK [CHECKOUT]
#
# Holds the house to its order: CHECK is uses, heads, lengths, suites or words. Prints what is wrong, and nothing when all is well.
# The order is that of ROOMS in the Makefile. What a check lets pass is named here with its reason; what no longer needs to be
# let pass is wrong too, so that these lists can only shrink.

use strict;
use warnings;

# The floors of src/, lowest first; module.c, which loads them all, stands on top.
my @FLOORS = qw(core server code law period registry standing answer map review guard agenda load connect seen nodes face);

# Uses of what is made in a later room, bound when they are called. room => { object => reason }
my %LATE_USES = (
	'registry/turn' => {
		'wmo.service'  => 'take_every_service takes the turn of each of its rows',
		'wmo.contract' => 'hold_contracts holds a row of it before it takes its turn',
	},
);

# A SQL function has no more lines than this; those that still do, with the lines that they may have. name => lines
my $LONGEST = 80;
my %LONG_FUNCTIONS = (
);

# Suites that belong to no room, and where they stand among the others.
my %FREE_SUITES = (
	install  => 'first: makes the extension that every suite finds',
	cookbook => 'last: the recipes of docs/cookbook.md, which go through the whole house',
);

my ($check, $checkout) = (@ARGV, '.');
chdir $checkout or die "$checkout: $!\n";
my %CHECKS = (uses => \&check_uses, heads => \&check_heads, lengths => \&check_lengths, suites => \&check_suites, words => \&check_words);
my $run = $CHECKS{ $check // '' } or die 'usage: rooms.pl ' . join('|', sort keys %CHECKS) . " [CHECKOUT]\n";
$run->();

# ---- the sources --------------------------------------------------------------------------------------------------------

sub contents
{
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!\n";
	local $/;
	return scalar <$in>;
}

# The words of a variable of the Makefile, with what it says of other variables left out.
sub make_words
{
	my ($name) = @_;
	my $makefile = contents('Makefile');
	$makefile =~ s/\\\n/ /g;
	my ($words) = $makefile =~ /^\Q$name\E\s*:?=(.*)$/m or die "the Makefile has no $name\n";
	return grep { !/^\$/ } split ' ', $words;
}

# The SQL rooms in their order, as floor/room.
sub rooms { return map { m{^src/(.+)\.sql$} ? $1 : die "$_ is no room\n" } make_words('ROOMS') }

sub c_files { return sort map { glob "src/$_" } qw(*.c *.h */*.c */*.h */*/*.c */*/*.h) }

# What PostgreSQL or PL/pgSQL would run of a SQL room, line for line. Comments, COMMENTs and the words of errors are prose: they
# may name anything. Every other literal may become a statement, so its text stays.
sub statements
{
	my ($sql) = @_;
	my ($kept, $prose, $at_start) = ('', '', 1);
	while ($sql =~ /\G(?:(--[^\n]*|\/\*.*?\*\/|^\\[^\n]*|\$\w*\$)|([Ee]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*')|(\s+)|("[^"]*"|\w+|.))/gms)
	{
		my ($dropped, $literal, $space, $token) = ($1, $2, $3, $4);
		my $blank = ($dropped // $literal // $token // '') =~ tr/\n//cdr;
		if (defined $dropped) { $kept .= $blank }
		elsif (defined $space) { $kept .= $space }
		elsif (defined $literal) { $kept .= $prose ? $blank : $literal }
		else
		{
			$prose = 'comment' if $at_start && $token eq 'COMMENT';
			$prose = 'error' if $token eq 'RAISE';
			$kept .= $prose eq 'comment' ? $blank : $token;
			$at_start = $token eq ';';
			$prose = '' if $at_start;
		}
	}
	return $kept;
}

# ---- a room uses only what lies before it -------------------------------------------------------------------------------

sub check_uses
{
	my @rooms = rooms();
	my (%statements, %made_in, %floor, %late);
	@floor{@FLOORS} = 0 .. $#FLOORS;
	$statements{$_} = statements(contents("src/$_.sql")) for @rooms;

	my %listed = map { $_ => 1 } @rooms;
	for (glob 'src/*/*.sql') { print "$_ is not in ROOMS\n" unless m{^src/(.+)\.sql$} && $listed{$1} }
	my $before = -1;
	for my $room (@rooms)
	{
		my ($floor) = $room =~ m{^(\w+)/} or die "$room stands on no floor\n";
		print "src/$room.sql: there is no floor \"$floor\"\n" unless defined $floor{$floor};
		print "src/$room.sql: its floor lies below that of the room before it\n" if $floor{$floor} < $before;
		$before = $floor{$floor};
	}

	# Of functions with one name in several rooms the first counts.
	my $kinds = qr/FUNCTION|PROCEDURE|AGGREGATE|TYPE|DOMAIN|TABLE|SEQUENCE|(?:MATERIALIZED\s+)?VIEW|OPERATOR(?:\s+(?:CLASS|FAMILY))?/;
	for my $place (0 .. $#rooms)
	{
		$made_in{$1} //= $place
			while $statements{ $rooms[$place] } =~ /\bCREATE\s+(?:OR\s+REPLACE\s+)?$kinds\s+((?:wmo|wmo_works|wmo_bi)\.[^\s(;]+)/g;
	}
	for my $place (0 .. $#rooms)
	{
		my $room = $rooms[$place];
		while ($statements{$room} =~ /\b((?:wmo|wmo_works|wmo_bi)\.(?:\w+|[-+*\/<>=~!@#%^&|`?]+))/g)
		{
			my ($object, $line) = ($1, 1 + (substr($statements{$room}, 0, $-[0]) =~ tr/\n//));
			next unless ($made_in{$object} // -1) > $place;
			next if $late{$room}{$object}++ || $LATE_USES{$room}{$object};
			print "src/$room.sql:$line: uses $object, which is made later, in $rooms[$made_in{$object}]\n";
		}
	}
	for my $room (sort keys %LATE_USES)
	{
		$late{$room}{$_} or print "src/$room.sql: need not be let pass for $_ any more\n" for sort keys %{ $LATE_USES{$room} };
	}

	for my $file (c_files())
	{
		my ($floor) = $file =~ m{^src/(\w+)/};
		next if $file eq 'src/module.c';
		if (!defined $floor || !defined $floor{$floor}) { print "$file: stands on no floor\n"; next }
		my $source = contents($file);
		while ($source =~ /^\s*#\s*include\s+"([^"]+)"/mg)
		{
			my ($header, $line) = ($1, 1 + (substr($source, 0, $-[0]) =~ tr/\n//));
			my ($theirs) = $header =~ m{^(\w+)/};
			if (-f "src/$header")
			{
				print "$file:$line: includes $header of a floor above its own\n" if $floor{$theirs} > $floor{$floor};
			}
			elsif ($floor eq 'core' || -f ($file =~ s{[^/]+$}{}r) . $header)
			{
				print "$file:$line: includes \"$header\", which is no path from src/\n";
			}
		}
		# A query of C names what is made on its own floor or below.
		while ($source =~ /((?:"(?:[^"\\]|\\.)*"\s*(?:[A-Z_]+\s*(?="))?)+)/g)
		{
			my ($query, $line) = ($1, 1 + (substr($source, 0, $-[0]) =~ tr/\n//));
			next unless $query =~ /^"\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE|CALL)\b/;
			for my $object ($query =~ /\b((?:wmo|wmo_works|wmo_bi)\.\w+)/g)
			{
				next unless defined $made_in{$object};
				my ($theirs) = $rooms[$made_in{$object}] =~ m{^(\w+)/};
				print "$file:$line: asks $object, which is made on a floor above its own, in $rooms[$made_in{$object}]\n"
					if $floor{$theirs} > $floor{$floor};
			}
		}
		print "$file:", 1 + (substr($source, 0, $-[0]) =~ tr/\n//), ": the core includes $1, which is not of standard C\n"
			if $floor eq 'core' && $source =~ /^\s*#\s*include\s+<(?!(?:ctype|errno|float|inttypes|limits|math|stdalign|stdarg|stdbool|stddef|stdint|stdio|stdlib|string)\.h>)([^>]+)>/m;
	}
}

# ---- a room says what it holds ------------------------------------------------------------------------------------------

sub check_heads
{
	for my $room (rooms())
	{
		my ($name) = $room =~ m{([^/]+)$};
		my ($head) = contents("src/$room.sql") =~ /\A((?:--[^\n]*\n)*)/;
		print "src/$room.sql:1: does not begin with \"-- $name: what it holds\"\n" unless $head =~ /\A-- \Q$name\E: \S/;
		print "src/$room.sql:2: does not say in its head, in a line of its own, what the room relies on (\"-- Relies on ...\")\n"
			unless $head =~ /^-- Relies on \S/m;
	}
	for my $file (c_files())
	{
		my ($name) = $file =~ m{([^/]+)$};
		print "$file:1: does not begin with \"/* $name - what it holds\"\n" unless contents($file) =~ m{\A/\*\n \* \Q$name\E - \S};
	}
}

# ---- no function longer than a reader can hold --------------------------------------------------------------------------

sub check_lengths
{
	my %long;
	for my $room (rooms())
	{
		my ($name, $began, $closes, $line) = ('', 0, undef, 0);
		for (split /\n/, contents("src/$room.sql"))
		{
			$line++;
			($name, $began, $closes) = ($1, $line, qr/;$/) if /^CREATE (?:OR REPLACE )?FUNCTION ([^\s(]+)/;
			next unless $name;
			if (/\bBEGIN ATOMIC$/) { $closes = qr/^END;$/ }
			elsif (/\bAS (\$\w*\$)$/) { $closes = qr/^\Q$1\E/ }
			elsif (/$closes/)
			{
				my ($lines, $most) = (1 + $line - $began, $LONG_FUNCTIONS{$name} // $LONGEST);
				$long{$name} = 1 if $lines > $LONGEST;
				print "src/$room.sql:$began: $name has $lines lines, more than $most\n" if $lines > $most;
				$name = '';
			}
		}
	}
	$long{$_} or print "$_ need not be let pass any more: it has no more than $LONGEST lines\n" for sort keys %LONG_FUNCTIONS;
}

# ---- a suite a room, in the order of the rooms --------------------------------------------------------------------------

# The room's own name; where a floor below has a room of that name, with its floor before it.
sub suite_names
{
	my (%taken, @names);
	for my $room (@_)
	{
		my ($floor, $name) = split m{/}, $room;
		push @names, $taken{$name}++ ? "${floor}_$name" : $name;
	}
	return @names;
}

sub check_suites
{
	my @rooms = rooms();
	my @names = suite_names(@rooms);
	my @lists = ([ REGRESS => make_words('REGRESS') ], [ REGRESS_RANDOM => make_words('REGRESS_RANDOM') ]);
	my %place;
	@place{@names} = 0 .. $#names;

	my %listed;
	for (@lists)
	{
		my ($list, @suites) = @$_;
		my ($before, $last) = (-1, '');
		for my $suite (@suites)
		{
			print "$list: $suite is listed twice\n" if $listed{$suite}++;
			-f $_ or print "$list: there is no $_\n" for "sql/$suite.sql", "expected/$suite.out";
			next if $FREE_SUITES{$suite};
			# the room with the longest name that the suite begins with
			my ($room) = sort { length $b <=> length $a } grep { $suite =~ /^\Q$_\E(?:_|$)/ } @names;
			if (!defined $room) { print "$list: $suite has the name of no room\n"; next }
			print "$list: $suite stands after $last, its room before that one's\n" if $place{$room} < $before;
			print "$list: $suite stands before the suite $room\n" if $list eq 'REGRESS' && $suite ne $room && !$listed{$room};
			($before, $last) = ($place{$room}, $suite);
		}
	}
	my @regress = make_words('REGRESS');
	print "REGRESS: install does not come first\n" unless $regress[0] eq 'install';
	my %quick = map { $_ => 1 } @regress;
	$quick{ $names[$_] } or print "REGRESS: src/$rooms[$_].sql has no suite $names[$_]\n" for 0 .. $#rooms;
	for (glob 'sql/*.sql') { print "$_ is in no list of the Makefile\n" unless m{/(\w+)\.sql} && $listed{$1} }
	for (glob 'expected/*.out') { print "$_ is of no suite\n" unless m{/(\w+?)(?:_\d)?\.out} && ($listed{$1} || m{/(\w+)\.out} && $listed{$1}) }
}

# ---- what is said to a reader stands in pairs ----------------------------------------------------------------------------

# The adjacent literals of a source as one, with the line on which each begins.
sub literals
{
	my ($source, $quote) = @_;
	my ($one, $other) = $quote eq "'" ? (qr/'((?:[^']|'')*)'/, qr/[^'\s]+/) : (qr/"((?:[^"\\]|\\.)*)"/s, qr/[^"\s]+/);
	my ($line, $open, @found) = (1, 0);
	while ($source =~ /\G(?:$one|(\s+)|($other))/g)
	{
		my ($said, $space) = ($1, $2);
		my $whole = $&;
		if (defined $said)
		{
			$said = $quote eq "'" ? $said =~ s/''/'/gr : $said =~ s/\\(.)/$1/gr;
			if ($open) { $found[-1][0] .= $said } else { push @found, [ $said, $line ] }
		}
		$open = defined $said || $open && defined $space;
		$line += $whole =~ tr/\n//;
	}
	return @found;
}

# The first argument of a call whose bracket has just been opened.
sub first_argument
{
	my ($rest) = @_;
	my ($depth, $argument) = (0, '');
	while ($rest =~ /\G('(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[(\[]|[)\]]|,|[^'"(\[)\],]+)/gs)
	{
		my $token = $1;
		last if $depth == 0 && $token =~ /^[,)\]]$/;
		$depth++ if $token =~ /^[(\[]$/;
		$depth-- if $token =~ /^[)\]]$/;
		$argument .= $token;
	}
	return $argument;
}

sub check_words
{
	my (%pair, %said);
	for my $file (sort glob 'src/server/words/*.def')
	{
		my $source = contents($file);
		while ($source =~ /^WORDS\(/mg)
		{
			my ($line, $english) = (1 + (substr($source, 0, $-[0]) =~ tr/\n//), first_argument(substr $source, pos $source));
			my ($name) = map { $_->[0] } literals($english, '"');
			print "$file:$line: \"$name\" stands in $pair{$name} as well\n" if $pair{$name};
			$pair{$name} = "$file:$line";
			$said{$name} = 1 if $file =~ m{/code\.def$}; # said of codes: sql/words.sql holds them against the tables
		}
	}
	for my $file ((map {"src/$_.sql"} grep { $_ ne 'server/words' } rooms()), c_files())
	{
		my $sql = $file =~ /\.sql$/;
		my ($quote, $call) = $sql ? ("'", qr/\bwmo_works\.(?:words|clause)\(/) : ('"', qr/\bwmo_words\(/);
		my $source = $sql ? contents($file) =~ s/('(?:[^']|'')*')|--[^\n]*/$1 \/\/ ''/ger : contents($file) =~ s{/\*.*?\*/}{$& =~ tr/\n//cdr}gesr;
		$said{ $_->[0] } = 1 for literals($source, $quote);
		next if $file eq 'src/server/words.h';
		while ($source =~ /$call/g)
		{
			my ($line, $argument) = (1 + (substr($source, 0, $-[0]) =~ tr/\n//), first_argument(substr $source, pos $source));
			my @names = literals($argument, $quote);
			print "$file:$line: says what is no literal, so that nobody can tell whether it is a pair\n" if !@names || $sql && $argument !~ /^\s*'/;
			$pair{ $_->[0] } or print "$file:$line: \"$_->[0]\" has no pair in src/server/words/\n" for @names;
		}
	}
	$said{$_} or print "$pair{$_}: nobody says \"$_\"\n" for sort keys %pair;
}

# Reads a sheet: CSV in UTF-8 on stdin, its names in the first row. Its rows leave on stdout in the text form of COPY, each
# after its number in the sheet; there every backslash is doubled, so that no line of it can end the data or be a command.
# What separates the cells and then the names go into the file NAMES, one a line.
#
#   perl sheet.pl NAMES [--separator C] [--layer]
#
# Titles above the names are left out, and said on stderr; a row has the number that the spreadsheet shows.
#
# --layer: names of a layer of areas, which come out in a-z, 0-9 and _, each once. Without it names stay as the sheet has
# them, and two that are alike are refused. What cannot be read is said on stderr, with status 1.
use strict;
use warnings;

my ($names_file, $separator, $is_layer) = (shift, undef, 0);
while (defined(my $option = shift))
{
	if    ($option eq '--separator') { $separator = shift; }
	elsif ($option eq '--layer')     { $is_layer  = 1; }
}
my @lines;
my @put_back;
my $number = 0;
my %escaped = ("\\" => '\\\\', "\n" => '\\n', "\t" => '\\t', "\r" => '\\r');

sub refuse { print STDERR @_, "\n"; exit 1; }

# A line, whether Windows, Unix or an old Mac ended it.
sub next_line
{
	while (!@lines)
	{
		my $line = <STDIN>;
		return unless defined $line;
		refuse('row ', $number + 1, ' holds a zero byte: that is no text') if index($line, "\0") >= 0;
		return $line if index($line, "\r") < 0;
		$line =~ s/\r\n?/\n/g;
		@lines = $line =~ /[^\n]*\n|[^\n]+/g;
	}
	return shift @lines;
}

# A row without its line end: lines are put together until every quote is closed.
sub next_row
{
	my ($row, $quotes) = ('', 0);
	if (@put_back)
	{
		$number++;
		return shift @put_back;
	}
	while (defined(my $line = next_line()))
	{
		$row .= $line;
		$quotes += $line =~ tr/"//;
		next if $quotes % 2;
		$number++;
		chomp $row;
		return $row;
	}
	refuse('the quote that row ', $number + 1, ' opens is never closed') if $quotes % 2;
	return;
}

# The cells of a row; undef: nothing between two separators. As COPY reads CSV: quotes may stand anywhere in a cell.
sub cells { return cells_between($_[0], $separator); }

sub cells_between
{
	my ($row, $separator) = @_;
	my @cells;
	while (1)
	{
		my $cell;
		while (1)
		{
			if ($row =~ /\G([^"\Q$separator\E]+)/gc) { $cell .= $1; }
			elsif ($row =~ /\G"([^"]*)"/gc)
			{
				$cell .= $1;
				$cell .= '"' if $row =~ /\G(?=")/;
			}
			else { last; }
		}
		push @cells, $cell;
		return @cells unless $row =~ /\G\Q$separator\E/gc;
	}
}

# The one of semicolon, comma and tab that the row has most of, outside quotes.
sub separator_of
{
	my ($row) = @_;
	my %count = (';' => 0, ',' => 0, "\t" => 0);
	my $outside = 1;
	foreach my $part (split /"/, $row, -1)
	{
		if ($outside) { $count{$_}++ for $part =~ /[;,\t]/g; }
		$outside = !$outside;
	}
	return (sort { $count{$b} <=> $count{$a} || $a cmp $b } keys %count)[0];
}

# A name is an identifier of the database: at most 63 bytes, and not that of a column that every table has.
sub column_name
{
	my ($name, $place, $seen) = @_;
	$name = '' unless defined $name;
	utf8::decode($name) or $is_layer or refuse('the header is not UTF-8');
	$name =~ s/\s+/ /g;
	$name =~ s/^ | $//g;
	if ($is_layer)
	{
		$name = lc $name;
		$name =~ s/[^a-z0-9_]/_/g;
		$name = substr $name, 0, 50;
	}
	$name = $is_layer ? "column_$place" : "kolom $place" if !length $name;
	for (my $bytes = $name; ; chop $name, $bytes = $name)
	{
		utf8::encode($bytes);
		last if length $bytes <= 60;
	}
	$name .= '_' if $name =~ /\A(?:tableoid|[cx]m(?:in|ax)|ctid)\z/ || $is_layer && $name eq 'line';
	if ($is_layer)
	{
		my ($plain, $copy) = ($name, 1);
		$name = $plain . '_' . ++$copy while $seen->{$name};
	}
	utf8::encode(my $bytes = $name);
	refuse("the header has two columns \"$bytes\"") if $seen->{ lc $name }++;
	refuse('a column "line" cannot be in the list; give it another name') if lc $name eq 'line';
	return $bytes;
}

# The header of a list among the rows before it: the first row with four filled cells or more, if there is one near; else the
# first row. What stands above it is a title.
sub below_titles
{
	my ($first) = @_;
	my @rows = ($first);
	while (1)
	{
		my $separates = defined $separator ? $separator : separator_of($rows[-1]);
		my $filled = grep { defined && /\S/ } cells_between($rows[-1], $separates);
		if ($filled >= 4)
		{
			print STDERR 'row', @rows == 2 ? ' 1' : 's 1 to ' . ($number - 1), " above the header: not read\n" if @rows > 1;
			return $rows[-1];
		}
		my $next = @rows < 20 ? next_row() : undef;
		last unless defined $next;
		push @rows, $next;
	}
	$number -= @rows - 1;
	@put_back = @rows[ 1 .. $#rows ];
	return $first;
}

# ---- the header, after empty lines and the "sep=" of some spreadsheets ----------------------------------------------------
my $header = next_row();
$header =~ s/\A\xef\xbb\xbf// if defined $header;
$header = next_row() while defined $header && $header =~ /\A\s*\z/;
if (defined $header && $header =~ /\Asep=(.)\z/)
{
	$separator = $1 unless defined $separator;
	$header = next_row();
	$number--; # no spreadsheet shows that line
}
refuse('there is no header') unless defined $header;
$header = below_titles($header) unless $is_layer;
$separator = separator_of($header) unless defined $separator;
refuse('the separator is not one ASCII character that can stand between cells') unless $separator =~ /\A[^"\r\n\0\x80-\xff]\z/;
my @header = cells($header);
refuse('the header has ', scalar @header, ' columns; a table holds at most 1,600') if @header > 1599;
my %seen;
my $place = 0;
my @names = map { column_name($_, ++$place, \%seen) } @header;
open my $out, '>:raw', $names_file or refuse("cannot write the names: $!");
print $out map { "$_\n" } $separator, @names;
close $out or refuse("cannot write the names: $!");

# ---- the rows --------------------------------------------------------------------------------------------------------------
while (defined(my $row = next_row()))
{
	next if $row eq '';
	my @cells = cells($row);
	refuse("row $number has ", scalar @cells, ' cells, the header ', scalar @names) if @cells != @names;
	foreach my $cell (@cells)
	{
		if (defined $cell) { $cell =~ s/([\\\n\t\r])/$escaped{$1}/g; }
		else { $cell = '\\N'; }
	}
	print join("\t", $number, @cells), "\n" or refuse("the rows cannot be written: $!");
}
close STDOUT or refuse("the rows cannot be written: $!");

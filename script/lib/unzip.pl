# Unpacks what of a zip file may be boundaries, flat, into a directory of ours, and prints what there is to read: the one file
# that holds layers, or the directory where it holds several shapefiles.
#
#   perl unzip.pl FILE.zip DIRECTORY
#
# Only plain names of formats of data come out, each once; nothing that a path or a link in the zip points at. What cannot be
# read is said on stderr, with status 1.
use strict;
use warnings;
use IO::Uncompress::Unzip qw($UnzipError);

my ($zip, $directory) = @ARGV;
my $data = qr/\.(?:gpkg|shp|geojson|json|gml|fgb)\z/i;
my $beside = qr/\.(?:shx|dbf|prj|cpg|qix)\z/i;
my $most = 8 * 2**30; # bytes, unpacked: the country's neighbourhoods are a twentieth of that
my (%seen, @layers);

sub refuse { print STDERR @_, "\n"; exit 1; }

my $member = IO::Uncompress::Unzip->new($zip) or refuse('it cannot be unpacked: ', $UnzipError);
my $status = 1;
while ($status > 0)
{
	my $name = $member->getHeaderInfo->{Name} =~ s{.*[/\\]}{}sr;
	if ($name =~ $data || $name =~ $beside)
	{
		$name =~ s/[^A-Za-z0-9_.-]/_/g;
		refuse("it holds \"$name\" twice") if $seen{ lc $name }++;
		open my $out, '>:raw', "$directory/$name" or refuse("\"$name\" cannot be written: $!");
		my ($bytes, $buffer);
		while (($bytes = $member->read($buffer, 1 << 20)) > 0)
		{
			$most -= $bytes;
			refuse('it holds more than can be boundaries') if $most < 0;
			print $out $buffer or refuse("\"$name\" cannot be written: $!");
		}
		refuse("\"$name\" is damaged: ", $UnzipError) if $bytes < 0;
		close $out or refuse("\"$name\" cannot be written: $!");
		push @layers, $name if $name =~ $data;
	}
	$status = $member->nextStream;
}
refuse('it cannot be unpacked: ', $UnzipError) if $status < 0;
refuse('it holds no boundaries: no GeoPackage, shapefile or other file of layers') unless @layers;
refuse('it holds several files of layers: ', join(', ', sort @layers), '; unpack it and load one')
	if @layers > 1 && grep { !/\.shp\z/i } @layers;
print @layers > 1 ? $directory : "$directory/$layers[0]", "\n";

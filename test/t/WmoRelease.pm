package WmoRelease;
# The scripts of this version where the server looks for them, and made-up ones beside them, which go when the test ends.
use strict;
use warnings;
use Exporter 'import';
use PostgreSQL::Test::Utils;

our @EXPORT_OK = qw(this_version its_script make_script);

my @made;
END { unlink @made if @made }

sub script_directory
{
	my ($share) = run_command([ 'pg_config', '--sharedir' ]);
	chomp $share;
	return "$share/extension";
}

sub this_version
{
	my ($version) = slurp_file('wmo_contracts.control') =~ /^default_version\s*=\s*'([^']+)'/m;
	return $version;
}

# The text of the install script of this version.
sub its_script { return slurp_file(script_directory() . '/wmo_contracts--' . this_version() . '.sql') }

# make_script(NAME, TEXT): wmo_contracts--NAME.sql.
sub make_script
{
	my ($name, $text) = @_;
	my $file = script_directory() . "/wmo_contracts--$name.sql";
	unlink $file; # of a run that broke off
	push @made, $file;
	append_to_file($file, $text);
	return;
}

1;

# usage: perl script/lib/release.pl CHECK CHECKOUT [INSTALL-SCRIPT]
#        perl script/lib/release.pl set CHECKOUT VERSION DATE|unreleased
#        perl script/lib/release.pl freeze CHECKOUT INSTALL-SCRIPT
#        perl script/lib/release.pl latest|version CHECKOUT
#
# What a release is made of. CHECK is meta, versions or frozen, and prints what is wrong, and nothing when all is well:
#   meta      META.json is what PGXN takes (its meta spec, 1.0.0), and the files that it names are there
#   versions  one version everywhere: wmo_contracts.control, META.json, CHANGELOG.md, debian/changelog; and one state, of a
#             release or of what becomes one
#   frozen    what was released is as it was: the scripts in released/ by their digests; the install script of the version, when
#             that was released; and from every release an upgrade script leads to the version
# set writes a version and the day of its release everywhere; freeze keeps the install script of the version and the digests.

use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use JSON::PP ();

my $NAME = 'wmo_contracts';
my $SUMS = 'released/SHA256SUMS';
my $SEMVER = qr/(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z.]+)?/;

my ($act, $checkout, @arguments) = @ARGV;
my %ACTS = (meta => \&check_meta, versions => \&check_versions, frozen => \&check_frozen, set => \&set_version, freeze => \&freeze,
	latest => sub { my @all = releases(); print "$all[-1]\n" if @all }, version => sub { print version(), "\n" });
my $run = $ACTS{ $act // '' } or die 'usage: release.pl ' . join('|', sort keys %ACTS) . " CHECKOUT ...\n";
chdir $checkout or die "$checkout: $!\n";
$run->(@arguments);

# ---- files ----------------------------------------------------------------------------------------------------------------

sub contents
{
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!\n";
	local $/;
	return scalar <$in>;
}

sub write_file
{
	my ($file, $text) = @_;
	open my $out, '>', $file or die "$file: $!\n";
	print $out $text;
	close $out or die "$file: $!\n";
	return;
}

sub version { return contents("$NAME.control") =~ /^default_version\s*=\s*'([^']*)'/m ? $1 : '' }
sub meta { return JSON::PP->new->utf8->decode(contents('META.json')) }

# The day of CHANGELOG's first heading, or "unreleased", after its version.
sub changelog_head { return contents('CHANGELOG.md') =~ /^## \[([^\]]*)\] - (\d{4}-\d\d-\d\d|unreleased)$/m ? ($1, $2) : ('', '') }

# As semantic versions are ordered: a pre-release comes before its release.
sub by_version
{
	my ($left, $right) = @_;
	my ($l, $l_pre) = split /-/, $left, 2;
	my ($r, $r_pre) = split /-/, $right, 2;
	my @l = split /\./, $l;
	my @r = split /\./, $r;
	for (0 .. 2) { return $l[$_] <=> $r[$_] if $l[$_] != $r[$_] }
	return !defined $r_pre <=> !defined $l_pre || ($l_pre // '') cmp ($r_pre // '');
}

# The versions whose install script is kept, the oldest first; and the pairs that an upgrade script leads between.
sub releases { return sort { by_version($a, $b) } map { m{/$NAME--($SEMVER)\.sql$} ? $1 : () } glob "released/$NAME--*.sql" }
sub upgrades { return map { m{/$NAME--($SEMVER)--($SEMVER)\.sql$} ? [ $1, $2 ] : () } glob "released/$NAME--*--*.sql" }

# ---- META.json ------------------------------------------------------------------------------------------------------------

sub check_meta
{
	my $meta = eval { meta() } or return print 'META.json is no JSON: ', $@;
	my @text = qw(name version abstract license);
	for my $field (@text, qw(maintainer provides meta-spec))
	{
		print "META.json has no \"$field\"\n" unless defined $meta->{$field} && $meta->{$field} ne '';
	}
	ref $meta->{$_} and print "META.json: \"$_\" is no text\n" for @text;
	print "META.json: \"name\" is no term\n" unless ($meta->{name} // '') =~ m{^[^\s/\\\x00-\x1F]{2,}$};
	print "META.json: \"license\" is none that PGXN knows\n"
		unless ($meta->{license} // '') =~ /^(?:agpl_3|apache_1_1|apache_2_0|artistic_[12]|bsd|freebsd|gfdl_1_[23]|gpl_[123]|lgpl_(?:2_1|3_0)|mit|mozilla_1_[01]|openssl|perl_5|postgresql|qpl_1_0|ssleay|sun|zlib)$/;
	print "META.json: \"release_status\" is not stable, testing or unstable\n" unless ($meta->{release_status} // 'stable') =~ /^(?:stable|testing|unstable)$/;
	print "META.json: \"meta-spec\" is not of version 1.0.0\n" unless (eval { $meta->{'meta-spec'}{version} } // '') eq '1.0.0';
	print "META.json: \"tags\" are no list of words\n" if grep { ref || /[\/\\\x00-\x1F]/ || length > 256 } @{ $meta->{tags} // [] };
	check_versions_in_meta($meta);

	my $provides = ref $meta->{provides} eq 'HASH' ? $meta->{provides} : {};
	for my $control (glob '*.control')
	{
		(my $extension = $control) =~ s/\.control$//;
		print "META.json does not provide $extension\n" unless $provides->{$extension};
	}
	for my $extension (sort keys %$provides)
	{
		my $said = $provides->{$extension};
		print "META.json provides $extension, which has no control file\n" unless -f "$extension.control";
		for my $field (qw(file docfile))
		{
			my $file = $said->{$field};
			print "META.json provides $extension without a $field\n" unless defined $file;
			print "META.json: pgxn loads nothing where \"file\" is no SQL\n"
				if $field eq 'file' && defined $file && $file !~ /\.sql$/;
			print "META.json names $file, which is not there\n" if defined $file && ($file =~ m{^/|(?:^|/)\.\.(?:/|$)} || !-f $file);
		}
	}
	# An address that nobody can reach would be worse than none.
	for my $url (find_urls($meta->{resources}))
	{
		print "META.json: \"$url\" is no address that others can reach\n" if $url !~ m{^(?:https?://[\w-]+(?:\.[\w-]+)+(?:[/:]|$)|mailto:|[^\s\@]+\@[\w-]+(?:\.[\w-]+)+$|git://)} || $url =~ /localhost|example|invalid/;
	}
	return;
}

sub check_versions_in_meta
{
	my ($meta) = @_;
	my @versions = ([ 'version', $meta->{version} ], map { [ "version of $_", $meta->{provides}{$_}{version} ] } sort keys %{ $meta->{provides} // {} });
	for my $phase (values %{ $meta->{prereqs} // {} })
	{
		for my $relation (values %$phase) { push @versions, map { [ "what it wants of $_", $relation->{$_} || '0.0.0' ] } sort keys %$relation }
	}
	($_->[1] // '') =~ /^$SEMVER$/ or printf "META.json: the %s is no semantic version\n", $_->[0] for @versions;
	return;
}

sub find_urls
{
	my ($node) = @_;
	return () unless defined $node;
	return map { find_urls($_) } @$node if ref $node eq 'ARRAY';
	return map { ref $node->{$_} ? find_urls($node->{$_}) : /^(?:url|web|homepage|mailto)$/ ? $node->{$_} : () } sort keys %$node if ref $node;
	return $node;
}

# ---- one version everywhere -------------------------------------------------------------------------------------------------

sub check_versions
{
	my $version = version();
	print "$NAME.control has no default_version\n" unless $version =~ /^$SEMVER$/;
	my $meta = eval { meta() } // {};
	for my $said ([ 'META.json has version', $meta->{version} ], map { [ "META.json provides $_", $meta->{provides}{$_}{version} ] } sort keys %{ $meta->{provides} // {} })
	{
		printf "%s %s, the control file %s\n", $said->[0], $said->[1] // 'nothing', $version if ($said->[1] // '') ne $version;
	}
	my ($head, $day) = changelog_head();
	print "CHANGELOG.md begins with version \"$head\", the control file has $version\n" if $head ne $version;
	my ($package, $distribution) = contents('debian/changelog') =~ /\A\S+ \(([^)]*)-[^)-]*\) (\S+);/;
	print "debian/changelog begins with version \"", $package // '', "\", the control file has $version\n" if ($package // '') ne ($version =~ s/-/~/r);

	# released, or not: everywhere the same
	my $released = -f "released/$NAME--$version.sql" ? 1 : 0;
	print "$version is ", $released ? '' : 'not ', "released by released/, and CHANGELOG.md says $day\n" if $released == ($day eq 'unreleased');
	print "$version is ", $released ? '' : 'not ', "released by released/, and debian/changelog says $distribution\n" if $released == (($distribution // '') eq 'UNRELEASED');
	my $status = $version =~ /-/ ? 'testing' : $released ? 'stable' : 'unstable';
	print "META.json has the release_status ", $meta->{release_status} // 'stable', ", which should be $status\n" if ($meta->{release_status} // 'stable') ne $status;
	return;
}

# A check of what it wrote is that of check_versions.
sub set_version
{
	my ($version, $day) = @_;
	($version // '') =~ /^$SEMVER$/ or die "\"$version\" is no semantic version\n";
	($day // '') =~ /^(?:\d{4}-\d\d-\d\d|unreleased)$/ or die "\"$day\" is no day\n";
	my $is_release = $day ne 'unreleased';
	my ($head, $head_day) = changelog_head();
	my $edit = sub {
		my ($file, $how) = @_;
		local $_ = contents($file);
		$how->() or die "$file has no version to set\n";
		write_file($file, $_);
	};
	$edit->("$NAME.control", sub { s/^(default_version\s*=\s*)'[^']*'/$1'$version'/m });
	my $status = $version =~ /-/ ? 'testing' : $is_release ? 'stable' : 'unstable';
	$edit->('META.json', sub { s/("release_status": )"\w+"/$1"$status"/ && s/("version": )"(?!1\.0\.0"\s*,\s*"url")[^"]*"/$1"$version"/g });
	# what is open becomes the release; after a release something new is open
	my $heading = "## [$version] - $day\n";
	$edit->('CHANGELOG.md', sub { $head_day eq 'unreleased' ? s/^## \[\Q$head\E\] - unreleased\n/$heading/m : s/^(?=## \[)/$heading\n/m });
	my ($entry) = contents('debian/changelog') =~ /\A(.*?\n -- [^\n]*\n)/s;
	my ($package, $maintainer) = $entry =~ /\A(\S+) .*^ -- (.*?)  /ms;
	my $by = sprintf ' -- %s  %s', $maintainer, debian_time($day);
	my $suite = $is_release ? 'unstable' : 'UNRELEASED';
	my $upstream = $version =~ s/-/~/r;
	if ($entry =~ /\) UNRELEASED;/)
	{
		$edit->('debian/changelog', sub { s/\A\S+ \([^)]*\) UNRELEASED;/$package ($upstream-1) $suite;/ && s/^ -- .*/$by/m });
	}
	else
	{
		$edit->('debian/changelog', sub { s/\A/$package ($upstream-1) $suite; urgency=medium\n\n  * $version: see CHANGELOG.md.\n\n$by\n\n/ });
	}
	return;
}

sub debian_time
{
	my ($day) = @_;
	my @now = gmtime;
	my @time = $day =~ /^(\d+)-(\d+)-(\d+)$/ ? (0, 0, 8, $3, $2 - 1, $1 - 1900) : @now[ 0 .. 5 ];
	require POSIX;
	POSIX::setlocale(POSIX::LC_ALL(), 'C');
	return POSIX::strftime('%a, %d %b %Y %H:%M:%S +0000', @time);
}

# ---- what was released stays as it was --------------------------------------------------------------------------------------

sub check_frozen
{
	my ($install_script) = @_;
	my $version = version();
	my @releases = releases();
	my %sums = -f $SUMS ? map { /^([0-9a-f]{64})  (\S+)$/ ? ($2 => $1) : () } split /\n/, contents($SUMS) : ();
	for my $file (sort keys %sums)
	{
		if (!-f "released/$file") { print "released/$file is gone, which was released\n" }
		elsif (sha256_hex(contents("released/$file")) ne $sums{$file}) { print "released/$file is not what was released: say the difference in the script to the next version\n" }
	}
	for my $release (@releases) { print "released/$NAME--$release.sql has no digest in $SUMS\n" unless $sums{"$NAME--$release.sql"} }
	for my $upgrade (upgrades())
	{
		my ($from, $to) = @$upgrade;
		my $file = "$NAME--$from--$to.sql";
		print "released/$file has no digest in $SUMS\n" if !$sums{$file} && grep { $_ eq $to } @releases;
		print "released/$file leads from $from, which was not released\n" unless grep { $_ eq $from } @releases;
		print "released/$file leads to $to, which is neither released nor this version\n" unless grep { $_ eq $to } @releases, $version;
		print "released/$file writes no new tokens (INSERT INTO wmo_works.registry_change ...): an edition of $from would be taken for one of $to\n"
			unless contents("released/$file") =~ /^INSERT INTO wmo_works\.registry_change /m;
	}
	if (grep { $_ eq $version } @releases)
	{
		print "the install script is not that of $version, which was released: open the next version (script/release --open) and say the difference in its upgrade script\n"
			if contents($install_script) ne contents("released/$NAME--$version.sql");
	}
	elsif (@releases && by_version($version, $releases[-1]) < 0) { print "$version comes before $releases[-1], which was released\n" }
	for my $release (@releases) { print "no script in released/ upgrades $release to $version\n" unless reaches($release, $version) }
	return;
}

# Does a chain of upgrade scripts lead from one version to the other?
sub reaches
{
	my ($from, $to) = @_;
	my %reached = ($from => 1);
	my @pairs = upgrades();
	for (0 .. @pairs) { $reached{$_->[1]} ||= $reached{$_->[0]} for @pairs }
	return $reached{$to};
}

sub freeze
{
	my ($install_script) = @_;
	my $version = version();
	mkdir 'released';
	die "$version was released already\n" if -f "released/$NAME--$version.sql";
	write_file("released/$NAME--$version.sql", contents($install_script));
	write_file($SUMS, join '', map { s{^released/}{}r =~ /(.*)/ ? sha256_hex(contents("released/$1")) . "  $1\n" : () } sort glob "released/$NAME--*.sql");
	return;
}

# Does script/lib/release.pl see what it is there to see, and does it write what it then finds in order? A release, the change after
# it and the next release, with one fault at a time, in a copy of what a release is made of; and the archive that make dist makes.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

my $checkout = abs_path(dirname(__FILE__) . '/../..');

# A copy with nothing released yet, at version 0.9.0, so that the real versions do not matter here.
my $start = tempdir(CLEANUP => 1);
system('cp', '-R', (map { "$checkout/$_" } qw(META.json wmo_contracts.control CHANGELOG.md README.md debian)), $start) == 0 or die "cannot copy\n";
system('mkdir', '-p', "$start/src/server") == 0 or die "cannot make a folder\n";
system('cp', "$checkout/src/server/schema.sql", "$start/src/server") == 0 or die "cannot copy\n";
edit($start, 'CHANGELOG.md', sub { s/^## \[[^\]]*\] - [\d-]+$/## [0.9.0] - unreleased/m; });
edit($start, 'debian/changelog', sub { s/\A(\S+ \([^)]*\)) \S+;/$1 UNRELEASED;/ });
release($start, 'set', '0.9.0', 'unreleased');

sub contents { my ($file) = @_; open my $in, '<', $file or die "$file: $!\n"; local $/; return scalar <$in> }

sub write_file
{
	my ($file, $text) = @_;
	open my $out, '>', $file or die "$file: $!\n";
	print $out $text;
	close $out or die "$file: $!\n";
	return;
}

sub edit
{
	my ($house, $file, $how) = @_;
	local $_ = -f "$house/$file" ? contents("$house/$file") : '';
	$how->();
	write_file("$house/$file", $_);
	return;
}

sub release
{
	my ($house, $act, @arguments) = @_;
	my $said = qx($^X '$checkout/script/lib/release.pl' $act '$house' @{[ map { "'$_'" } @arguments ]} 2>&1);
	return $? ? "${said}status $?\n" : $said;
}

sub copied { my ($house) = @_; my $copy = tempdir(CLEANUP => 1); system("cp -R '$house'/. '$copy'") == 0 or die "cannot copy\n"; return $copy }
sub script_of { my ($house, $text) = @_; write_file("$house/install.sql", $text); return "$house/install.sql" }

# What the three checks say of a house with this install script, after a change to it.
sub said
{
	my ($house, $script, $file, $how) = @_;
	$house = copied($house);
	edit($house, $file, $how) if $file;
	return join '', release($house, 'meta'), release($house, 'versions'), release($house, 'frozen', script_of($house, $script));
}

# ---- META.json and the version
is(said($start, 'one'), '', 'nothing is wrong with what is open');
my @faults = (
	[ 'a field that is missing', 'META.json', sub { s/"license": "postgresql",// }, qr/^META\.json has no "license"$/m ],
	[ 'a licence of nobody', 'META.json', sub { s/"license": "postgresql"/"license": "ours"/ }, qr/"license" is none that PGXN knows/ ],
	[ 'a file that is not there', 'META.json', sub { s/"file": "[^"]*"/"file": "sql\/gone.sql"/ }, qr/^META\.json names sql\/gone\.sql, which is not there$/m ],
	[ 'a file that pgxn does not load', 'META.json', sub { s/"file": "[^"]*"/"file": "wmo_contracts.control"/ },
		qr/^META\.json: pgxn loads nothing/m ],
	[ 'a file outside', 'META.json', sub { s/"docfile": "[^"]*"/"docfile": "..\/README.md"/ }, qr/names \.\.\/README\.md, which is not there/ ],
	[ 'an extension that it does not provide', 'other.control', sub { $_ = "default_version = '1'\n" }, qr/^META\.json does not provide other$/m ],
	[ 'two numbers for a version', 'META.json', sub { s/"postgis": "3\.3\.0"/"postgis": "3.3"/ }, qr/what it wants of postgis is no semantic version/ ],
	[ 'an address that nobody reaches', 'META.json', sub { s/"tags":/"resources": {"bugtracker": {"web": "http:\/\/localhost\/bugs"}}, "tags":/ }, qr/"http:\/\/localhost\/bugs" is no address/ ],
	[ 'a comma too many', 'META.json', sub { s/\}\s*\z/,}/ }, qr/^META\.json is no JSON/m ],
	[ 'another version in META.json', 'META.json', sub { s/"version": "0\.9\.0",/"version": "0.9.1",/ }, qr/^META\.json has version 0\.9\.1, the control file 0\.9\.0$/m ],
	[ 'another version that it provides', 'META.json', sub { s/"version": "0\.9\.0"(?!,)/"version": "0.9.1"/ }, qr/^META\.json provides wmo_contracts 0\.9\.1/m ],
	[ 'another version in the changes', 'CHANGELOG.md', sub { s/\[0\.9\.0\]/[0.9.1]/ }, qr/^CHANGELOG\.md begins with version "0\.9\.1"/m ],
	[ 'another version of the package', 'debian/changelog', sub { s/\(0\.9\.0-1\)/(0.9.1-1)/ }, qr/^debian\/changelog begins with version "0\.9\.1"/m ],
	[ 'a day of a release that was not', 'CHANGELOG.md', sub { s/unreleased$/2026-12-01/m }, qr/^0\.9\.0 is not released by released\/, and CHANGELOG\.md says 2026-12-01$/m ],
	[ 'a package of a release that was not', 'debian/changelog', sub { s/UNRELEASED/unstable/ }, qr/^0\.9\.0 is not released by released\/, and debian\/changelog says unstable$/m ],
	[ 'the state of a release that was not', 'META.json', sub { s/"unstable"/"stable"/ }, qr/release_status stable, which should be unstable/ ],
);
like(said($start, 'one', @$_[ 1, 2 ]), $_->[3], "seen: $_->[0]") for @faults;

# ---- a release
my $first = copied($start);
release($first, 'set', '1.0.0', '2026-12-01');
like(contents("$first/CHANGELOG.md"), qr/^## \[1\.0\.0\] - 2026-12-01$/m, 'the changes have the day');
unlike(contents("$first/CHANGELOG.md"), qr/unreleased$/m, 'and what was open is the release');
like(contents("$first/debian/changelog"), qr/\Awmo-contracts \(1\.0\.0-1\) unstable; urgency=medium\n.*^ -- .*  Tue, 01 Dec 2026 08:00:00 \+0000$/ms, 'so has the package');
like(contents("$first/META.json"), qr/"meta-spec": \{\s*"version": "1\.0\.0"/, 'the version of the meta spec is not ours');
is(release($first, 'freeze', script_of($first, 'one')), '', 'the install script is kept');
is(said($first, 'one'), '', 'nothing is wrong with the release');
is(release($first, 'latest'), "1.0.0\n", 'it is the latest');
like(release($first, 'freeze', script_of($first, 'two')), qr/was released already\nstatus/, 'and is not kept a second time');
is(contents("$first/released/wmo_contracts--1.0.0.sql"), 'one', 'nor overwritten');
like(said($first, 'two'), qr/^the install script is not that of 1\.0\.0, which was released: open the next version/m, 'seen: an install script that changed after the release');
like(said($first, 'one', 'released/wmo_contracts--1.0.0.sql', sub { $_ = 'two' }), qr/wmo_contracts--1\.0\.0\.sql is not what was released/, 'seen: what was released is written over');
like(said($first, 'two', 'released/wmo_contracts--1.0.0.sql', sub { $_ = 'two' }), qr/wmo_contracts--1\.0\.0\.sql is not what was released/, 'seen: and with it the install script');
like(said($first, 'one', 'released/SHA256SUMS', sub { $_ = '' }), qr/wmo_contracts--1\.0\.0\.sql has no digest/, 'seen: a digest that is gone');

# ---- the change after it
my $open = copied($first);
release($open, 'set', '1.0.1', 'unreleased');
like(contents("$open/CHANGELOG.md"), qr/^## \[1\.0\.1\] - unreleased\n\n## \[1\.0\.0\] - 2026-12-01$/m, 'the next version is open above the release');
like(contents("$open/debian/changelog"), qr/\Awmo-contracts \(1\.0\.1-1\) UNRELEASED;.*^wmo-contracts \(1\.0\.0-1\) unstable;/ms, 'for the package too');
is(said($open, 'two'), "no script in released/ upgrades 1.0.0 to 1.0.1\n", 'seen: a change without an upgrade script');
my $upgrade = 'released/wmo_contracts--1.0.0--1.0.1.sql';
like(said($open, 'two', $upgrade, sub { $_ = 'SELECT 1;' }), qr/writes no new tokens/, 'seen: an upgrade that leaves the tokens');
edit($open, $upgrade, sub { $_ = "INSERT INTO wmo_works.registry_change (kind, token) SELECT 'rows', 1;\n" });
is(said($open, 'two'), '', 'nothing is wrong with the change and its script');
my $backwards = copied($open);
release($backwards, 'set', '0.9.9', 'unreleased');
like(said($backwards, 'two'), qr/^0\.9\.9 comes before 1\.0\.0, which was released$/m, 'seen: a version that goes back');

# ---- the next release
my $second = copied($open);
release($second, 'set', '1.0.1', '2027-01-04');
release($second, 'freeze', script_of($second, 'two'));
is(said($second, 'two'), '', 'nothing is wrong with the second release');
is(release($second, 'latest'), "1.0.1\n", 'which is the latest now');
like(said($second, 'two', $upgrade, sub { $_ .= 'SELECT 2;' }), qr/1\.0\.0--1\.0\.1\.sql is not what was released/, 'seen: an upgrade script that changed after its release');
unlink "$second/$upgrade" or die "no upgrade script\n";
like(said($second, 'two'), qr/1\.0\.0--1\.0\.1\.sql is gone, which was released.*no script in released\/ upgrades 1\.0\.0 to 1\.0\.1$/ms, 'seen: one that is gone');
my $third = copied($open);
release($third, 'set', '1.10.0', '2027-01-04');
like(said($third, 'two'), qr/1\.0\.0--1\.0\.1\.sql leads to 1\.0\.1, which is neither released nor this version/, 'seen: a script to a version that there is not');

# ---- the archive
SKIP:
{
	skip 'there is no git', 5 unless -x '/usr/bin/git';
	my $house = tempdir(CLEANUP => 1);
	system('cp', '-R', (grep { !m{/(?:\.git|build|tmp_check|results|output_iso)$} } glob "$checkout/{*,.[!.]*}"), $house) == 0 or die "cannot copy\n";
	my ($version) = contents("$house/wmo_contracts.control") =~ /^default_version = '(.*)'/m;
	my $make = "make -s -C '$house' --no-print-directory dist 2>&1";
	my $git = "git -C '$house' -c user.name=x -c user.email=x\@example.org -c init.defaultBranch=main -c commit.gpgsign=false";
	delete @ENV{ grep { /^GIT_/ } keys %ENV };
	system("$git init -q && $git add -A && $git commit -q -m one") == 0 or die "cannot commit\n";
	like(qx(touch '$house/new.txt'; $make), qr/commit first/, 'what is not committed is in no archive');
	unlink "$house/new.txt";
	is(qx($make), '', 'the archive is made');
	require IO::Uncompress::Unzip;
	my @names;
	my $zip = IO::Uncompress::Unzip->new("$house/build/wmo_contracts-$version.zip") or die "no archive\n";
	do { push @names, $zip->getHeaderInfo->{Name} } while $zip->nextStream > 0;
	is(scalar(grep { !m{^wmo_contracts-\Q$version\E/} } @names), 0, 'all of it stands in a folder of name and version');
	is(scalar(grep { $_ eq "wmo_contracts-$version/META.json" } @names), 1, 'META.json at its top');
	is_deeply([ sort map { s{^[^/]*/}{}r } grep { !m{/$} } @names ], [ sort split /\n/, qx($git ls-files) ], 'and every file of the sources is in it');
}

done_testing();

# The decision calendar, read by a parser that is not ours: Debian's python3-icalendar.
use strict;
use warnings;
use utf8;
use Encode qw(decode encode);
use File::Temp qw(tempfile);
use Test::More;
use WmoNode qw(start_node fresh_database registry_database);

# Debian's own, not one that stands before it on the path
my $python = '/usr/bin/python3';
plan skip_all => 'there is no python3-icalendar' if !-x $python || system("$python -c 'import icalendar' 2>/dev/null") != 0;

my $node = start_node('icalendar');
registry_database($node, 'calendar', encode('UTF-8', <<'SQL'));
INSERT INTO wmo.source (id, article, publisher) VALUES (1, 'Raamovereenkomst; deel 1, 2', 'Gemeente Súdwest-Fryslân');
INSERT INTO wmo.party (id, name, kind, natural_person)
SELECT p.* FROM (VALUES (1, 'Súdwest-Fryslân', 'municipality', false), (3, 'J. Jansen', 'provider', true),
  (2, 'Coöperatie voor geïntegreerde ondersteuning, beëindiging & coördinatie; ’t Gooi en de Friese Meren – één huishouden, één plan, één regisseur', 'provider', false)) p;
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period, owner, source_id) VALUES
  (1, 'W-2019/007', 1, 2, '[2019-02-01,2023-02-01)+P1Y notice P6M', 'inkoop; sociaal domein, Wmo', 1),
  (2, E'back\\slash', 1, 3, '[2019-01-01,2023-01-01)', NULL, NULL),
  (3, 'W-3', 1, NULL, '[2019-01-01,?)', NULL, NULL);
INSERT INTO wmo.tender (id, title, procedure, bids_valid_until) VALUES (1, E'Een titel met een\nregeleinde', 'restricted', '2022-10-01');
INSERT INTO wmo.award (id, tender_id, supplier_id, standstill) VALUES (1, 1, 2, wmo.objection_period('standstill', '2022-04-25'));
UPDATE wmo.contract SET signed_on = '2018-12-10' WHERE id = 1;
-- all that is told of a contract last changed in January 2019
SET session_replication_role = replica;
UPDATE wmo.party SET changed_at = '2019-01-15 10:30:00+01';
UPDATE wmo.source SET changed_at = '2019-01-15 10:30:00+01';
UPDATE wmo.contract SET changed_at = '2019-01-15 10:30:00+01';
SQL

sub read_back
{
	my ($sql, $database) = @_;
	my ($handle, $file) = tempfile(UNLINK => 1);
	binmode $handle;
	print $handle $node->safe_psql($database // 'calendar', $sql);
	close $handle;
	my $read = decode('UTF-8', qx{$python test/t/read_icalendar.py <$file 2>&1});
	is($?, 0, "it is read: $sql") or diag($read);
	return $read;
}

my $read = read_back("SELECT wmo.decision_icalendar('2022-05-01')");
my ($uid) = $read =~ /^(option_notice-[0-9a-f]{32}\@wmo-contracts) SUMMARY/m;
ok($uid, 'the option has an event');
my %fact = map { /^\Q$uid\E (\S+) (.*)$/ ? ($1 => $2) : () } split /\n/, $read;

is($fact{SUMMARY},
	'W-2019/007: announce option 1 (Coöperatie voor geïntegreerde ondersteuning, beëindiging & coördinatie; ’t Gooi en de Friese Meren – één huishouden, één plan, één regisseur)',
	'a long Dutch summary comes back letter by letter');
is($fact{DESCRIPTION},
	join('\\n', 'the other party must have it by 2022-07-31; without it the contract ends on 2023-01-31; with it, it runs up to and including 2024-01-31',
		'Last working day: 2022-07-29', 'Contract: W-2019/007', 'Buyer: Súdwest-Fryslân',
		'Supplier: Coöperatie voor geïntegreerde ondersteuning, beëindiging & coördinatie; ’t Gooi en de Friese Meren – één huishouden, één plan, één regisseur',
		'Owner: inkoop; sociaal domein, Wmo', 'Source: Raamovereenkomst; deel 1, 2, Gemeente Súdwest-Fryslân'),
	'so does its description');
is($fact{DTSTART}, '2022-07-31 all-day', 'it is an all-day event on the notice day');
is($fact{DTEND}, '2022-08-01 all-day', 'its end is exclusive');
is($fact{DTSTAMP}, '2019-01-15T09:30:00+00:00', 'its stamp is that of the facts, in UTC');
is($fact{SEQUENCE}, '600859800', 'so is its sequence');
like($read, qr/^\Q$uid\E TRIGGER -92 days, 9:00:00 DISPLAY/m, 'an alarm when the lead time begins');
like($read, qr/^\Q$uid\E TRIGGER -2 days, 9:00:00 DISPLAY/m, 'an alarm on Friday, the last working day');
is(() = $read =~ / DTSTART /g, 4, 'the option, the end, the objection period and the bids have an event');
like($read, qr/ SUMMARY back\\slash: arrange what comes after it$/m, 'a backslash comes back; a sole trader is not named');
like($read, qr/; tender Een titel met een\\nregeleinde/, 'a line end within a value comes back');
unlike($read, qr/Jansen/, 'no sole trader anywhere');
like($read, qr/^calendar X-WR-CALDESC .*not in here: 1 /m, 'what has no known day is counted');
like($read, qr/^calendar warnings 0$/m, 'nothing that the parser cannot read');
like($read, qr/^calendar bare line ends 0$/m, 'every line ends with CRLF');
like($read, qr/^calendar the same when written again True$/m, 'written again it is the same');
my ($octets) = $read =~ /^calendar octets (\d+)$/m;
cmp_ok($octets, '<=', 75, 'no line is longer than 75 octets');

read_back("SELECT wmo.decision_icalendar('2022-05-01', owner => 'nobody')");

# the uids are the same at every run, and after a dump
my @before = sort $read =~ /^(\S+) SUMMARY/mg;
my ($handle, $file) = tempfile(UNLINK => 1);
$node->command_ok([ 'pg_dump', '-d', 'calendar', '-f', $file ], 'dumped');
fresh_database($node, 'again');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', 'again', '-o', '/dev/null', '-f', $file ], 'restored');
is($node->safe_psql('again', "SELECT wmo.decision_icalendar('2022-05-01')"), $node->safe_psql('calendar', "SELECT wmo.decision_icalendar('2022-05-01')"),
	'the same text after a dump');
is_deeply([ sort(read_back("SELECT wmo.decision_icalendar('2022-05-02')") =~ /^(\S+) SUMMARY/mg) ], \@before, 'the same uids the next day');

# in a database of another encoding the text is the same once the client has it
$node->safe_psql('postgres', "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
$node->safe_psql('latin', 'CREATE EXTENSION wmo_contracts CASCADE');
$node->safe_psql('latin', encode('UTF-8', <<'SQL'));
SET client_encoding = 'UTF8';
INSERT INTO wmo.party (id, name, kind) VALUES (1, 'Súdwest-Fryslân', 'municipality'), (2, 'Coöperatie geïntegreerde ondersteuning, coördinatie en beëindiging voor iedereen', 'provider');
INSERT INTO wmo.contract (id, number, buyer_id, supplier_id, period) VALUES (1, 'W-1', 1, 2, '[2019-02-01,2023-02-01)+P1Y notice P6M');
SQL
like(read_back("SET client_encoding = 'UTF8'; SELECT wmo.decision_icalendar('2022-05-01')", 'latin'),
	qr/ SUMMARY W-1: announce option 1 \(Coöperatie geïntegreerde ondersteuning, coördinatie en beëindiging voor iedereen\)$/m, 'from LATIN1 as well');
done_testing();

# wmo_contracts: build, install and check with PGXS.
#   make; make install; make installcheck        (PG_CONFIG=... for another server; from another directory: make -f .../Makefile)
#   make installcheck-random    the suites that draw registries, questions and changes at random, for minutes
#   make prove_installcheck     whole clusters (PROVE_TESTS=test/t/001_install.pl for one)
#   make coverage               which lines of C the tests reach
#   make format, format-check   C as .clang-format has it
#   make dist                   build/wmo_contracts-<version>.zip, what PGXN takes: the sources of the last commit

SOURCES    := $(dir $(firstword $(MAKEFILE_LIST)))
EXTENSION   = wmo_contracts
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" $(SOURCES)$(EXTENSION).control)

# ---- C: the pure core below, the type shells above it -----------------------------------
CORE   = src/core/civil.o \
         src/core/iso.o \
         src/core/area_code.o \
         src/core/postcode.o \
         src/core/calendar.o \
         src/core/term.o \
         src/core/objection.o \
         src/core/period.o \
         src/core/period_text.o \
         src/core/period_binary.o \
         src/core/grid/memory.o \
         src/core/grid/lists.o \
         src/core/grid/turn.o \
         src/core/grid/wkb.o \
         src/core/grid/find.o \
         src/core/grid/check.o \
         src/core/grid/edges.o \
         src/core/grid/cells.o \
         src/core/grid/write.o \
         src/core/grid/build.o \
         src/core/map/map.o \
         src/core/map/work.o \
         src/core/map/course.o \
         src/core/map/meet.o \
         src/core/map/weigh.o \
         src/core/map/answer.o \
         src/core/map/contract.o
SHELLS = src/server/table_scan.o \
         src/server/likeness.o \
         src/server/snapshot_key.o \
         src/server/owner.o \
         src/server/change_time.o \
         src/server/words.o \
         src/code/hierarchy.o \
         src/code/area_code.o \
         src/code/postcode.o \
         src/law/words.o \
         src/law/calendar.o \
         src/law/rule.o \
         src/law/term.o \
         src/law/objection_period.o \
         src/law/objection_explain.o \
         src/law/objection_timely.o \
         src/period/contract_period.o \
         src/period/refusal.o \
         src/period/contract_period_face.o \
         src/registry/state.o \
         src/registry/followed.o \
         src/registry/shape_index.o \
         src/standing/kept_standing.o \
         src/map/coverage_map.o \
         src/map/words.o \
         src/map/table_query.o \
         src/map/section.o \
         src/map/pack.o \
         src/map/brief.o \
         src/map/compile_grid.o \
         src/map/compile_rows.o \
         src/map/compile_over.o \
         src/map/settings.o \
         src/map/edition_load.o \
         src/map/shared_memory.o \
         src/map/shared.o \
         src/map/held.o \
         src/map/price.o \
         src/map/rights.o \
         src/map/maker.o \
         src/map/compile.o \
         src/map/session.o \
         src/map/shared_map.o \
         src/map/edition.o \
         src/map/question.o \
         src/map/rows.o \
         src/map/ask_argument.o \
         src/map/by_tables.o \
         src/map/known_codes.o \
         src/map/postcode_points.o \
         src/map/matches.o \
         src/map/ask_met.o \
         src/map/ask_live.o \
         src/map/ask_contract.o \
         src/connect/report.o \
         src/face/restore.o \
         src/module.o

MODULE_big = $(EXTENSION)
OBJS       = $(CORE) $(SHELLS)

# ---- SQL: the rooms, in the order in which the install script lays them down ------------
ROOMS  = src/server/schema.sql \
         src/server/owner.sql \
         src/server/likeness.sql \
         src/server/change_time.sql \
         src/server/words.sql \
         src/code/hierarchy.sql \
         src/code/area_code.sql \
         src/code/postcode.sql \
         src/law/calendar.sql \
         src/law/term.sql \
         src/law/decision_chain.sql \
         src/law/objection_period.sql \
         src/period/contract_period.sql \
         src/registry/source.sql \
         src/registry/party.sql \
         src/registry/state.sql \
         src/registry/turn.sql \
         src/registry/service.sql \
         src/registry/geometry.sql \
         src/registry/area.sql \
         src/registry/municipality.sql \
         src/registry/shape.sql \
         src/registry/postcode_place.sql \
         src/registry/completeness.sql \
         src/registry/award.sql \
         src/registry/contract.sql \
         src/registry/contract_ending.sql \
         src/registry/ledger.sql \
         src/registry/subcontract_term.sql \
         src/registry/ocds_identity.sql \
         src/registry/digest.sql \
         src/standing/minimum_standstill.sql \
         src/standing/award_status.sql \
         src/standing/tender_award.sql \
         src/standing/known_since.sql \
         src/standing/certainty.sql \
         src/standing/award_stands.sql \
         src/standing/standing.sql \
         src/standing/delivery.sql \
         src/standing/kept_standing.sql \
         src/standing/complete_days.sql \
         src/standing/coverage.sql \
         src/standing/ledger_rules.sql \
         src/standing/contract_run.sql \
         src/answer/question.sql \
         src/answer/match.sql \
         src/answer/postcode_ground.sql \
         src/answer/postcode.sql \
         src/answer/asked.sql \
         src/answer/answer.sql \
         src/answer/explain.sql \
         src/map/coverage_map.sql \
         src/map/sections.sql \
         src/map/edition.sql \
         src/map/shared_map.sql \
         src/map/matches.sql \
         src/map/asking.sql \
         src/review/ground.sql \
         src/review/offers.sql \
         src/review/gaps.sql \
         src/review/overlaps.sql \
         src/review/handover.sql \
         src/review/exit.sql \
         src/guard/exclusive_claim.sql \
         src/guard/no_gap_rule.sql \
         src/agenda/award_term.sql \
         src/agenda/court_chain.sql \
         src/agenda/decision.sql \
         src/agenda/contract_end.sql \
         src/agenda/decision_calendar.sql \
         src/agenda/icalendar.sql \
         src/agenda/act.sql \
         src/agenda/changed.sql \
         src/load/staging.sql \
         src/load/areas_match.sql \
         src/load/settle_areas.sql \
         src/load/areas.sql \
         src/load/succession.sql \
         src/load/merge_areas.sql \
         src/load/contract_list_name.sql \
         src/load/contract_list.sql \
         src/load/service_synonym.sql \
         src/load/contract_list_match.sql \
         src/load/contract_list_area.sql \
         src/load/contract_list_contract.sql \
         src/load/contract_list_write.sql \
         src/connect/changes.sql \
         src/connect/report.sql \
         src/connect/report_contract.sql \
         src/connect/report_coverage.sql \
         src/connect/report_words.sql \
         src/connect/ggm.sql \
         src/connect/tile.sql \
         src/connect/ocds_out.sql \
         src/connect/ocds_read.sql \
         src/connect/ocds_in.sql \
         src/connect/ocds_in_award.sql \
         src/connect/ocds_in_contract.sql \
         src/connect/ocds_import.sql \
         src/seen/svg.sql \
         src/seen/sheet.sql \
         src/seen/picture_words.sql \
         src/seen/coverage_drawn.sql \
         src/seen/coverage_svg.sql \
         src/seen/timeline_rows.sql \
         src/seen/timeline_svg.sql \
         src/seen/award_svg.sql \
         src/seen/handover_svg.sql \
         src/seen/page.sql \
         src/seen/report_parts.sql \
         src/seen/report_agenda.sql \
         src/seen/report_html.sql \
         src/nodes/replication.sql \
         src/face/text_twin.sql \
         src/face/restore.sql \
         src/face/seal.sql \
         src/face/rights.sql \
         src/face/bindings.sql

DATA_built = $(EXTENSION)--$(EXTVERSION).sql
# What was released, and the way from each to the next (docs/release.md). A server with a later release can hold an earlier one too, as a
# subscriber needs it whose publisher is not updated yet.
DATA       = $(filter-out released/$(EXTENSION)--$(EXTVERSION).sql,$(patsubst $(SOURCES)%,%,$(wildcard $(SOURCES)released/$(EXTENSION)--*.sql)))

# ---- checks: a pg_regress suite a room, by its name and in the order of the rooms ---------
# A room may have more suites, <room>_<aspect>. The name of a room that a lower floor has too goes after its floor.
REGRESS        = install \
                 schema \
                 owner \
                 likeness \
                 change_time \
                 words \
                 hierarchy \
                 area_code \
                 postcode \
                 calendar \
                 term \
                 term_deadlines \
                 decision_chain \
                 objection_period \
                 contract_period \
                 contract_period_index \
                 contract_period_wire \
                 source \
                 party \
                 state \
                 turn \
                 service \
                 geometry \
                 area \
                 municipality \
                 shape \
                 postcode_place \
                 completeness \
                 award \
                 contract \
                 contract_ending \
                 ledger \
                 subcontract_term \
                 ocds_identity \
                 digest \
                 minimum_standstill \
                 award_status \
                 tender_award \
                 known_since \
                 certainty \
                 award_stands \
                 standing \
                 delivery \
                 kept_standing \
                 complete_days \
                 coverage \
                 ledger_rules \
                 contract_run \
                 question \
                 match \
                 postcode_ground \
                 answer_postcode \
                 asked \
                 answer \
                 answer_candidate \
                 answer_drawn \
                 answer_sure \
                 answer_sure_award \
                 answer_sure_days \
                 explain \
                 coverage_map \
                 sections \
                 edition \
                 shared_map \
                 matches \
                 asking \
                 asking_contract \
                 ground \
                 offers \
                 gaps \
                 gaps_sure \
                 overlaps \
                 handover \
                 exit \
                 exclusive_claim \
                 exclusive_claim_ground \
                 no_gap_rule \
                 award_term \
                 court_chain \
                 decision \
                 contract_end \
                 decision_calendar \
                 icalendar \
                 act \
                 changed \
                 staging \
                 areas_match \
                 settle_areas \
                 areas \
                 areas_names \
                 succession \
                 merge_areas \
                 contract_list_name \
                 contract_list \
                 contract_list_spreadsheet \
                 service_synonym \
                 contract_list_match \
                 contract_list_area \
                 contract_list_contract \
                 contract_list_write \
                 changes \
                 report \
                 report_star \
                 report_contract \
                 report_coverage \
                 report_words \
                 ggm \
                 tile \
                 tile_discovery \
                 ocds_out \
                 ocds_read \
                 ocds_in \
                 ocds_in_award \
                 ocds_in_contract \
                 ocds_import \
                 svg \
                 sheet \
                 picture_words \
                 coverage_drawn \
                 coverage_svg \
                 timeline_rows \
                 timeline_svg \
                 award_svg \
                 handover_svg \
                 page \
                 report_parts \
                 report_agenda \
                 report_html \
                 replication \
                 text_twin \
                 restore \
                 seal \
                 rights \
                 bindings \
                 cookbook

# The same, against a slow second reading or a model of its own, over many random cases: a target by itself.
REGRESS_RANDOM = term_oracle \
                 decision_chain_random \
                 contract_period_random \
                 state_random \
                 ledger_random \
                 match_random \
                 match_hidden \
                 answer_random \
                 matches_random \
                 gaps_oracle \
                 handover_oracle \
                 exclusive_claim_random \
                 no_gap_rule_random \
                 court_chain_random \
                 decision_calendar_random \
                 icalendar_random

# concurrent sessions
ISOLATION      = calendar_snapshot \
                 turn \
                 exclusive_scopes \
                 exclusive_write_skew \
                 exclusive_ground \
                 area_load \
                 kept_standing \
                 registry_rules \
                 no_gap_rule \
                 contract_ledger \
                 late_commit \
                 warehouse \
                 session_map
ISOLATION_OPTS = --inputdir=$(srcdir)/test/isolation --outputdir=output_iso

EXTRA_CLEAN = results regression.diffs regression.out output_iso tmp_check

# Full warnings on the core; the shells switch off only what the server's own headers trip over.
WARN_CORE   = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
WARN_SHELLS = -Wall -Wextra -Wshadow -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers
PG_CPPFLAGS = -DWMO_VERSION='"$(EXTVERSION)"' -I$(srcdir)/src
PG_CFLAGS   = -Wno-declaration-after-statement -fvisibility=hidden -ffp-contract=off $(WMO_CFLAGS)

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

$(CORE): CFLAGS += $(WARN_CORE)
$(SHELLS): CFLAGS += $(WARN_SHELLS)
$(OBJS): $(wildcard $(srcdir)/src/*/*.h $(srcdir)/src/*/*/*.h $(srcdir)/src/*/*/*.def) $(EXTENSION).control

# Out of the tree the folders of the objects are not there yet.
OBJECT_FOLDERS = $(sort $(dir $(addprefix $(CURDIR)/,$(OBJS))))
$(OBJS) $(OBJS:.o=.bc): | $(OBJECT_FOLDERS)
$(OBJECT_FOLDERS):
	$(MKDIR_P) $@

$(EXTENSION)--$(EXTVERSION).sql: $(ROOMS) $(EXTENSION).control Makefile
	cat $(filter %.sql,$^) > $@

# Compiling thousands of small queries takes most of the time of the suites where JIT is on, as it is by default.
installcheck installcheck-random: export PGOPTIONS := $(PGOPTIONS) -c jit=off

# What the server says in one of two sentences counts as the same.
installcheck: pg_isolation_regress_installcheck := $(patsubst %/pg_isolation_regress, \
                $(srcdir)/test/isolation/run %/pg_isolation_regress,$(pg_isolation_regress_installcheck))

installcheck-random: submake
	$(pg_regress_installcheck) $(REGRESS_OPTS) install $(REGRESS_RANDOM)

# TAP_TESTS would have installcheck run these too.
PROVE_TESTS    ?= test/t/*.pl
PG_PROVE_FLAGS += -I test/t

prove_installcheck:
	$(prove_installcheck)

coverage:
	$(srcdir)/script/test --coverage

CLANG_FORMAT ?= $(firstword $(shell command -v clang-format-14 clang-format) clang-format)
C_FILES       = $(foreach tree,src test bench,$(shell find $(srcdir)/$(tree) -name '*.[ch]'))

format:
	$(CLANG_FORMAT) -i $(C_FILES)

format-check:
	$(CLANG_FORMAT) --dry-run -Werror $(C_FILES)

# What is not committed is in no archive, so nothing may be.
dist:
	@test -z "$$(git -C $(srcdir) status --porcelain)" || { echo 'commit first: an archive holds what was committed' >&2; exit 1; }
	$(MKDIR_P) build
	git -C $(srcdir) archive --format=zip --prefix=$(EXTENSION)-$(EXTVERSION)/ --output=$(CURDIR)/build/$(EXTENSION)-$(EXTVERSION).zip HEAD

.PHONY: dist installcheck-random prove_installcheck coverage format format-check

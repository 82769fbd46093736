# wmo_contracts: build, install and check with PGXS.
#   make; make install; make installcheck        (PG_CONFIG=... for another server)

EXTENSION   = wmo_contracts
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" $(EXTENSION).control)

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
         src/core/map/weigh.o \
         src/core/map/answer.o \
         src/core/map/contract.o
SHELLS = src/wmo_contracts.o \
         src/code_hierarchy.o \
         src/shape_index.o \
         src/area_code.o \
         src/postcode.o \
         src/snapshot_key.o \
         src/registry_change.o \
         src/calendar.o \
         src/term_words.o \
         src/term_rule.o \
         src/term.o \
         src/objection_period.o \
         src/contract_period.o \
         src/contract_period_face.o \
         src/objection_explain.o \
         src/coverage_map.o \
         src/coverage_compile.o \
         src/registry_rights.o \
         src/session_map.o \
         src/coverage_question.o \
         src/coverage_rows.o \
         src/coverage_ask.o \
         src/code_matches.o \
         src/by_tables.o \
         src/coverage_live.o \
         src/contract_live.o

MODULE_big = $(EXTENSION)
OBJS       = $(CORE) $(SHELLS)

# ---- SQL: the rooms, in the order in which the install script lays them down ------------
ROOMS  = src/schema.sql \
         src/registry_change.sql \
         src/code_hierarchy.sql \
         src/area_code.sql \
         src/postcode.sql \
         src/calendar.sql \
         src/term.sql \
         src/objection_period.sql \
         src/contract_period.sql \
         src/source.sql \
         src/party.sql \
         src/area.sql \
         src/shape.sql \
         src/area_load.sql \
         src/succession.sql \
         src/postcode_place.sql \
         src/service.sql \
         src/award.sql \
         src/contract.sql \
         src/contract_change.sql \
         src/award_status.sql \
         src/award_term.sql \
         src/standing.sql \
         src/coverage.sql \
         src/exclusive_claim.sql \
         src/question.sql \
         src/decision_calendar.sql \
         src/icalendar.sql \
         src/area_match.sql \
         src/providers.sql \
         src/explain.sql \
         src/providers_postcode.sql \
         src/contract_for.sql \
         src/ground.sql \
         src/coverage_gaps.sql \
         src/coverage_map.sql \
         src/coverage_edition.sql \
         src/coverage_overlaps.sql \
         src/handover.sql \
         src/no_gap_rule.sql \
         src/contract_list.sql \
         src/contract_list_load.sql \
         src/registry.sql \
         src/rights.sql

DATA_built = $(EXTENSION)--$(EXTVERSION).sql

# ---- checks: one pg_regress suite a room -------------------------------------------------
REGRESS        = install \
                 area_code \
                 postcode \
                 calendar \
                 term \
                 deadline_cases \
                 term_oracle \
                 objection_period \
                 contract_period \
                 contract_period_index \
                 contract_period_wire \
                 contract_period_random \
                 party \
                 area \
                 area_load \
                 succession \
                 postcodes \
                 service \
                 award \
                 award_term \
                 decision_calendar \
                 icalendar \
                 contract \
                 contract_change \
                 contract_change_random \
                 award_status \
                 standing \
                 coverage_gaps \
                 coverage_gaps_oracle \
                 handover \
                 handover_oracle \
                 no_gap_rule \
                 coverage \
                 exclusive_claim \
                 exclusive_ground \
                 exclusive_claim_random \
                 providers \
                 explain \
                 contract_for \
                 contract_list \
                 cookbook \
                 rights \
                 registry_random \
                 coverage_map \
                 session_map

# concurrent sessions
ISOLATION      = calendar_snapshot \
                 exclusive_scopes \
                 exclusive_write_skew \
                 exclusive_ground \
                 area_load \
                 registry_rules \
                 no_gap_rule \
                 contract_ledger \
                 session_map
ISOLATION_OPTS = --inputdir=$(srcdir)/test/isolation --outputdir=output_iso

EXTRA_CLEAN = results regression.diffs regression.out output_iso tmp_check

# Full warnings on the core; the shells switch off only what the server's own headers trip over.
WARN_CORE   = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
WARN_SHELLS = -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers
PG_CPPFLAGS = -DWMO_VERSION='"$(EXTVERSION)"' -I$(srcdir)/src
PG_CFLAGS   = -std=gnu11 -Wno-declaration-after-statement -fvisibility=hidden -ffp-contract=off $(WMO_CFLAGS)

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

$(CORE): CFLAGS += $(WARN_CORE)
$(SHELLS): CFLAGS += $(WARN_SHELLS)
$(OBJS): $(wildcard $(srcdir)/src/*.h $(srcdir)/src/*/*.h $(srcdir)/src/*/*/*.h) $(EXTENSION).control

$(EXTENSION)--$(EXTVERSION).sql: $(ROOMS) $(EXTENSION).control Makefile
	cat $(addprefix $(srcdir)/,$(ROOMS)) > $@

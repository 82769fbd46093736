# wmo_contracts: build, install and check with PGXS.
#   make; make install; make installcheck        (PG_CONFIG=... for another server)

EXTENSION   = wmo_contracts
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" $(EXTENSION).control)

# ---- C: the pure core below, the type shells above it -----------------------------------
CORE   = src/core/civil.o \
         src/core/area_code.o \
         src/core/postcode.o \
         src/core/calendar.o \
         src/core/term.o \
         src/core/objection.o \
         src/core/period.o \
         src/core/period_text.o \
         src/core/period_binary.o \
         src/core/grid.o \
         src/core/grid_check.o \
         src/core/grid_turn.o \
         src/core/grid_wkb.o \
         src/core/grid_build.o \
         src/core/grid_cells.o \
         src/core/grid_write.o \
         src/core/coverage.o \
         src/core/coverage_course.o \
         src/core/coverage_weigh.o \
         src/core/coverage_answer.o \
         src/core/coverage_contract.o
SHELLS = src/server/table_scan.o \
         src/server/snapshot_key.o \
         src/code/hierarchy.o \
         src/code/area_code.o \
         src/code/postcode.o \
         src/law/words.o \
         src/law/calendar.o \
         src/law/rule.o \
         src/law/term.o \
         src/law/objection_period.o \
         src/law/objection_explain.o \
         src/period/contract_period.o \
         src/period/contract_period_face.o \
         src/registry/shape_index.o \
         src/map/state.o \
         src/map/coverage_map.o \
         src/map/compile.o \
         src/map/rights.o \
         src/map/session.o \
         src/map/question.o \
         src/map/rows.o \
         src/map/ask_argument.o \
         src/map/matches.o \
         src/map/by_tables.o \
         src/map/ask_live.o \
         src/map/ask_contract.o \
         src/module.o

MODULE_big = $(EXTENSION)
OBJS       = $(CORE) $(SHELLS)

# ---- SQL: the rooms, in the order in which the install script lays them down ------------
ROOMS  = src/server/schema.sql \
         src/code/hierarchy.sql \
         src/code/area_code.sql \
         src/code/postcode.sql \
         src/law/calendar.sql \
         src/law/term.sql \
         src/law/objection_period.sql \
         src/period/contract_period.sql \
         src/registry/source.sql \
         src/registry/party.sql \
         src/registry/turn.sql \
         src/registry/service.sql \
         src/registry/geometry.sql \
         src/registry/area.sql \
         src/registry/shape.sql \
         src/registry/postcode_place.sql \
         src/registry/award.sql \
         src/registry/contract.sql \
         src/registry/ledger.sql \
         src/standing/award_status.sql \
         src/standing/standing.sql \
         src/standing/delivery.sql \
         src/standing/ledger_rules.sql \
         src/answer/question.sql \
         src/answer/match.sql \
         src/answer/candidate.sql \
         src/answer/answer.sql \
         src/answer/explain.sql \
         src/answer/postcode_ground.sql \
         src/answer/postcode.sql \
         src/answer/contract_for.sql \
         src/map/state.sql \
         src/map/coverage_map.sql \
         src/map/edition.sql \
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
         src/agenda/decision_calendar.sql \
         src/agenda/icalendar.sql \
         src/load/staging.sql \
         src/load/areas_match.sql \
         src/load/areas.sql \
         src/load/succession.sql \
         src/load/contract_list.sql \
         src/load/contract_list_match.sql \
         src/load/contract_list_write.sql \
         src/face/seal.sql \
         src/face/rights.sql \
         src/face/bindings.sql

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
$(OBJS): $(wildcard $(srcdir)/src/*/*.h $(srcdir)/src/core/*/*.h) $(EXTENSION).control

$(EXTENSION)--$(EXTVERSION).sql: $(ROOMS) $(EXTENSION).control Makefile
	cat $(addprefix $(srcdir)/,$(ROOMS)) > $@

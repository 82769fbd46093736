/*
 * rows.h - the format of the rows of a map: its sections, their columns, and what each column holds.
 *
 * The one place that says so. Everything else is made of it: the numbers by which C reads a row, what the checker of a
 * map allows, and which columns compiling takes from the view of a section.
 *
 *   SECTION(number, owner, owner_key)  begins a section. Its rows are in the order of those of its owner, and the
 *                                      column owner_key holds the first column of the owner's row; WMO_NO_OWNER, 0:
 *                                      it has none
 *   COLUMN(number, name, kind)         its next column; name is that of the view's column, NULL for a number that is
 *                                      given when the map is compiled
 *   END_SECTION(number)
 *
 * Define the three, include this file, and they are undefined again.
 */
SECTION(WMO_SERVICE, WMO_NO_OWNER, 0)
COLUMN(SERVICE_ID, "service_id", COLUMN_NUMBER)
COLUMN(SERVICE_CODE, "code", COLUMN_STRING)
COLUMN(SERVICE_PARENT, "parent_id", COLUMN_SERVICE_OR_NONE)
COLUMN(SERVICE_NATIONAL, "national", COLUMN_FLAG)
END_SECTION(WMO_SERVICE)

/* of a service: the services that answer for it, and how near they are */
SECTION(WMO_FAMILY, WMO_SERVICE, FAMILY_SERVICE_ID)
COLUMN(FAMILY_SERVICE_ID, "service_id", COLUMN_NUMBER)
COLUMN(FAMILY_MEMBER, "member_id", COLUMN_SERVICE)
COLUMN(FAMILY_NEARNESS, "nearness", COLUMN_NUMBER)
COLUMN(FAMILY_INFERRED, "inferred", COLUMN_FLAG)
END_SECTION(WMO_FAMILY)

SECTION(WMO_PARTY, WMO_NO_OWNER, 0)
COLUMN(PARTY_ID, "party_id", COLUMN_NUMBER)
COLUMN(PARTY_NAME, "name", COLUMN_STRING)
COLUMN(PARTY_ORDER, NULL, COLUMN_NUMBER) /* its place among the names */
END_SECTION(WMO_PARTY)

SECTION(WMO_AREA, WMO_NO_OWNER, 0)
COLUMN(AREA_ID, "area_id", COLUMN_NUMBER)
COLUMN(AREA_NAME, "name", COLUMN_STRING)
COLUMN(AREA_FROM, "valid_from", COLUMN_DAY)
COLUMN(AREA_TO, "valid_to", COLUMN_DAY)
END_SECTION(WMO_AREA)

/* areas with a shape; the row's number is the number in the grid */
SECTION(WMO_SHAPE, WMO_NO_OWNER, 0)
COLUMN(SHAPE_ID, "area_id", COLUMN_NUMBER)
COLUMN(SHAPE_AREA, "area_id", COLUMN_AREA)
END_SECTION(WMO_SHAPE)

/* of a shape: itself and the areas that it is part of, and how sure that is */
SECTION(WMO_WHOLE, WMO_SHAPE, WHOLE_SHAPE_ID)
COLUMN(WHOLE_SHAPE_ID, "area_id", COLUMN_NUMBER)
COLUMN(WHOLE_AREA, "whole_id", COLUMN_AREA)
COLUMN(WHOLE_CERTAINTY, "certainty", COLUMN_CERTAINTY)
END_SECTION(WMO_WHOLE)

/* of an area: the other editions of its code */
SECTION(WMO_EDITION, WMO_AREA, EDITION_AREA_ID)
COLUMN(EDITION_AREA_ID, "area_id", COLUMN_NUMBER)
COLUMN(EDITION_OTHER, "other_id", COLUMN_AREA)
END_SECTION(WMO_EDITION)

/* of an area: where it lies, by codes and as a part of a whole; what lies elsewhere shares no ground with it */
SECTION(WMO_LABEL, WMO_AREA, LABEL_AREA_ID)
COLUMN(LABEL_AREA_ID, "area_id", COLUMN_NUMBER)
COLUMN(LABEL_WHOLE, "whole_id", COLUMN_NUMBER) /* the whole that is divided; null: the country, by codes */
COLUMN(LABEL_KIND, "kind_no", COLUMN_NUMBER) /* of the parts that divide it */
COLUMN(LABEL_FIRST_HIGH, "first_high", COLUMN_NUMBER) /* the first number of its place there, in two pieces */
COLUMN(LABEL_FIRST_LOW, "first_low", COLUMN_NUMBER)
COLUMN(LABEL_LAST_HIGH, "last_high", COLUMN_NUMBER) /* and the last */
COLUMN(LABEL_LAST_LOW, "last_low", COLUMN_NUMBER)
COLUMN(LABEL_FROM, "valid_from", COLUMN_DAY)
COLUMN(LABEL_TO, "valid_to", COLUMN_DAY)
END_SECTION(WMO_LABEL)

/* areas without a boundary */
SECTION(WMO_SHAPELESS, WMO_NO_OWNER, 0)
COLUMN(SHAPELESS_ID, "area_id", COLUMN_NUMBER)
COLUMN(SHAPELESS_AREA, "area_id", COLUMN_AREA)
END_SECTION(WMO_SHAPELESS)

/* of a shapeless area: a leaf without a boundary */
SECTION(WMO_LEAF, WMO_SHAPELESS, LEAF_SHAPELESS_ID)
COLUMN(LEAF_NUMBER, NULL, COLUMN_NUMBER) /* of the row, from 1 */
COLUMN(LEAF_SHAPELESS_ID, "area_id", COLUMN_NUMBER)
COLUMN(LEAF_AREA, "leaf_id", COLUMN_AREA)
COLUMN(LEAF_DRAWN, "drawn", COLUMN_FLAG)
END_SECTION(WMO_LEAF)

/* of a leaf: a shape that must cover a place in it */
SECTION(WMO_MUST, WMO_LEAF, MUST_LEAF_NUMBER)
COLUMN(MUST_LEAF_NUMBER, NULL, COLUMN_NUMBER)
COLUMN(MUST_SHAPE, "shape_id", COLUMN_SHAPE)
END_SECTION(WMO_MUST)

/* of an area: the days on which no contract is missing (wmo_works.complete_days) */
SECTION(WMO_COMPLETE, WMO_AREA, COMPLETE_AREA_ID)
COLUMN(COMPLETE_AREA_ID, "area_id", COLUMN_NUMBER)
COLUMN(COMPLETE_SERVICE, "service_id", COLUMN_SERVICE_OR_NONE)
COLUMN(COMPLETE_FROM, "valid_from", COLUMN_DAY)
COLUMN(COMPLETE_TO, "valid_to", COLUMN_DAY)
END_SECTION(WMO_COMPLETE)

SECTION(WMO_CONTRACT, WMO_NO_OWNER, 0)
COLUMN(CONTRACT_ID, "contract_id", COLUMN_NUMBER)
COLUMN(CONTRACT_NUMBER, "number", COLUMN_STRING)
COLUMN(CONTRACT_BUYER, "buyer_id", COLUMN_PARTY_OR_NONE)
COLUMN(CONTRACT_SUPPLIER, "supplier_id", COLUMN_PARTY_OR_NONE)
END_SECTION(WMO_CONTRACT)

/* how a scope stands through time; scopes that stand alike share one. It has no view: scopes and standing make it */
SECTION(WMO_COURSE, WMO_NO_OWNER, 0)
COLUMN(COURSE_NUMBER, NULL, COLUMN_NUMBER) /* of the row, from 0 */
END_SECTION(WMO_COURSE)

/* of an area; those without an area come last */
SECTION(WMO_SCOPE, WMO_AREA, SCOPE_AREA_ID)
COLUMN(SCOPE_NUMBER, NULL, COLUMN_NUMBER) /* of the row, from 1 */
COLUMN(SCOPE_AREA_ID, "area_id", COLUMN_NUMBER_OR_LAST)
COLUMN(SCOPE_ID, "scope_id", COLUMN_NUMBER)
COLUMN(SCOPE_CONTRACT, "contract_id", COLUMN_CONTRACT)
COLUMN(SCOPE_SERVICE, "service_id", COLUMN_SERVICE)
COLUMN(SCOPE_FOLLOWS, "follows_code", COLUMN_FLAG)
COLUMN(SCOPE_COURSE, NULL, COLUMN_COURSE)
END_SECTION(WMO_SCOPE)

/* of a course: wmo_works.provider_standing */
SECTION(WMO_STANDING, WMO_COURSE, STANDING_COURSE)
COLUMN(STANDING_COURSE, NULL, COLUMN_NUMBER)
COLUMN(STANDING_SERVICE, "service_id", COLUMN_SERVICE)
COLUMN(STANDING_SUBCONTRACT_ID, "subcontract_id", COLUMN_NUMBER)
COLUMN(STANDING_AREA, "area_id", COLUMN_AREA_OR_NONE)
COLUMN(STANDING_OWN_AREA, "own_area", COLUMN_FLAG)
COLUMN(STANDING_PROVIDER, "provider_id", COLUMN_PARTY_OR_NONE)
COLUMN(STANDING_ROLE, "role", COLUMN_ROLE)
COLUMN(STANDING_AGE_FROM, "age_from", COLUMN_NUMBER)
COLUMN(STANDING_AGE_TO, "age_to", COLUMN_NUMBER_OR_LAST)
COLUMN(STANDING_EXISTING, "existing_only", COLUMN_FLAG)
COLUMN(STANDING_EXISTING_ON, "existing_on", COLUMN_DAY)
COLUMN(STANDING_HAD_TO_EXIST_ON, "had_to_exist_on", COLUMN_DAY)
COLUMN(STANDING_CERTAINTY, "certainty", COLUMN_CERTAINTY)
COLUMN(STANDING_REASON, "reason", COLUMN_REASON)
COLUMN(STANDING_FROM, "valid_from", COLUMN_DAY)
COLUMN(STANDING_TO, "valid_to", COLUMN_DAY)
COLUMN(STANDING_KNOWN_FROM, "known_from", COLUMN_DAY)
COLUMN(STANDING_KNOWN_TO, "known_to", COLUMN_DAY)
COLUMN(STANDING_FIRST_DAY, "first_day", COLUMN_DAY)
COLUMN(STANDING_LAST_DAY, "last_day", COLUMN_DAY)
COLUMN(STANDING_END_KIND, "end_kind", COLUMN_END_KIND)
COLUMN(STANDING_OPEN, "open", COLUMN_FLAG) /* it does not serve, and yet perhaps */
COLUMN(STANDING_INFERRED, "inferred", COLUMN_FLAG) /* by a source, whether it serves or not */
END_SECTION(WMO_STANDING)

/* of a contract: client stops */
SECTION(WMO_STOP, WMO_CONTRACT, STOP_CONTRACT_ID)
COLUMN(STOP_CONTRACT_ID, "contract_id", COLUMN_NUMBER)
COLUMN(STOP_SERVICE, "service_id", COLUMN_SERVICE_OR_NONE)
COLUMN(STOP_AREA, "area_id", COLUMN_AREA_OR_NONE)
COLUMN(STOP_FROM, "valid_from", COLUMN_DAY)
COLUMN(STOP_TO, "valid_to", COLUMN_DAY)
COLUMN(STOP_NOT_BEFORE, "not_before", COLUMN_DAY)
COLUMN(STOP_KNOWN_FROM, "known_from", COLUMN_DAY)
COLUMN(STOP_KNOWN_UNTIL, "known_until", COLUMN_DAY)
COLUMN(STOP_NOT_AFTER, "not_after", COLUMN_DAY)
COLUMN(STOP_INFERRED, "inferred", COLUMN_FLAG)
COLUMN(STOP_LIFT_INFERRED, "lift_inferred", COLUMN_FLAG)
END_SECTION(WMO_STOP)

/* of a party: whose clients are its own, from and up to a day */
SECTION(WMO_OWN, WMO_PARTY, OWN_PARTY_ID)
COLUMN(OWN_PARTY_ID, "party_id", COLUMN_NUMBER)
COLUMN(OWN_OTHER_ID, "other_id", COLUMN_NUMBER) /* WMO_MAP_NULL: perhaps anybody */
COLUMN(OWN_FROM, "valid_from", COLUMN_DAY)
COLUMN(OWN_TO, "valid_to", COLUMN_DAY)
COLUMN(OWN_KNOWN_FROM, "known_from", COLUMN_DAY)
COLUMN(OWN_NOT_BEFORE, "not_before", COLUMN_DAY)
COLUMN(OWN_INFERRED, "inferred", COLUMN_FLAG)
END_SECTION(WMO_OWN)

/* of a party: the members of the consortium that it is */
SECTION(WMO_MEMBER, WMO_PARTY, MEMBER_CONSORTIUM_ID)
COLUMN(MEMBER_CONSORTIUM_ID, "consortium_id", COLUMN_NUMBER)
COLUMN(MEMBER_PARTY, "member_id", COLUMN_PARTY)
COLUMN(MEMBER_FROM, "valid_from", COLUMN_DAY)
COLUMN(MEMBER_TO, "valid_to", COLUMN_DAY)
COLUMN(MEMBER_INFERRED, "inferred", COLUMN_FLAG)
END_SECTION(WMO_MEMBER)

/* AGB codes, ascending */
SECTION(WMO_AGB, WMO_NO_OWNER, 0)
COLUMN(AGB_NUMBER, "agb", COLUMN_NUMBER)
COLUMN(AGB_PARTY, "party_id", COLUMN_PARTY)
COLUMN(AGB_FROM, "valid_from", COLUMN_DAY)
COLUMN(AGB_TO, "valid_to", COLUMN_DAY)
COLUMN(AGB_INFERRED, "inferred", COLUMN_FLAG)
END_SECTION(WMO_AGB)

/* product codes of buyers, in the order of their bytes */
SECTION(WMO_PRODUCT, WMO_NO_OWNER, 0)
COLUMN(PRODUCT_CODE, "code", COLUMN_STRING)
COLUMN(PRODUCT_BUYER, "buyer_id", COLUMN_PARTY_OR_NONE)
COLUMN(PRODUCT_SERVICE, "service_id", COLUMN_SERVICE)
COLUMN(PRODUCT_FROM, "valid_from", COLUMN_DAY)
COLUMN(PRODUCT_TO, "valid_to", COLUMN_DAY)
COLUMN(PRODUCT_INFERRED, "inferred", COLUMN_FLAG)
END_SECTION(WMO_PRODUCT)

#undef SECTION
#undef COLUMN
#undef END_SECTION

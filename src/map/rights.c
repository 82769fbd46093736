/*
 * rights.c - may this user be told what a map holds?
 *
 * A map tells what its maker could read, so whoever asks it must be able to read the same.
 */
#include "map/rights.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "map/section.h"
#include "miscadmin.h"
#include "server/table_scan.h"
#include "utils/acl.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

/* What the questions read with the rights of who asks. */
static const char *const read_tables[] = {"area",
										  "area_part",
										  "award",
										  "award_challenge",
										  "client_stop",
										  "client_stop_lift",
										  "consortium_member",
										  "contract",
										  "contract_change",
										  "contract_ending",
										  "contract_scope",
										  "lot",
										  "party",
										  "party_alias",
										  "party_identifier",
										  "party_succession",
										  "postcode_place",
										  "service",
										  "service_product",
										  "source",
										  "subcontract",
										  "tender",
										  "registry_completeness"};

static bool rights_known = false;
static bool rights_allow;
static Oid rights_of;

static void
forget_rights_of_table(Datum arg, Oid relid)
{
	rights_known = false;
}

static void
forget_rights_of_role(Datum arg, int cache, uint32 hash)
{
	rights_known = false;
}

static bool
may_read_view(Oid user, const char *name)
{
	Oid view = get_relname_relid(name, get_namespace_oid(WMO_WORKS, false));

	return OidIsValid(view) && pg_class_aclcheck(view, user, ACL_SELECT) == ACLCHECK_OK;
}

/* The views that a map is made of read these tables with the rights of who reads the views. */
static bool
may_read_views(Oid user)
{
	for (int i = 0; i < WMO_SECTIONS; i++)
		if (wmo_section_view[i].name != NULL && !may_read_view(user, wmo_section_view[i].name))
			return false;
	return may_read_view(user, WMO_FIRST_DAY_VIEW);
}

static bool
may_read_tables(Oid user)
{
	Oid schema = get_namespace_oid(WMO_FACE, false);

	for (int i = 0; i < lengthof(read_tables); i++)
	{
		Oid table = get_relname_relid(read_tables[i], schema);
		HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
		Form_pg_class form;
		bool other_rows;

		if (!HeapTupleIsValid(tuple))
			return false;
		/* policies may show each user other rows, and what is written to a child is not noted: then SQL answers */
		form = (Form_pg_class) GETSTRUCT(tuple);
		other_rows = form->relrowsecurity || form->relhassubclass;
		ReleaseSysCache(tuple);
		if (other_rows || pg_class_aclcheck(table, user, ACL_SELECT) != ACLCHECK_OK)
			return false;
	}
	return true;
}

bool
wmo_may_read_registry(void)
{
	static bool callbacks_registered = false;
	Oid user = GetUserId();

	if (likely(rights_known && rights_of == user))
		return rights_allow;
	if (!callbacks_registered)
	{
		CacheRegisterRelcacheCallback(forget_rights_of_table, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHOID, forget_rights_of_role, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, forget_rights_of_role, (Datum) 0);
		callbacks_registered = true;
	}
	rights_known = true; /* before the look-ups, which may take in news that makes it false again */
	rights_of = user;
	rights_allow = may_read_tables(user) && may_read_views(user);
	return rights_allow;
}

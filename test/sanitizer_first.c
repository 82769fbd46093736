/*
 * sanitizer_first.c
 *		Starts the address sanitizer before any library of the server.
 *
 * The sanitizer's runtime starts at the first malloc.  In the server that is one under the lock of bindtextdomain(), in the
 * constructor of a library; while starting, the runtime takes the same lock through dlerror(), and the server hangs.  This
 * library is preloaded beside the runtime, and linked with -z initfirst its constructor is the first of all.
 */
#include <stdlib.h>

__attribute__((constructor)) static void
start_sanitizer(void)
{
	void *volatile memory = malloc(1);

	free(memory);
}

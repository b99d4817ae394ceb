/** ResourceStore, EventLog, Leases, and the embedded store. */
@NullMarked
package io.oarlock.store;

import org.jspecify.annotations.NullMarked;

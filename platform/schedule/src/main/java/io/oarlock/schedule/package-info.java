/** When things fire: durable due-index, leases, ledger. */
@NullMarked
package io.oarlock.schedule;

import org.jspecify.annotations.NullMarked;

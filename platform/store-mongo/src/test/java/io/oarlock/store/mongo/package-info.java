/** The contract kit, run against whatever MongoDB can be had. */
@NullMarked
package io.oarlock.store.mongo;

import org.jspecify.annotations.NullMarked;

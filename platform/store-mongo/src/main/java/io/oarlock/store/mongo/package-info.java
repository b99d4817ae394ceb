/** The MongoDB store: the only code that imports com.mongodb. */
@NullMarked
package io.oarlock.store.mongo;

import org.jspecify.annotations.NullMarked;

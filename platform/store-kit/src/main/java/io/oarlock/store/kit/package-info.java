/** The promises of a store, as tests that each implementation runs. */
@NullMarked
package io.oarlock.store.kit;

import org.jspecify.annotations.NullMarked;

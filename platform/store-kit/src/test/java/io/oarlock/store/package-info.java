/** Tests of the embedded store's own ways, beside the contract. */
@NullMarked
package io.oarlock.store;

import org.jspecify.annotations.NullMarked;

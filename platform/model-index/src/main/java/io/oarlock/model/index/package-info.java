/** What is done with the model while it is compiled. */
@NullMarked
package io.oarlock.model.index;

import org.jspecify.annotations.NullMarked;

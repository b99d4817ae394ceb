/** The resource types, one record each; ResourceTypes has them all. */
@NullMarked
package io.oarlock.model.types;

import org.jspecify.annotations.NullMarked;

/** The resource types, one record each. The list is ResourceTypes. */
@NullMarked
package io.oarlock.model.types;

import org.jspecify.annotations.NullMarked;

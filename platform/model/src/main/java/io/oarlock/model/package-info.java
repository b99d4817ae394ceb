/** The nouns of Oarlock. Start at ResourceModel. */
@NullMarked
package io.oarlock.model;

import org.jspecify.annotations.NullMarked;

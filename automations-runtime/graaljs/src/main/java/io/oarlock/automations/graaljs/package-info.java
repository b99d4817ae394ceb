/** The JavaScript engine: the only code that imports org.graalvm. */
@NullMarked
package io.oarlock.automations.graaljs;

import org.jspecify.annotations.NullMarked;

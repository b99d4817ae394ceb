/** The pipeline: authorization, hooks, automations, event dispatch. */
@NullMarked
package io.oarlock.engine;

import org.jspecify.annotations.NullMarked;

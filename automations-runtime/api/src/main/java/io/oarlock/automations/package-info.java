/** Run, RunRequest, RunResult, Limits, AutomationRunner: plain records and interfaces. */
@NullMarked
package io.oarlock.automations;

import org.jspecify.annotations.NullMarked;

/**
 * The platform's API for programs in Java. Start at {@link io.oarlock.client.Oarlock}; the verbs
 * are in {@link io.oarlock.client.Resources}, events in {@link io.oarlock.client.Watch}, and what
 * goes wrong is an {@link io.oarlock.client.OarlockException}.
 */
@NullMarked
package io.oarlock.client;

import org.jspecify.annotations.NullMarked;

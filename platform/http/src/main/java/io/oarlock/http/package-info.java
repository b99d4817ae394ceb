/** Routes, push, OpenAPI, derived from the model. */
@NullMarked
package io.oarlock.http;

import org.jspecify.annotations.NullMarked;

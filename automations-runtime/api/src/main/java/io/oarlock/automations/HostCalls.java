package io.oarlock.automations;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one running script may ask of the platform. The runner calls it on virtual threads, several
/// at once when the script does not await one call before the next.
///
/// The runner counts calls and cuts the run that makes too many; whether a call is allowed at all
/// is for the implementation to decide, on every call.
///
/// | operation | arguments | answer |
/// |---|---|---|
/// | `api.list` | `type`, `namespace`?, `query`? | list of objects |
/// | `api.count` | `type`, `namespace`?, `query`? | number |
/// | `api.get` | `type`, `id`, `namespace`?, `query`? | object |
/// | `api.create` | `type`, `object`, `namespace`?, `query`? | object |
/// | `api.update` | `type`, `id`, `object`, `namespace`?, `query`? | object |
/// | `api.patch` | `type`, `id`, `object` (a merge patch), `namespace`?, `query`? | object |
/// | `api.remove` | `type`, `id`, `namespace`?, `query`? | nothing |
/// | `fetch` | `url`, `method`, `headers` (name to text), `body`? (text) or `bodyBase64`?, `redirect`? (`follow`, `manual`, `error`) | `url`, `status`, `statusText`?, `redirected`?, `headers` (lower-case name to text), `body` (text) or `bodyBase64` |
/// | `kv.get` | `key` | value, or nothing |
/// | `kv.set` | `key`, `value`, `ttl`? (ISO 8601) | nothing |
/// | `kv.increment` | `key`, `by` (number), `ttl`? | number after |
/// | `kv.compareAndSet` | `key`, `expected`? (absent: key must not exist), `value`, `ttl`? | boolean |
/// | `kv.delete` | `key` | boolean: was there |
/// | `secrets.get` | `name` | nothing, or a refusal: only proves that the secret is bound to this automation |
///
/// `type` is a singular or plural type name as the script wrote it; `query` holds the options of a
/// list (`filter`, `tags`, `recursive`, `order`, `page`, `pageSize`, `fields`, …) under the names
/// of the REST parameters.
///
/// A secret never crosses into the script. What it holds writes itself as `${secret:NAME}`; the
/// implementation puts the bytes in where that text stands in the `url`, `headers` or `body` of a
/// `fetch` whose destination the secret is bound to.
public interface HostCalls {

  /// Does one operation for the script; may block.
  ///
  /// @param operation from the table above; the runner refuses every other name itself
  /// @param arguments a tree made by the script: shape and values are not to be trusted
  /// @return a tree, or null for nothing
  @Nullable Object call(String operation, Map<String, Object> arguments) throws HostCallException;

  /// Called once, when the script begins; all before was waiting for a worker.
  default void begun() {}

  /// Called in order, on one thread at a time, and never after the run's result was returned.
  void log(LogLine line);
}

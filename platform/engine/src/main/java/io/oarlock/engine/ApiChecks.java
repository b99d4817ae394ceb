package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code apicheck}: may the caller do an operation on some types in a namespace? */
final class ApiChecks implements Requests {
  private final Authorizer authorizer;

  ApiChecks(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public Map<String, Object> answer(Map<String, Object> request, Call call) {
    var at = Trees.text(request, "namespace").map(NamespacePath::of).orElse(call.namespace());
    var operation =
        Operation.parse(Trees.required(request, "operation"))
            .orElseThrow(() -> Problem.malformed("There is no such operation"));
    var held =
        authorizer.permissions(call.caller().principal(), at, call.caller().origin().address());
    var authorized = new LinkedHashMap<String, Object>();
    for (var type : Trees.texts(request.get("types"))) {
      authorized.put(type, held.allows(type, operation));
    }
    return Map.of("authorized", authorized);
  }
}

package io.oarlock.engine;

import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Renewing an app credential: a new certificate, for a key made here or elsewhere. */
final class CredentialActions {
  private final Function<Call, Answer> platform;

  CredentialActions(Function<Call, Answer> platform) {
    this.platform = platform;
  }

  Map<String, Actions> all() {
    return Map.of("appcredential/renew", this::renew);
  }

  private Map<String, Object> renew(ActionCall call) {
    var id = call.id().orElseThrow(() -> Problem.malformed("An id is missing"));
    var csr = Trees.text(call.body(), "csr");
    if (csr.isPresent()) {
      return patch(call, id, csr.get());
    }
    var request = CertificateRequests.make();
    var renewed = new LinkedHashMap<>(patch(call, id, request.certificate()));
    renewed.put("certificateKey", request.key());
    return renewed;
  }

  private Map<String, Object> patch(ActionCall call, String id, String csr) {
    var answer =
        platform.apply(
            new Call(
                Operation.PATCH,
                call.type(),
                call.namespace(),
                Optional.of(id),
                Map.of("csr", csr),
                Call.Reading.DEFAULT,
                Call.Writing.DEFAULT,
                call.caller()));
    return answer instanceof Answer.One(var resource, _) ? resource : Map.of();
  }
}

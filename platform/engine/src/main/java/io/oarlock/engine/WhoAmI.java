package io.oarlock.engine;

import io.oarlock.model.Instants;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code authn}: what a token says, the caller's own unless another is given. */
final class WhoAmI implements Requests {
  private final Tokens tokens;

  WhoAmI(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public boolean anonymous() {
    return true;
  }

  @Override
  public Map<String, Object> answer(Map<String, Object> request, Call call) {
    var principal =
        Trees.text(request, "token")
            .map(token -> tokens.verify(token, call.caller().origin().address()))
            .orElseGet(() -> call.caller().principal());
    var claims = new LinkedHashMap<String, Object>();
    claims.put("identity", principal.claims().stream().sorted().toList());
    var answer = new LinkedHashMap<String, Object>();
    answer.put("claims", claims);
    answer.put("tags", principal.claims().stream().sorted().toList());
    principal.expiresAt().ifPresent(at -> answer.put("expiresAt", Instants.text(at)));
    return answer;
  }
}

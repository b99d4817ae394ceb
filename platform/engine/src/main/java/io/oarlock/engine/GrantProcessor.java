package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Suggest;
import java.util.List;

/** API authorizations: nobody hands out more than they hold, or reaches above where they stand. */
final class GrantProcessor implements Processor {
  private final Authorizer authorizer;
  private final Roles roles;

  GrantProcessor(Authorizer authorizer, Roles roles) {
    this.authorizer = authorizer;
    this.roles = roles;
  }

  @Override
  public void prepare(Write write) {
    write.resource.putIfAbsent("authorizedNamespace", write.namespace.value());
  }

  @Override
  public void process(Write write) {
    if (!write.puts()) {
      return;
    }
    write.resource.put("propagate", true);
    var target = write.text("authorizedNamespace").map(NamespacePath::of).orElse(write.namespace);
    if (!write.namespace.contains(target)) {
      write.refuse(
          "not-below",
          "An API authorization of " + write.namespace + " grants there or below, not in " + target,
          "/authorizedNamespace");
      return;
    }
    var lines = Trees.texts(write.resource.get("authorizedIdentities"));
    requireKnownRoles(write, lines);
    authorizer.requireHolds(
        write.caller, target, roles.expand(lines, write.namespace), "/authorizedIdentities");
  }

  private void requireKnownRoles(Write write, List<String> lines) {
    for (var i = 0; i < lines.size(); i++) {
      var name = Roles.named(lines.get(i));
      if (name.isPresent() && roles.find(name.get(), write.namespace).isEmpty()) {
        write.refuse(
            "unknown-role",
            "There is no role "
                + name.get()
                + Suggest.didYouMean(name.get(), Roles.builtInNames())
                    .map(hint -> ". " + hint)
                    .orElse(""),
            "/authorizedIdentities/" + i);
      }
    }
  }
}

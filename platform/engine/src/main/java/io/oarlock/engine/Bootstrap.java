package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an empty platform gets: the administrator and the right to administer. */
final class Bootstrap {
  private final ResourceModel model;
  private final ResourceStore store;
  private final Pipeline pipeline;

  Bootstrap(ResourceModel model, ResourceStore store, Pipeline pipeline) {
    this.model = model;
    this.store = store;
    this.pipeline = pipeline;
  }

  /** The platform itself, as a caller. */
  static Call.Caller system(String what) {
    return new Call.Caller(
        new Principal(
            Set.of(Engine.SYSTEM_CLAIM),
            Principal.Restrictions.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Cause.system(what),
        new Call.Origin(what, Optional.empty(), Optional.empty()));
  }

  /** Does nothing where there is an account already. */
  void run(String adminPassword) {
    var accounts = Query.all(AccountRealm.TYPE, new Query.Scope.Everywhere());
    if (store.count(accounts) > 0) {
      return;
    }
    Roles.builtInNames()
        .forEach(name ->
            create(
                Roles.TYPE,
                Map.of(
                    "name",
                    name,
                    "description",
                    "Built in.",
                    "authorizations",
                    Roles.builtIn(name).orElse(Permissions.NONE).toMap(),
                    "propagate",
                    true,
                    "protected",
                    true)));
    create(
        AccountRealm.TYPE,
        Map.of(
            "name",
            EngineConfig.ADMIN,
            "description",
            "First administrator, made at the first start.",
            "password",
            adminPassword));
    create(
        Authorizer.TYPE,
        Map.of(
            "name",
            "administrator",
            "description",
            "Lets the first administrator do everything everywhere.",
            "subject",
            List.of(List.of("@auth:realm=account", "@auth:account=" + EngineConfig.ADMIN)),
            "authorizedIdentities",
            List.of("@role=namespace.administrator"),
            "authorizedNamespace",
            "/",
            "protected",
            true));
  }

  private void create(String type, Map<String, Object> body) {
    pipeline.write(
        new Call(
            Operation.CREATE,
            model.require(type),
            NamespacePath.ROOT,
            Optional.empty(),
            body,
            Call.Reading.DEFAULT,
            Call.Writing.DEFAULT,
            system("bootstrap")));
  }
}

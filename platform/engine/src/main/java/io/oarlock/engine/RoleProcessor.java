package io.oarlock.engine;

/** A role of one's own holds at most what its maker holds, and has no built-in name. */
final class RoleProcessor implements Processor {
  private final Authorizer authorizer;

  RoleProcessor(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  private static boolean isPlatform(Write write) {
    return write.caller.principal().claims().contains(Engine.SYSTEM_CLAIM);
  }

  @Override
  public void process(Write write) {
    if (!write.puts()) {
      return;
    }
    write.resource.put("builtIn", isPlatform(write));
    write
        .text("name")
        .filter(name -> Roles.builtInNames().contains(name) && !isPlatform(write))
        .ifPresent(name ->
            write.refuse(
                "built-in", "The role " + name + " is built in; use another name", "/name"));
    var map = new java.util.TreeMap<String, java.util.List<String>>();
    Trees.object(write.resource.get("authorizations"))
        .forEach((type, words) -> map.put(type, Trees.texts(words)));
    authorizer.requireHolds(write.caller, write.namespace, Permissions.of(map), "/authorizations");
  }
}

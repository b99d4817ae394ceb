package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;

/** {@code oarlock whoami} and {@code oarlock token issue}. */
final class Identity {
  private Identity() {}

  static Command whoami() {
    return Command.leaf(
        "whoami",
        "Shows who you are to the platform, and until when.",
        Identity::whoami,
        () -> List.of(Option.text("FORMAT", "text or json.", "-o", Option.OUTPUT)));
  }

  static Command.Group token() {
    return new Command.Group("token", "Handles tokens.", List.of("issue"), word -> issueCommand());
  }

  private static Command issueCommand() {
    return Command.leaf(
        "issue",
        "Prints a token that may do no more than yours.",
        Identity::issue,
        Identity::issueArguments);
  }

  private static int whoami(Session session, Arguments given) throws IOException {
    try (var api = session.api()) {
      var claims = Token.claims(api.token().orElse(""));
      var facts = new LinkedHashMap<String, Object>();
      facts.put("platform", api.endpoint().url());
      facts.put("profile", session.profileName());
      api.namespace().ifPresent(namespace -> facts.put("namespace", namespace));
      Token.instant(claims, "exp").ifPresent(end -> facts.put("until", end.toString()));
      facts.put("claims", claims);
      if (given.text(Option.OUTPUT).filter("json"::equals).isPresent()) {
        session.terminal().out().println(Json.pretty(facts));
      } else {
        session.terminal().out().print(Yaml.text(facts));
      }
    }
    return Exit.OK;
  }

  private static List<ArgSpec> issueArguments() {
    return List.of(
        Option.text("DURATION", "How long it lasts, such as PT1H.", "--validity"),
        Option.text("NS", "Only in and below this namespace.", "--restrict-namespace"),
        Option.many("PERM", "Only this, such as automation:get,list.", "--restrict-permission"),
        Option.many("CIDR", "Only from this network.", "--restrict-network"),
        Option.many("NAME", "Who shall accept it.", "--audience"));
  }

  private static int issue(Session session, Arguments given) throws IOException {
    try (var api = session.api()) {
      var body = new LinkedHashMap<String, Object>();
      body.put("realm", "Token");
      body.put("metadata", Map.of("token", api.token().orElse("")));
      given.text("--validity").ifPresent(value -> body.put("validity", value));
      given.text("--restrict-namespace").ifPresent(value -> body.put("restrictedNamespace", value));
      list(body, "restrictedPermissions", given.all("--restrict-permission"));
      list(body, "restrictedNetworks", given.all("--restrict-network"));
      list(body, "audience", given.all("--audience"));
      var answer = api.ask(Ask.of("POST", "/v1/issue").body(body)).object();
      session.terminal().out().println(Tree.text(answer, "token").orElse(""));
    }
    return Exit.OK;
  }

  private static void list(Map<String, Object> body, String name, List<String> values) {
    if (!values.isEmpty()) {
      body.put(name, values);
    }
  }
}

package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Hidden;
import io.oarlock.model.Immutable;
import io.oarlock.model.Keys;
import io.oarlock.model.Matches;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Transient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "Marketplace",
    aliases = {"install", "installs"},
    indexes = {"unique:name"},
    example =
        """
        {
          "name": "policy-change-log",
          "app": "policy-change-log",
          "appVersion": "1.0.0",
          "parameters": {"level": "warn"},
          "consent": {"entitlements": {"networkaccesspolicy": ["get"]}}
        }
        """)
@Doc(
    "An app in the namespace, with what it made. Creating it installs, changing it upgrades, "
        + "deleting it removes exactly what was made; a dry run of any of these is a plan.")
public record Installation(
    Meta meta,
    @Doc("Name of the app, published in the namespace or handed down to it.")
        @Example("policy-change-log")
        @Size(min = 1, max = 64)
        @Filterable
        @Immutable
        String app,
    @Doc("Version of the app; another one upgrades it, or goes back.")
        @Example("1.0.0")
        @Size(min = 1, max = 64)
        String appVersion,
    @Doc("Answers to the parameters of the app.")
        @Example("{\"level\": \"warn\"}")
        @Size(max = 131072)
        @Keys(max = 64)
        Map<String, Object> parameters,
    @Doc("What the app may do; all that its version asks for must be in it.")
        @Example("{\"entitlements\": {\"networkaccesspolicy\": [\"get\"]}}")
        Optional<Consent> consent,
    @Doc(
            "A signed bundle of that version, a zip or tar.gz in Base64, that is published in the "
                + "namespace with this write: both happen, or neither.")
        @Example("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==")
        @Matches(value = "[A-Za-z0-9+/]+={0,2}", message = "Write the bundle in Base64")
        @Size(min = 1, max = 960_000)
        @Transient
        Optional<String> bundle,
    @Doc(
            "Goes back to what was installed before: its version, answers and consent, whatever this "
                + "write says of them, and what its automations kept then.")
        @Example("true")
        @Transient
        boolean goBack,
    @Doc(
            "With a dry run: also tells what its automations would have done about the events of the "
                + "last day. Takes up to 20 s.")
        @Example("true")
        @Transient
        boolean rehearse,
    @Doc("What it made, in the order of its app.yaml.") @Size(max = 512) @ReadOnly
        List<Made> resources,
    @Doc("What this write changed, or would change if it is a dry run.") @Size(max = 1024) @ReadOnly
        List<Change> changes,
    @Doc(
            "What the automations it adds or changes would have done about the events of the last "
                + "day, as far as they listen to events.")
        @Example(
            "[{\"automation\": \"connection-alarm\", \"since\": \"2026-11-21T23:50:00.000Z\", "
                + "\"events\": 12, \"succeeded\": 11, \"skipped\": 0, \"failed\": 1, "
                + "\"effects\": [{\"kind\": \"Api\", \"what\": \"create alarm\", \"count\": 11}]}]")
        @Size(max = 128)
        @ReadOnly
        List<Rehearsal> rehearsals,
    @Doc("Key of the publisher who signed the installed version.")
        @Example("ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        @Size(max = 64)
        @ReadOnly
        String publisher,
    @Doc("Digest of the installed version.")
        @Example("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        @Size(max = 128)
        @ReadOnly
        String digest,
    @Doc("What was installed before the last change of version, to go back to.") @ReadOnly
        Optional<Before> previous,
    @Doc("What its automations kept then, by their names.")
        @Example("{\"counter\": {\"seen\": \"3\"}}")
        @Size(max = 1_048_576)
        @Keys(max = 512)
        @Hidden
        @ReadOnly
        Map<String, Object> kept) {

  /** What its installer agreed to. */
  public record Consent(
      @Doc("What its automations may do, by resource type.")
          @Example("{\"networkaccesspolicy\": [\"get\"]}")
          @Size(max = 128)
          @Keys(format = TextFormat.PERMITTED_TYPE)
          Map<String, Set<Verb>> entitlements,
      @Doc("Names of the secrets it may use.") @Example("[\"slack-token\"]") @Size(max = 32)
          Set<String> secrets,
      @Doc("Hosts it may send requests to; * for any.")
          @Example("[\"hooks.slack.com\"]")
          @Matches(value = Automation.HOSTS, message = Automation.HOSTS_WORDS)
          @Size(max = 64)
          Set<String> hosts) {}

  /** A resource that it made. */
  public record Made(
      @Doc("Its type.") @Example("automation") @Size(max = 64) String type,
      @Doc("Its name.") @Example("policy-change-log") @Size(max = 256) String name,
      @Doc("Its id.") @Example("6741f3a2c0de4b0f8a1d2e3f") @Format(TextFormat.ID) @Size(max = 64)
          String id,
      @Doc("Digest of what the app said of it.")
          @Example("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
          @Size(max = 128)
          String digest) {}

  /** What becomes of a resource. */
  public record Change(
      @Doc("What is done.") @Example("Add") Doing doing,
      @Doc("Its type.") @Example("automation") @Size(max = 64) String type,
      @Doc("Its name.") @Example("policy-change-log") @Size(max = 256) String name) {}

  /** What an automation would have done, had it been there. */
  public record Rehearsal(
      @Doc("Name of the automation.") @Example("connection-alarm") @Size(max = 256)
          String automation,
      @Doc("Events since then were looked at: a day ago, or when the first that is left happened.")
          @Example("2026-11-21T23:50:00.000Z")
          Instant since,
      @Doc("Events that would have set it off; the newest 100 were tried.")
          @Example("12")
          @Range(max = 1_000_000)
          long events,
      @Doc("Runs that would have succeeded.") @Example("11") @Range(max = 1000) long succeeded,
      @Doc("Runs whose condition would have said no.") @Example("0") @Range(max = 1000)
          long skipped,
      @Doc("Runs that would have failed.") @Example("1") @Range(max = 1000) long failed,
      @Doc("What the runs would have written and sent.") @Size(max = 64) List<Rehearsed> effects,
      @Doc("What the first that failed said.")
          @Example("TypeError: x is undefined (line 3)")
          @Size(max = 2048)
          Optional<String> fault) {}

  /** Something that runs would have done. */
  public record Rehearsed(
      @Doc("What kind of effect.") @Example("Fetch") Run.EffectKind kind,
      @Doc("What was done.") @Example("POST https://chat.example.com") @Size(max = 512) String what,
      @Doc("How often.") @Example("11") @Range(max = 1_000_000) long count) {}

  /** What is done to a resource. */
  public enum Doing {
    @Doc("It is made.")
    ADD,
    @Doc("It is changed.")
    CHANGE,
    @Doc("It is removed.")
    REMOVE,
    @Doc("It stays as it is.")
    KEEP
  }

  /** What was installed. */
  public record Before(
      @Doc("Version of the app.") @Example("1.0.0") @Size(max = 64) String appVersion,
      @Doc("Answers to its parameters.")
          @Example("{\"level\": \"warn\"}")
          @Size(max = 131072)
          @Keys(max = 64)
          Map<String, Object> parameters,
      @Doc("What it might do.") @Example("{\"entitlements\": {\"networkaccesspolicy\": [\"get\"]}}")
          Optional<Consent> consent,
      @Doc(
              "How many values its automations kept; going back brings them back. Absent when they "
                  + "were too many or too large to be remembered: then they stay as they are.")
          @Example("3")
          @Range(min = 0, max = 200)
          Optional<Integer> keptValues) {}
}

package io.oarlock.model.types;

import io.oarlock.model.ActionOf;
import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.ElementSize;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.Matches;
import io.oarlock.model.Operation;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "What happens",
    aliases = {"auto", "autos"},
    indexes = {"nextAt"},
    example =
        """
        {
          "name": "log-policy-changes",
          "trigger": {
            "kind": "OnEvent",
            "types": ["networkaccesspolicy"],
            "operations": ["Create", "Update", "Delete"],
            "filter": "action == Reject"
          },
          "source": "export default async function (ctx) { ctx.log.info(ctx.event.object.name); }",
          "parameters": {"channel": "#net"},
          "entitlements": {"networkaccesspolicy": ["get", "list"]},
          "limits": {"wallTime": "PT10S", "cpuTime": "PT2S", "memory": "64MiB"}
        }
        """)
@ActionOf(
    name = "calltokens",
    doc =
        "Makes a URL that runs the automation when somebody posts to it; the URL is "
            + "shown once.",
    input = Automation.NewCallToken.class,
    output = Automation.CallUrl.class)
@ActionOf(
    name = "test",
    doc =
        "Runs the automation with a sample event or payload; a dry run captures its side "
            + "effects instead of having them.",
    input = Automation.Test.class)
@ActionOf(
    name = "run",
    doc = "Runs the automation now, with a payload.",
    input = Automation.Start.class,
    output = Automation.Started.class)
@ActionOf(
    name = "versions",
    method = "GET",
    permission = Operation.GET,
    doc = "Lists the saved versions, newest first.")
@ActionOf(
    name = "rollback",
    doc = "Makes a saved version the current one again, as a new version.",
    input = Automation.Rollback.class)
@ActionOf(
    name = "preview",
    onType = true,
    permission = Operation.GET,
    doc = "Shows when a schedule would fire next, without saving it.",
    input = Automation.Preview.class,
    output = Automation.Slots.class)
@Doc(
    "A script of yours that runs when something happens: on an event, at times, when "
        + "called from outside, or to answer a hook.")
public record Automation(
    Meta meta,
    @Doc("What sets it off.") @Example("{\"kind\": \"OnSchedule\", \"cron\": \"0/2 * * * * ?\"}")
        Trigger trigger,
    @Doc(
            "Source of function when(ctx), which decides whether the actions run; a when "
                + "exported by the source serves as well.")
        @Example("export async function when(ctx) { return ctx.event.object.action === 'Reject'; }")
        @Format(TextFormat.JAVASCRIPT)
        @Size(max = 65536)
        Optional<String> condition,
    @Doc(
            "ES module whose default export is the action. Checked for syntax when saved; "
                + "each saved source is a version.")
        @Example("export default async function (ctx) { ctx.log.info('hello'); }")
        @Format(TextFormat.JAVASCRIPT)
        @Size(min = 1, max = 262144)
        String source,
    @Doc("Further modules by file name, for relative imports.")
        @Example("{\"./format.js\": \"export const line = (o) => o.name;\"}")
        @Format(TextFormat.JAVASCRIPT)
        @Size(max = 32)
        @ElementSize(max = 65536)
        @Keys(max = 256, pattern = MODULE_PATH, message = MODULE_PATH_WORDS)
        Map<String, String> modules,
    @Doc("Values the script finds in ctx.params.")
        @Example("{\"channel\": \"#net\"}")
        @Size(max = 65536)
        @Keys(max = 256)
        Map<String, Object> parameters,
    @Doc("What a run may do, by resource type; never more than its author may.")
        @Example("{\"networkaccesspolicy\": [\"get\", \"list\"]}")
        @Size(max = 128)
        @Keys(format = TextFormat.PERMITTED_TYPE)
        Map<String, Set<Verb>> entitlements,
    @Doc("What a run may use.") @Example("{\"wallTime\": \"PT10S\", \"memory\": \"64MiB\"}")
        Optional<AutomationLimits> limits,
    @Doc("Names of the secrets of the namespace that the script may use.")
        @Example("[\"slack-token\"]")
        @Size(max = 32)
        Set<String> secrets,
    @Doc(
            "Hosts its fetches may ask, as far as the outbound guard lets them: names, *. with a "
                + "domain, or * for any; none when empty.")
        @Example("[\"hooks.slack.com\"]")
        @Default("[\"*\"]")
        @Matches(value = HOSTS, message = HOSTS_WORDS)
        @Size(max = 64)
        Set<String> hosts,
    @Doc("Most runs at the same time; further ones wait.")
        @Example("10")
        @Default("10")
        @Range(min = 1, max = 100)
        long concurrency,
    @Doc("How a run that failed is tried again; not at all when absent.")
        @Example("{\"attempts\": 3, \"delay\": \"PT5S\", \"maxDelay\": \"PT10M\"}")
        Optional<Retries> retries,
    @Doc("Number of the version that new runs use.")
        @Example("3")
        @Range(min = 1, max = 9007199254740991d)
        @ReadOnly
        long currentVersion,
    @Doc("Claims of who saved the current version, whose rights bound those of its runs.")
        @Example("[\"@auth:realm=account\", \"@auth:account=admin\"]")
        @Format(TextFormat.TAG)
        @Size(max = 64)
        @ReadOnly
        List<String> author,
    @Doc("When its schedule fires next.") @Example("2026-11-21T23:50:02.000Z") @ReadOnly
        Optional<Instant> nextAt,
    Disableable disableable)
    implements SelfChecking {
  /** Which files a module can be. */
  static final String MODULE_PATH =
      "(\\./)?([A-Za-z0-9_@$-][A-Za-z0-9_@$.-]*/)*[A-Za-z0-9_@$-][A-Za-z0-9_@$.-]*";

  /** Which hosts can be named; {@code *} means any. */
  public static final String HOSTS = "\\*|" + EgressPolicy.HOST + "|[0-9A-Fa-f:.]{2,45}";

  /** The same for people. */
  public static final String HOSTS_WORDS =
      "Write a host name or an address, *. and a domain, or * for any";

  static final String MODULE_PATH_WORDS =
      "a path has letters, digits, '-', '_', '.' and '/', as in './lib/tags.js'";

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    rules.add(trigger.violations("/trigger"));
    limits.ifPresent(found -> rules.add(found.violations("/limits")));
    retries.ifPresent(found -> rules.add(found.violations("/retries")));
    return rules.violations();
  }

  /** Body of the action calltokens. */
  public record NewCallToken(
      @Doc("What the URL is for, in words.") @Example("For the build server.") @Size(max = 1024)
          Optional<String> description,
      @Doc("When the URL stops working; never when absent.") @Example("2027-01-01T00:00:00.000Z")
          Optional<Instant> expirationTime) {}

  /** Answer of the action calltokens. */
  public record CallUrl(
      @Doc("URL to post to; it cannot be shown again.")
          @Example("https://localhost:8443/v1/calls/Zk9sQ2RlZmdoaWprbG1ub3A")
          @Format(TextFormat.URL)
          @Size(max = 2048)
          String url,
      @Doc("Identifier of the call token, to remove it by.")
          @Example("6741f3a2c0de4b0f8a1d2e3f")
          @Format(TextFormat.ID)
          @Size(max = 64)
          String id) {}

  /** Body of the action test. */
  public record Test(
      @Doc("Event the script finds in ctx.event.")
          @Example(
              "{\"operation\": \"Create\", \"type\": \"networkaccesspolicy\", \"object\": "
                  + "{\"name\": \"p\"}}")
          @Size(max = 262144)
          Optional<Object> event,
      @Doc("Payload the script finds in ctx.payload.")
          @Example("{\"text\": \"hello\"}")
          @Size(max = 262144)
          Optional<Object> payload,
      @Doc("Captures side effects instead of having them.") @Example("true") @Default("true")
          boolean dryRun) {}

  /** Body of the action run. */
  public record Start(
      @Doc("Payload the script finds in ctx.payload.")
          @Example("{\"text\": \"hello\"}")
          @Size(max = 262144)
          Optional<Object> payload) {}

  /** Answer of the action run. */
  public record Started(
      @Doc("Identifier of the run.")
          @Example("6741f3a2c0de4b0f8a1d2e3f")
          @Format(TextFormat.ID)
          @Size(max = 64)
          String run) {}

  /** Body of the action rollback. */
  public record Rollback(
      @Doc("Number of the version to go back to.")
          @Example("2")
          @Range(min = 1, max = 9007199254740991d)
          long version) {}

  /** Body of the action preview. */
  public record Preview(
      @Doc("The schedule in question.")
          @Example("{\"cron\": \"0 30 2 * * ?\", \"timeZone\": \"Europe/Berlin\"}")
          Trigger.OnSchedule schedule,
      @Doc("From when to look; now when absent.") @Example("2026-11-21T23:50:00.000Z")
          Optional<Instant> from,
      @Doc("How many slots to show.") @Example("5") @Default("10") @Range(min = 1, max = 100)
          long count) {}

  /** Answer of the action preview. */
  public record Slots(
      @Doc("The next slots, earliest first.")
          @Example("[\"2026-11-22T01:30:00.000Z\"]")
          @Size(max = 100)
          List<Instant> slots) {}
}

package io.oarlock.marketplace.bundle;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.Matches;
import io.oarlock.model.Operation;
import io.oarlock.model.Range;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands in app.yaml. */
@Resource(
    name = "app",
    group = "Marketplace",
    stored = false,
    operations = {Operation.CREATE},
    example =
        """
        {
          "name": "policy-change-log",
          "version": "1.0.0",
          "category": "Audit",
          "description": "Writes a log line for every change of a policy.",
          "parameters": [{"key": "level", "type": "String", "defaultValue": "info"}],
          "permissions": {"entitlements": {"networkaccesspolicy": ["get"]}},
          "resources": {
            "automation/policy-change-log": {
              "trigger": {"kind": "OnEvent", "types": ["networkaccesspolicy"]},
              "source": "${file:main.js}",
              "parameters": {"level": "${parameters.level}"}
            }
          }
        }
        """)
@Doc("An app: what it is, what it asks, what it may do, and the resources it makes.")
public record AppManifest(
    @Doc("Version of the form of this file.") @Example("1") @Default("1") @Range(min = 1, max = 1)
        long format,
    @Doc("Name of the app, the same in all its versions.")
        @Example("policy-change-log")
        @Matches(
            value = "[a-z][a-z0-9]*(-[a-z0-9]+)*",
            message = "Write small letters and digits, with single dashes between them")
        @Size(min = 2, max = 64)
        String name,
    @Doc("Version, by the rules of Semantic Versioning.")
        @Example("1.0.0")
        @Matches(value = SemanticVersion.PATTERN, message = SemanticVersion.PATTERN_WORDS)
        @Size(max = 64)
        String version,
    @Doc("Name for people; the name when absent.") @Example("Policy change log") @Size(max = 80)
        Optional<String> title,
    @Doc("Shelf of the catalogue it stands on.") @Example("Audit") Category category,
    @Doc("What it does and for whom.")
        @Example("Writes a log line for every change of a policy.")
        @Format(TextFormat.MARKDOWN)
        @Size(min = 1, max = 16384)
        String description,
    @Doc("File of its icon, SVG or PNG.") @Example("icon.svg") @Size(max = 200)
        Optional<String> icon,
    @Doc("Files of its screenshots, PNG, JPEG or WebP, in the order they are shown in.")
        @Example("[\"screenshots/log.png\"]")
        @Size(max = Limits.SCREENSHOTS_MAX)
        List<String> screenshots,
    @Doc("Files for people, such as README.md and LICENSE.")
        @Example("[\"README.md\"]")
        @Size(max = 32)
        Set<String> documents,
    @Doc("What it asks who installs it, in this order.")
        @Example("[{\"key\": \"level\", \"type\": \"String\", \"defaultValue\": \"info\"}]")
        @Size(max = 64)
        List<AppParameter> parameters,
    @Doc("What it asks to be allowed; nothing when absent.")
        @Example("{\"entitlements\": {\"networkaccesspolicy\": [\"get\"]}}")
        Optional<AppPermissions> permissions,
    @Doc(
            "The resources it makes, by type/name. Text may hold ${parameters.key}, ${namespace}"
                + " and ${installation}; ${file:path} stands for the text of a file.")
        @Example("{\"externalnetwork/office\": {\"entries\": [\"${parameters.network}\"]}}")
        @Size(max = 262144)
        @Keys(
            max = 320,
            pattern = "[a-z][a-z0-9]*/[^\\p{Cntrl}]{1,256}",
            message = "Write type/name, such as automation/policy-change-log")
        Map<String, Object> resources,
    @Doc("Answers to its parameters, and what comes of them; run by app test.")
        @Example("[{\"name\": \"by default\", \"makes\": [\"automation/policy-change-log\"]}]")
        @Size(max = 32)
        List<AppTest> tests)
    implements SelfChecking {
  /** Most resources of an app; with the installation itself they are one batch. */
  public static final int RESOURCES_MAX = 500;

  /** Shelves of the catalogue. */
  public enum Category {
    @Doc("Who did what.")
    AUDIT,
    @Doc("Telling people.")
    ALERTING,
    @Doc("Other systems.")
    INTEGRATION,
    @Doc("Networks and who may talk.")
    NETWORKING,
    @Doc("Finding and stopping what is bad.")
    SECURITY,
    @Doc("Keeping things tidy.")
    HOUSEKEEPING,
    @Doc("Anything else.")
    OTHER
  }

  /** One test of an app: answers, and what comes of them. */
  public record AppTest(
      @Doc("What is tested.") @Example("by default") @Size(min = 1, max = 128) String name,
      @Doc("Answers to the parameters.")
          @Example("{\"level\": \"warn\"}")
          @Size(max = 65536)
          @Keys(max = 64)
          Map<String, Object> parameters,
      @Doc("The resources made of them, all and no others, by type/name.")
          @Example("[\"automation/policy-change-log\"]")
          @Size(max = RESOURCES_MAX)
          Set<String> makes,
      @Doc("The parameters that are refused; then nothing is made.")
          @Example("[\"level\"]")
          @Size(max = 64)
          Set<String> refuses) {}

  @Override
  public List<Violation> validate() {
    return new ManifestRules(this).violations();
  }

  /** What it asks to be allowed. */
  public AppPermissions asked() {
    return permissions.orElse(AppPermissions.NONE);
  }

  /** Its version, which can be compared. */
  public SemanticVersion semanticVersion() {
    return SemanticVersion.parse(version);
  }

  /** The words shown for it. */
  public String shown() {
    return title.orElse(name);
  }
}

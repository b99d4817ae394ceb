package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Matches;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.Violation;
import java.util.List;
import java.util.Set;

@Resource(
    group = "Who may talk to whom",
    aliases = {"filepol", "filepols"},
    example =
        """
        {
          "name": "web-reads-config",
          "subject": [["app=web"]],
          "paths": ["/etc/nginx"],
          "allowsRead": true
        }
        """)
@Doc("Says which processing units may read, write and execute which files.")
public record FileAccessPolicy(
    Meta meta,
    PolicySubject policy,
    @Doc("Files, and folders with everything below, by absolute path.")
        @Example("[\"/etc/nginx\"]")
        @Matches(value = "/.*", message = "Write an absolute path, such as /etc/nginx")
        @Size(min = 1, max = 256)
        Set<String> paths,
    @Doc("Whether they may be read.") @Example("true") boolean allowsRead,
    @Doc("Whether they may be written.") @Example("false") boolean allowsWrite,
    @Doc("Whether they may be executed.") @Example("false") boolean allowsExecute,
    @Doc("Writes a log line for each access it decides.") @Example("true") boolean logsEnabled,
    Propagated propagated,
    Fallback fallback,
    Disableable disableable,
    Scheduled scheduled,
    Expiring expiring)
    implements SelfChecking {

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    Schedules.check(scheduled, rules);
    return rules.violations();
  }
}

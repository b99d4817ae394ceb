package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Immutable;
import io.oarlock.model.Label;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "What runs",
    aliases = {"pu", "pus"},
    indexes = {"enforcerId,clientLocalId"},
    example =
        """
        {
          "name": "nginx",
          "type": "Docker",
          "images": ["nginx:1.29"],
          "metadata": ["@app:image=nginx"],
          "associatedTags": ["app=web"]
        }
        """)
@Doc(
    "Anything that computes and has an identity of its own: a process, a container, "
        + "a service of a host, a host, a session of a user.")
public record ProcessingUnit(
    Meta meta,
    @Doc("What it is.") @Example("Docker") @Immutable @Filterable Type type,
    @Doc("Images it was started from.") @Example("[\"nginx:1.29\"]") @Size(max = 64) @Immutable
        List<String> images,
    @Doc("Identifier its host knows it by, such as that of the container.")
        @Example("3f4e1a9b7c2d")
        @Size(max = 256)
        @Label("Native context ID")
        Optional<String> nativeContextId,
    @Doc("Identifier its enforcer gave it while the platform was away.")
        @Example("local-7")
        @Size(max = 128)
        @Label("Client local ID")
        Optional<String> clientLocalId,
    @Doc("Identifier of its enforcer.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Filterable
        @Label("Enforcer ID")
        Optional<String> enforcerId,
    @Doc("Namespace of its enforcer.") @Example("/acme/prod")
        Optional<NamespacePath> enforcerNamespace,
    @Doc("Whether it runs.") @Example("Running") @Default("Initialized") @Filterable
        OperationalStatus operationalStatus,
    @Doc("Whether its policies are enforced.") @Example("Active") @Default("Inactive") @Filterable
        EnforcementStatus enforcementStatus,
    @Doc("Protocols and ports it listens on.")
        @Example("[\"tcp/80\"]")
        @Format(TextFormat.PORTS)
        @Size(max = 256)
        Set<String> networkServices,
    @Doc("When its enforcer last told of it.") @Example("2026-11-21T23:50:00.000Z") @ReadOnly
        Optional<Instant> lastSyncTime) {

  /** What a unit is. */
  public enum Type {
    @Doc("A container.")
    DOCKER,
    @Doc("A pod of Kubernetes.")
    KUBERNETES_POD,
    @Doc("A whole host.")
    HOST,
    @Doc("A port of a host.")
    HOST_SERVICE,
    @Doc("A tree of processes on Linux.")
    LINUX_SERVICE,
    @Doc("A service on Windows.")
    WINDOWS_SERVICE,
    @Doc("A session of a user.")
    USER_SESSION,
    @Doc("A session over SSH.")
    @Wire("SSHSession")
    SSH_SESSION,
    @Doc("A gateway in front of APIs.")
    @Wire("APIGateway")
    API_GATEWAY
  }

  /** Whether a unit runs. */
  public enum OperationalStatus {
    @Doc("It is known and has not started.")
    INITIALIZED,
    @Doc("It runs.")
    RUNNING,
    @Doc("It is paused.")
    PAUSED,
    @Doc("It has stopped and may start again.")
    STOPPED,
    @Doc("It is gone.")
    TERMINATED
  }
}

package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.Label;
import io.oarlock.model.Matches;
import io.oarlock.model.Range;
import io.oarlock.model.Resource;
import io.oarlock.model.Secret;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TagExpression;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Violation;
import io.oarlock.model.Wire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "What runs",
    aliases = {"srv"},
    example =
        """
        {
          "name": "shop",
          "type": "HTTP",
          "hosts": ["shop.example.com"],
          "exposedPort": 443,
          "port": 8080,
          "selectors": [["app=shop"]]
        }
        """)
@Doc(
    "A service with a name and a port that processing units implement, and how its "
        + "users prove who they are.")
public record Service(
    Meta meta,
    @Doc("What it speaks.") @Example("HTTP") @Default("HTTP") @Filterable Type type,
    @Doc("Host names it is reached by.")
        @Example("[\"shop.example.com\"]")
        @Matches(value = EgressPolicy.HOST, message = "Write a host name")
        @Size(max = 64)
        Set<String> hosts,
    @Doc("Networks it is reached at.")
        @Example("[\"192.0.2.7/32\"]")
        @Format(TextFormat.CIDR)
        @Size(max = 64)
        @Label("Addresses")
        Set<String> ips,
    @Doc("Port its users connect to.") @Example("443") @Range(min = 1, max = 65535)
        long exposedPort,
    @Doc("Port the processing units listen on; needed unless the service is external.")
        @Example("8080")
        @Range(min = 1, max = 65535)
        Optional<Long> port,
    @Doc("Further port for users without an enforcer, with TLS.")
        @Example("8443")
        @Range(min = 1, max = 65535)
        Optional<Long> publicApplicationPort,
    @Doc("Whether the processing units themselves speak TLS.")
        @Example("false")
        @Label("Exposed service is TLS")
        boolean exposedServiceIsTLS,
    @Doc("Whether it is run by somebody outside the platform.") @Example("false") boolean external,
    @Doc("Tag expression that selects the processing units implementing it.")
        @Example("[[\"app=shop\"]]")
        @Default("[]")
        TagExpression selectors,
    @Doc("Where the certificate of its public port comes from.")
        @Example("Oarlock")
        @Default("Oarlock")
        TlsType tlsType,
    @Doc("Certificate of its public port, for tlsType External.")
        @Example(
            "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 65536)
        Optional<String> tlsCertificate,
    @Doc("Private key of that certificate; never shown again.")
        @Example("-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 16384)
        @Secret
        Optional<String> tlsCertificateKey,
    @Doc("How users prove who they are.") @Example("JWT") @Default("None")
        AuthorizationType authorizationType,
    @Doc("Certificate or key that JWTs of users are verified with.")
        @Example(
            "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 65536)
        Optional<String> jwtSigningCertificate,
    @Doc("Certificate authorities of the client certificates of users.")
        @Example(
            "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 65536)
        Optional<String> mtlsCertificateAuthority,
    @Doc("OpenID Connect provider of users.")
        @Example("{\"url\": \"https://id.example.com\", \"clientId\": \"shop\"}")
        Optional<Oidc> oidc,
    @Doc("HTTP headers that carry claims of the user, by header.")
        @Example("{\"X-User\": \"email\"}")
        @Size(max = 64)
        @Label("Claims to headers")
        @Keys(
            max = 256,
            pattern = "[!#$%&'*+.^_`|~0-9A-Za-z-]+",
            message = "a header has letters, digits and hyphens")
        Map<String, String> claimsToHeaders,
    @Doc("Where browsers go that may not enter.")
        @Example("https://shop.example.com/denied")
        @Format(TextFormat.URL)
        @Size(max = 2048)
        Optional<String> redirectUrlOnAuthorizationFailure,
    Propagated propagated,
    Disableable disableable)
    implements SelfChecking {

  /** What a service speaks. */
  public enum Type {
    @Doc("HTTP, and what is built on it.")
    @Wire("HTTP")
    HTTP,
    @Doc("Any protocol over TCP.")
    @Wire("TCP")
    TCP
  }

  /** Where the certificate of a public port comes from. */
  public enum TlsType {
    @Doc("The certificate authority of the namespace.")
    OARLOCK,
    @Doc("Let's Encrypt.")
    LETS_ENCRYPT,
    @Doc("The certificate and key given here.")
    EXTERNAL,
    @Doc("Nowhere: the port speaks no TLS.")
    NONE
  }

  /** How users prove who they are. */
  public enum AuthorizationType {
    @Doc("They do not.")
    NONE,
    @Doc("By a JSON web token.")
    @Wire("JWT")
    JWT,
    @Doc("By signing in at an OpenID Connect provider.")
    @Wire("OIDC")
    OIDC,
    @Doc("By a client certificate.")
    @Wire("MTLS")
    MTLS
  }

  /** An OpenID Connect provider. */
  public record Oidc(
      @Doc("URL of the provider.")
          @Example("https://id.example.com")
          @Format(TextFormat.URL)
          @Size(max = 2048)
          @Label("URL")
          String url,
      @Doc("Name the provider knows the service by.")
          @Example("shop")
          @Size(min = 1, max = 256)
          @Label("Client ID")
          String clientId,
      @Doc("Secret shared with the provider; never shown again.")
          @Example("hunter2")
          @Size(max = 1024)
          @Secret
          Optional<String> clientSecret,
      @Doc("Scopes to ask for.") @Example("[\"openid\", \"email\"]") @Size(max = 32)
          Set<String> scopes) {}

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    rules.refuseIf(
        hosts.isEmpty() && ips.isEmpty(),
        "hosts",
        "required",
        "A service is reached by a host name or an address.",
        "Add hosts or ips.");
    rules.refuseIf(
        port.isEmpty() && !external,
        "port",
        "required",
        "The processing units of a service listen on a port.",
        "Add port, or set external when others run it.");
    rules.refuseIf(
        publicApplicationPort.filter(found -> found == exposedPort).isPresent(),
        "publicApplicationPort",
        "not-distinct",
        "One port cannot serve users with and without an enforcer.",
        "Choose another port than exposedPort.");
    rules.refuseIf(
        authorizationType == AuthorizationType.OIDC && oidc.isEmpty(),
        "oidc",
        "required",
        "With authorizationType OIDC, oidc says where users sign in.",
        "Add oidc with url and clientId.");
    return rules.violations();
  }
}

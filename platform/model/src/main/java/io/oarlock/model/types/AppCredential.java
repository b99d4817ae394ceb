package io.oarlock.model.types;

import io.oarlock.model.ActionOf;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Label;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Secret;
import io.oarlock.model.ShownOnce;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Transient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "Who",
    aliases = {"appcred", "appcreds"},
    example =
        """
        {
          "name": "deployer",
          "roles": ["automation:create,get,list,update"],
          "authorizedSubnets": ["10.0.0.0/8"]
        }
        """)
@ActionOf(
    name = "renew",
    doc =
        "Makes a new certificate, for the key of a CSR when one is given; the old one "
            + "stays valid until it expires.",
    input = AppCredential.Renewal.class,
    output = AppCredential.Credential.class)
@Doc("The identity of a program: a client certificate with the permissions that come " + "with it.")
public record AppCredential(
    Meta meta,
    @Doc(
            "Roles and permissions its tokens have, such as @role=name or "
                + "automation:get,list; never more than its maker has.")
        @Example("[\"automation:get,list\"]")
        @Format(TextFormat.PERMISSION)
        @Size(min = 1, max = 256)
        Set<String> roles,
    @Doc("Networks it may call from; everywhere when empty.")
        @Example("[\"10.0.0.0/8\"]")
        @Format(TextFormat.CIDR)
        @Size(max = 64)
        Set<String> authorizedSubnets,
    @Doc("Longest validity of a token issued to it.") @Example("PT1H")
        Optional<Duration> maxIssuedTokenValidity,
    @Doc(
            "Certificate signing request, when the private key is made elsewhere and stays "
                + "there.")
        @Example(
            "-----BEGIN CERTIFICATE REQUEST-----\nMIIBHTCBxQIBADA=\n-----END CERTIFICATE "
                + "REQUEST-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 16384)
        @Transient
        @Label("CSR")
        Optional<String> csr,
    @Doc("Its certificate.")
        @Example(
            "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 16384)
        @ReadOnly
        Optional<String> certificate,
    @Doc("SHA-256 of its certificate, by which a caller is recognised.")
        @Example("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        @Size(max = 64)
        @Filterable
        @ReadOnly
        Optional<String> fingerprint,
    @Doc("When its certificate ceases to be valid.") @Example("2027-11-21T23:50:00.000Z") @ReadOnly
        Optional<Instant> certificateExpiresAt,
    @Doc(
            "Everything a program needs to sign in; shown once, in the answer of the write "
                + "that made it.")
        @Example(
            "{\"apiUrl\": \"https://localhost:8443\", \"id\": \"6741f3a2c0de4b0f8a1d2e3f\", "
                + "\"name\": \"deployer\", \"namespace\": \"/acme\", \"certificate\": \"-----BEGIN "
                + "CERTIFICATE-----\\nMIIBszCCAVmgAwIBAgIUQ2E=\\n-----END CERTIFICATE-----\\n\", "
                + "\"certificateAuthority\": \"-----BEGIN "
                + "CERTIFICATE-----\\nMIIBszCCAVmgAwIBAgIUQ2E=\\n-----END CERTIFICATE-----\\n\"}")
        @ReadOnly
        @Transient
        @ShownOnce
        Optional<Credential> credentials,
    Disableable disableable) {

  /** Body of the action renew. */
  public record Renewal(
      @Doc(
              "Certificate signing request, when the private key is made elsewhere and stays "
                  + "there.")
          @Example(
              "-----BEGIN CERTIFICATE REQUEST-----\nMIIBHTCBxQIBADA=\n-----END CERTIFICATE "
                  + "REQUEST-----\n")
          @Format(TextFormat.PEM)
          @Size(max = 16384)
          @Label("CSR")
          Optional<String> csr) {}

  /** What a program needs to sign in. */
  public record Credential(
      @Doc("URL of the platform.")
          @Example("https://localhost:8443")
          @Format(TextFormat.URL)
          @Size(max = 2048)
          String apiUrl,
      @Doc("Identifier of the app credential.")
          @Example("6741f3a2c0de4b0f8a1d2e3f")
          @Format(TextFormat.ID)
          @Size(max = 64)
          String id,
      @Doc("Name of the app credential.") @Example("deployer") @Size(max = 256) String name,
      @Doc("Namespace of the app credential.") @Example("/acme") NamespacePath namespace,
      @Doc("Client certificate.")
          @Example(
              "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
          @Format(TextFormat.PEM)
          @Size(max = 16384)
          String certificate,
      @Doc("Certificate authority to trust at the platform.")
          @Example(
              "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
          @Format(TextFormat.PEM)
          @Size(max = 65536)
          String certificateAuthority,
      @Doc("Private key, unless it was made elsewhere.")
          @Example("-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n")
          @Format(TextFormat.PEM)
          @Size(max = 16384)
          @Secret
          Optional<String> certificateKey) {}
}

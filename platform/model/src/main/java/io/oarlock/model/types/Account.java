package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Hidden;
import io.oarlock.model.Immutable;
import io.oarlock.model.Label;
import io.oarlock.model.Matches;
import io.oarlock.model.Orderable;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Secret;
import io.oarlock.model.ShownOnce;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Transient;
import java.time.Instant;
import java.util.Optional;

@Resource(
    group = "Who",
    indexes = {"unique:name"},
    example =
        """
        {
          "name": "alice",
          "email": "alice@example.com",
          "password": "correct horse battery staple"
        }
        """)
@Doc(
    "A local account that a person signs in with, by password and, if wished, a "
        + "one-time code.")
public record Account(
    UnnamedMeta meta,
    @Doc("Name to sign in with.")
        @Example("alice")
        @Matches(
            value = "[A-Za-z0-9][A-Za-z0-9@._+-]{0,127}",
            message =
                "An account name has 1 to 128 letters, digits or @ . _ + - and starts with a "
                    + "letter or digit")
        @Size(min = 1, max = 128)
        @Immutable
        @Filterable
        @Orderable
        String name,
    @Doc("Mail address of the person.")
        @Example("alice@example.com")
        @Format(TextFormat.EMAIL)
        @Size(max = 254)
        @Filterable
        Optional<String> email,
    @Doc("First name of the person.") @Example("Alice") @Size(max = 128) Optional<String> firstName,
    @Doc("Last name of the person.") @Example("Liddell") @Size(max = 128) Optional<String> lastName,
    @Doc("Company of the person.") @Example("Acme") @Size(max = 128) Optional<String> company,
    @Doc("New password, at least 8 characters; only a salted hash of it is kept.")
        @Example("correct horse battery staple")
        @Size(min = 8, max = 1024)
        @Transient
        @Secret
        Optional<String> password,
    @Doc("Salted hash of the password.")
        @Example("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA")
        @Size(max = 512)
        @ReadOnly
        @Hidden
        @Secret
        Optional<String> passwordHash,
    @Doc("Whether the account may sign in.") @Example("Active") @Default("Active") @Filterable
        Status status,
    @Doc("Asks for a one-time code at sign-in; switching it on makes a new otpUri.")
        @Example("false")
        @Label("One-time codes")
        boolean otpEnabled,
    @Doc(
            "otpauth URI for an authenticator app; shown once, in the answer of the write "
                + "that made it.")
        @Example("otpauth://totp/Oarlock:alice?secret=JBSWY3DPEHPK3PXP&issuer=Oarlock")
        @Size(max = 512)
        @ReadOnly
        @Transient
        @ShownOnce
        @Label("One-time code URI")
        Optional<String> otpUri,
    @Doc("Shared secret of the one-time codes.")
        @Example("JBSWY3DPEHPK3PXP")
        @Size(max = 128)
        @ReadOnly
        @Hidden
        @Secret
        Optional<String> otpSecret,
    @Doc("Time step of the last one-time code accepted, so that none counts twice.")
        @Example("57712345")
        @Range(max = 9007199254740991d)
        @ReadOnly
        @Hidden
        Optional<Long> otpLastStep,
    @Doc("Failed sign-ins in a row.") @Example("0") @Range(max = 1000000) @ReadOnly @Hidden
        Optional<Long> failedSignIns,
    @Doc("Until when sign-in is refused after too many failures.")
        @Example("2026-11-22T00:05:00.000Z")
        @ReadOnly
        @Hidden
        Optional<Instant> lockedUntil,
    @Doc("When it last signed in.") @Example("2026-11-21T23:50:00.000Z") @ReadOnly
        Optional<Instant> lastSignInAt) {

  /** Whether an account may sign in. */
  public enum Status {
    @Doc("It may sign in.")
    ACTIVE,
    @Doc("It may not sign in.")
    DISABLED,
    @Doc("Its person has yet to choose a password.")
    INVITED,
    @Doc("It waits for somebody to approve it.")
    PENDING
  }
}

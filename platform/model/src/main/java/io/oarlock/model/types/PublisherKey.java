package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Immutable;
import io.oarlock.model.Matches;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;

@Resource(
    group = "Marketplace",
    aliases = {"pubkey", "pubkeys"},
    indexes = {"unique:name"},
    example =
        """
        {
          "name": "acme",
          "key": "ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
          "propagate": true
        }
        """)
@Doc("A publisher whose apps are taken in the namespace; where there is none, no app is.")
public record PublisherKey(
    Meta meta,
    @Doc("Public key of Ed25519, as app sign shows it.")
        @Example("ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        @Matches(
            value = "ed25519:[A-Za-z0-9_-]{43}",
            message = "Write ed25519: and 43 characters of Base64, as app sign shows it")
        @Size(max = 64)
        @Immutable
        String key,
    @Doc(
            "Refuses what this key signed, here and in all namespaces below, whatever else is said"
                + " of the key there.")
        @Example("false")
        boolean revoked,
    Propagated propagated) {}

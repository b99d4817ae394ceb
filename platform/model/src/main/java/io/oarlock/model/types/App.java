package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Hidden;
import io.oarlock.model.Keys;
import io.oarlock.model.Matches;
import io.oarlock.model.Operation;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.Transient;
import java.util.Map;

@Resource(
    group = "Marketplace",
    indexes = {"unique:name"},
    operations = {
      Operation.CREATE,
      Operation.GET,
      Operation.LIST,
      Operation.COUNT,
      Operation.DELETE
    },
    example =
        """
        {"name": "policy-change-log@1.0.0", "bundle": "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="}
        """)
@Doc("One version of an app, published in the namespace for installation there.")
public record App(
    Meta meta,
    @Doc("The signed bundle, a zip or tar.gz in Base64.")
        @Example("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==")
        @Matches(value = "[A-Za-z0-9+/]+={0,2}", message = "Write the bundle in Base64")
        @Size(min = 1, max = 960_000)
        @Transient
        String bundle,
    @Doc("The bundle as it is kept.")
        @Example("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==")
        @Size(max = 960_000)
        @Hidden
        @ReadOnly
        String content,
    @Doc("Name of the app, the same in all its versions.")
        @Example("policy-change-log")
        @Size(max = 64)
        @Filterable
        @ReadOnly
        String app,
    @Doc("Version of the app.") @Example("1.0.0") @Size(max = 64) @ReadOnly String appVersion,
    @Doc("Digest of its contents.")
        @Example("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        @Size(max = 128)
        @ReadOnly
        String digest,
    @Doc("Key of the publisher who signed it.")
        @Example("ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        @Size(max = 64)
        @ReadOnly
        String publisher,
    @Doc("What its app.yaml says: what it is, what it asks, what it makes.")
        @Example("{\"name\": \"policy-change-log\", \"version\": \"1.0.0\"}")
        @Size(max = 524288)
        @Keys(max = 64)
        @ReadOnly
        Map<String, Object> manifest,
    Propagated propagated) {}

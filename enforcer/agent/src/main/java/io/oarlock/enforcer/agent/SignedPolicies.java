package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.Snapshot;
import io.oarlock.enforcer.policy.Defaults;
import io.oarlock.enforcer.policy.ExternalNetworks;
import io.oarlock.enforcer.policy.Policies;
import io.oarlock.enforcer.policy.Rule;
import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.Cidr;
import io.oarlock.model.TreeCodec;
import io.oarlock.model.types.Enforcer;
import io.oarlock.model.types.NetworkAccessPolicy;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A set of policies whose signature holds; there is no other way to make one.
 *
 * @param text as it was signed
 * @param revoked serial numbers of certificates that no longer count
 * @param omitted what this agent cannot enforce, with the reason
 */
record SignedPolicies(
    String text, Snapshot snapshot, Set<BigInteger> revoked, List<String> omitted) {

  long epoch() {
    return snapshot.policies().epoch();
  }

  /**
   * Verifies a set (JWS of RFC 7515 with the one header there is) and compiles it.
   *
   * @throws AgentException naming what does not hold
   */
  static SignedPolicies verify(String text, Enrolment enrolment) {
    var parts = text.split("\\.", -1);
    if (parts.length != 3 || !isSigned(parts, enrolment)) {
      throw new AgentException("The policies are not signed by the authority of this namespace");
    }
    try {
      var set = Json.parseObject(Base64.getUrlDecoder().decode(parts[1]));
      if (!Tree.required(set, "namespace").equals(enrolment.namespace().value())) {
        throw new AgentException("The policies are of another namespace");
      }
      return compile(text, set);
    } catch (JsonException | IllegalArgumentException e) {
      throw new AgentException("The policies cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isSigned(String[] parts, Enrolment enrolment) {
    try {
      var decoder = Base64.getUrlDecoder();
      var header = new String(decoder.decode(parts[0]), StandardCharsets.US_ASCII);
      var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(enrolment.authorityX509().getPublicKey());
      verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return header.equals(Enforcer.POLICY_SET_HEADER) && verifier.verify(decoder.decode(parts[2]));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static SignedPolicies compile(String text, Map<String, Object> set) {
    var omitted = new ArrayList<String>();
    var codec = TreeCodec.of(NetworkAccessPolicy.class);
    var rules =
        Tree.objects(set.get("policies")).stream().map(codec::decode).map(Rule::of).toList();
    var networks =
        Tree.objects(set.get("networks")).stream()
            .flatMap(network -> network(network, omitted).stream())
            .toList();
    var defaults = new Defaults(allows(set, "outgoing"), allows(set, "incoming"));
    var managed = Tree.texts(set.get("managed")).stream().map(Cidr::parse).toList();
    return new SignedPolicies(
        text,
        new Snapshot(
            Policies.compile(Tree.number(set, "epoch"), rules, defaults),
            new ExternalNetworks(networks),
            managed,
            0),
        Tree.texts(set.get("revoked")).stream().map(BigInteger::new).collect(Collectors.toSet()),
        List.copyOf(omitted));
  }

  private static boolean allows(Map<String, Object> set, String side) {
    return Tree.required(set, side).equals("Allow");
  }

  /**
   * A network with host names counts for nothing: an exclusion passed over would allow too much.
   */
  private static List<ExternalNetworks.Network> network(
      Map<String, Object> tree, List<String> omitted) {
    try {
      return List.of(
          ExternalNetworks.Network.of(
              Set.copyOf(Tree.texts(tree.get("tags"))),
              Set.copyOf(Tree.texts(tree.get("entries"))),
              Set.copyOf(Tree.texts(tree.get("ports")))));
    } catch (IllegalArgumentException e) {
      omitted.add(
          "external network %s: %s (host names are not understood yet)"
              .formatted(Tree.required(tree, "name"), e.getMessage()));
      return List.of();
    }
  }
}

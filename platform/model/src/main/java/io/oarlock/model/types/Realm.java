package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Wire;

/** How somebody proves who they are. */
public enum Realm {
  @Doc("Name and password of a local account, and a one-time code where asked for.")
  ACCOUNT,
  @Doc("Client certificate, such as that of an app credential.")
  CERTIFICATE,
  @Doc("A token of this platform, to narrow it.")
  TOKEN,
  @Doc("OpenID Connect provider.")
  @Wire("OIDC")
  OIDC,
  @Doc("LDAP directory.")
  @Wire("LDAP")
  LDAP,
  @Doc("SAML identity provider.")
  @Wire("SAML")
  SAML,
  @Doc("Role of an AWS account.")
  @Wire("AWS")
  AWS,
  @Doc("Identity of a Google Cloud workload.")
  @Wire("GCP")
  GCP,
  @Doc("Managed identity of Azure.")
  AZURE
}

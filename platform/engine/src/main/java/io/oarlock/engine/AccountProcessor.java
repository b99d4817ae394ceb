package io.oarlock.engine;

import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Keeps the hash of a password, never the password, and the name for one account alone. */
final class AccountProcessor implements Processor {
  static final int PASSWORD_MIN = 8;

  @Override
  public void process(Write write) {
    if (write.puts()) {
      hash(write);
      oneTimePassword(write);
    }
    if (write.creates()) {
      claim(write);
    } else if (write.operation == io.oarlock.model.Operation.DELETE) {
      write.alongside.add(
          new Batch.Write.Remove(
              AccountRealm.NAME_CLAIM, Trees.required(write.resource, "name"), 0));
    }
  }

  private static void hash(Write write) {
    var password = write.text("password");
    if (password.isPresent()) {
      if (password.get().length() < PASSWORD_MIN) {
        write.refuse(
            "too-short", "A password has at least " + PASSWORD_MIN + " characters", "/password");
        return;
      }
      write.resource.remove("password");
      write.resource.put("passwordHash", Passwords.hash(password.get()));
    } else if (write.creates()) {
      write.refuse("required", "A new account needs a password", "/password");
    }
  }

  /** Switching it on makes a secret, shown this once. */
  private static void oneTimePassword(Write write) {
    if (!Trees.truth(write.resource, "otpEnabled")) {
      write.resource.remove("otpSecret");
      write.resource.remove("otpLastStep");
    } else if (!write.resource.containsKey("otpSecret")) {
      var secret = Totp.secret();
      write.resource.put("otpSecret", secret);
      write.shownOnce.put("otpUri", Totp.uri(Trees.required(write.resource, "name"), secret));
    }
  }

  private static void claim(Write write) {
    var name = Trees.required(write.resource, "name");
    var body = new LinkedHashMap<String, Object>();
    body.put("id", name);
    body.put("namespace", write.namespace.toString());
    body.put("version", 1L);
    body.put("account", write.id());
    write.alongside.add(
        new Batch.Write.Insert(
            new Document(
                AccountRealm.NAME_CLAIM, name, write.namespace, 1, body, Optional.empty())));
  }
}

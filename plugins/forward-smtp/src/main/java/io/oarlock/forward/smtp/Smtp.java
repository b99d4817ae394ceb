package io.oarlock.forward.smtp;

import io.oarlock.json.Json;
import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkException;
import io.oarlock.spi.SinkSettings;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Sends a mail for each batch. The server's 250 acknowledges it. A payload with {@code subject} and
 * {@code text}, which a transform makes, is a mail of its own wording.
 */
final class Smtp implements Sink {
  private static final int SUBJECT_MAX = 200;
  private static final String TIMEOUT_MILLIS = "30000";

  private final SinkSettings settings;
  private final SinkContext context;
  private final String host;

  Smtp(SinkSettings settings, SinkContext context) {
    this.settings = settings;
    this.context = context;
    this.host = settings.required("host");
  }

  @Override
  public void send(List<Outgoing> batch) throws SinkException {
    var recipients = recipients(batch);
    if (recipients.isEmpty()) {
      return;
    }
    var security = settings.text("security").orElse("StartTls");
    var login = login();
    var properties = properties(security);
    login.ifPresent(_ -> properties.put("mail.smtp.auth", "true"));
    var session = Session.getInstance(properties, login.orElse(null));
    var port = (int) settings.number("port", 587);
    try (var socket = context.connect(host, port, security.equals("Tls"));
        var transport = new SMTPTransport(session, null)) {
      transport.connect(socket);
      var mail = mail(session, batch, recipients);
      transport.sendMessage(mail, mail.getAllRecipients());
    } catch (SendFailedException e) {
      throw SinkException.refused("the server refused: " + e.getMessage());
    } catch (MessagingException | IOException e) {
      throw SinkException.later("the mail could not be sent: " + e.getMessage());
    }
  }

  private Properties properties(String security) {
    var properties = new Properties();
    properties.put("mail.smtp.host", host);
    properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.ssl.socketFactory", context.tls());
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.starttls.enable", String.valueOf(security.equals("StartTls")));
    properties.put("mail.smtp.starttls.required", String.valueOf(security.equals("StartTls")));
    return properties;
  }

  /** Asked by the library when the server wants to know who sends. */
  private Optional<Authenticator> login() throws SinkException {
    var user = settings.text("user");
    var secret = settings.text("secret");
    if (user.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    var known = new PasswordAuthentication(user.get(), context.secret(secret.get(), host));
    return Optional.of(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return known;
          }
        });
  }

  /** Those of the forwarder, and those that an alarm names. */
  private Set<String> recipients(List<Outgoing> batch) {
    var recipients = new LinkedHashSet<>(settings.texts("to"));
    for (var outgoing : batch) {
      if (outgoing.type().equals("alarm") && outgoing.object().get("emails") instanceof List<?> l) {
        l.forEach(address -> recipients.add(String.valueOf(address)));
      }
    }
    return recipients;
  }

  private MimeMessage mail(Session session, List<Outgoing> batch, Set<String> recipients)
      throws MessagingException {
    var mail = new MimeMessage(session);
    mail.setFrom(new InternetAddress(settings.required("from")));
    for (var recipient : recipients) {
      mail.addRecipient(MimeMessage.RecipientType.TO, new InternetAddress(recipient));
    }
    mail.setSubject(subject(batch), StandardCharsets.UTF_8.name());
    mail.setText(text(batch), StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(batch.getFirst().time()));
    mail.setHeader("X-Oarlock-Event", batch.getFirst().id());
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.saveChanges();
    // The same however often the batch is sent, so that mail stores can drop repeats.
    mail.setHeader(
        "Message-ID", "<" + batch.getFirst().id() + "." + batch.getLast().sequence() + "@oarlock>");
    return mail;
  }

  static String subject(List<Outgoing> batch) {
    var first = batch.getFirst();
    var own = own(first, "subject");
    var name = first.object().get("name");
    var text =
        own.isEmpty()
            ? first.operation() + " " + first.type() + (name == null ? "" : " " + name)
            : own;
    var more = batch.size() == 1 ? "" : " and " + (batch.size() - 1) + " more";
    var line = text.replaceAll("\\p{Cntrl}+", " ");
    return (line.length() <= SUBJECT_MAX ? line : line.substring(0, SUBJECT_MAX) + "…") + more;
  }

  private static String text(List<Outgoing> batch) {
    var text = new StringBuilder();
    for (var outgoing : batch) {
      var own = own(outgoing, "text");
      text.append(outgoing.time())
          .append("  ")
          .append(outgoing.operation())
          .append(' ')
          .append(outgoing.type())
          .append(" in ")
          .append(outgoing.namespace())
          .append("\n\n")
          .append(own.isEmpty() ? Json.text(outgoing.payload()) : own)
          .append("\n\n");
    }
    return text.toString();
  }

  private static String own(Outgoing outgoing, String name) {
    return outgoing.payload() instanceof Map<?, ?> map && map.get(name) instanceof String text
        ? text
        : "";
  }
}

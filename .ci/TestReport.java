import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Sums up the JUnit XML reports below a folder: each skip with its reason, each failure readably, and one closing line.
 * Further arguments name gates that broke; each counts as one failure.
 */
final class TestReport {
  private static final Set<String> REPORT_FOLDERS = Set.of("surefire-reports", "test-reports");
  private static final int MESSAGE_LINES_MAX = 12;
  private static final int FRAMES_MAX = 6;

  private final List<String> skips = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int passed;

  public static void main(String[] args) throws Exception {
    var report = new TestReport();
    for (Path file : reports(Path.of(args[0]))) {
      report.read(file);
    }
    for (String gate : List.of(args).subList(1, args.length)) {
      report.failures.add(gate + ": broke, its words are above");
    }
    System.exit(report.print() ? 0 : 1);
  }

  private static List<Path> reports(Path root) throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return Set.of("node_modules", ".git", "src", "classes").contains(name(folder))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (name(file).endsWith(".xml") && REPORT_FOLDERS.contains(name(file.getParent()))) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private void read(Path file) throws Exception {
    var cases =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      count((Element) cases.item(i));
    }
  }

  private void count(Element test) {
    String name = test.getAttribute("classname") + ": " + test.getAttribute("name");
    for (Node child = test.getFirstChild(); child != null; child = child.getNextSibling()) {
      switch (child.getNodeName()) {
        case "skipped" -> {
          skips.add(name + ": " + reason((Element) child));
          return;
        }
        case "failure", "error" -> {
          failures.add(name + "\n" + indented(child.getTextContent()));
          return;
        }
        default -> {}
      }
    }
    passed++;
  }

  private static String reason(Element skipped) {
    String message = skipped.getAttribute("message");
    // A failed assumption comes as its stack trace: "org.opentest4j.TestAbortedException: Assumption failed: why".
    String text = message.isBlank() ? skipped.getTextContent() : message;
    return text.strip()
        .lines()
        .findFirst()
        .map(line -> line.replaceFirst("^[\\w.]+Exception: (Assumption failed: )?", ""))
        .orElse("no reason given");
  }

  private static String indented(String trace) {
    var lines = trace.strip().lines().toList();
    var kept = new ArrayList<String>();
    lines.stream().takeWhile(line -> !isFrame(line)).limit(MESSAGE_LINES_MAX).forEach(kept::add);
    lines.stream().filter(TestReport::isFrame).limit(FRAMES_MAX).forEach(kept::add);
    return String.join("\n", kept).indent(4).stripTrailing();
  }

  private static boolean isFrame(String line) {
    return line.startsWith("\tat ");
  }

  private boolean print() {
    if (!skips.isEmpty()) {
      System.out.println("\nSkipped:");
      skips.forEach(skip -> System.out.println("  " + skip));
    }
    if (!failures.isEmpty()) {
      System.out.println("\nFailed:");
      failures.forEach(failure -> System.out.println("  " + failure));
    }
    System.out.printf("%n%d passed, %d failed, %d skipped%n", passed, failures.size(), skips.size());
    return failures.isEmpty() && passed > 0;
  }
}

package dev.discreet.ask;

import java.io.Writer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A test run in the form that build servers read: JUnit's XML. */
public final class JunitXml {
  private final XMLStreamWriter xml;

  private JunitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /**
   * Writes the report.
   *
   * @throws XMLStreamException if {@code out} can't be written
   */
  public static void write(TestRun run, Writer out) throws XMLStreamException {
    XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
    xml.writeStartDocument("UTF-8", "1.0");
    new JunitXml(xml).suites(run);
    xml.writeEndDocument();
    xml.close();
  }

  private void suites(TestRun run) throws XMLStreamException {
    Map<String, List<TestOutcome>> byFile =
        run.outcomes().stream()
            .collect(
                Collectors.groupingBy(
                    outcome -> outcome.test().file(), LinkedHashMap::new, Collectors.toList()));
    xml.writeStartElement("testsuites");
    counts(run.outcomes());
    for (Map.Entry<String, List<TestOutcome>> file : byFile.entrySet()) {
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", text(file.getKey()));
      counts(file.getValue());
      Map<String, Integer> titles = new HashMap<>();
      for (TestOutcome outcome : file.getValue()) {
        // Build servers take two cases of one name for one case.
        int nth = titles.merge(outcome.title(), 1, Integer::sum);
        testCase(outcome, nth == 1 ? outcome.title() : outcome.title() + " (" + nth + ")");
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void counts(List<TestOutcome> outcomes) throws XMLStreamException {
    long failures = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    xml.writeAttribute("tests", Integer.toString(outcomes.size()));
    xml.writeAttribute("failures", Long.toString(failures));
  }

  private void testCase(TestOutcome outcome, String name) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", text(outcome.test().file()));
    xml.writeAttribute("name", text(name));
    xml.writeAttribute("line", Integer.toString(outcome.test().line()));
    if (!outcome.passed()) {
      xml.writeStartElement("failure");
      xml.writeAttribute(
          "message",
          text(
              outcome.differences().stream()
                  .map(d -> d.what() + ": expected " + d.expected() + ", got " + d.got())
                  .collect(Collectors.joining("; "))));
      xml.writeCharacters(text(ExplainText.essence(outcome.explained())));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /** XML 1.0 has no characters below U+0020 but these, however they are written. */
  private static String text(String text) {
    return text.replaceAll(
        "[^\\t\\r\\n\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
  }
}

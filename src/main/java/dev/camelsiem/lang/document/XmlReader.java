package dev.camelsiem.lang.document;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.DecodingProblem;
import dev.camelsiem.text.Text;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads an XML body into elements: no document type, no entities but the predefined ones, nothing
 * from outside, limits on depth, width and size.
 */
final class XmlReader {
  private static final XMLInputFactory FACTORY = factory();

  private final DocumentLimits limits;
  private @Nullable DecodingProblem problem;
  private int values;

  XmlReader(DocumentLimits limits) {
    this.limits = limits;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing is read from outside");
        });
    return factory;
  }

  @Nullable DecodingProblem problem() {
    return problem;
  }

  /** The root element, or null and a {@link #problem}. */
  @Nullable XmlElement read(byte[] bytes, int from, int to) {
    problem = null;
    values = 0;
    String xml = withoutDeclaration(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    if (xml.isEmpty() || xml.charAt(0) != '<') {
      problem = DecodingProblem.malformed("XML was expected", 0);
      return null;
    }
    try {
      XMLStreamReader reader = reader(xml);
      try {
        XmlElement root = elements(reader);
        return problem == null ? root : null;
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      problem =
          DecodingProblem.malformed(
              "not well-formed XML",
              e.getLocation() == null ? -1 : e.getLocation().getCharacterOffset());
    } catch (RuntimeException e) {
      // The JDK's reader answers some broken texts with an unchecked exception.
      problem =
          DecodingProblem.malformed(
              "not well-formed XML (" + e.getClass().getSimpleName() + ")", -1);
    }
    return null;
  }

  private static XMLStreamReader reader(String xml) throws XMLStreamException {
    synchronized (FACTORY) {
      return FACTORY.createXMLStreamReader(new StringReader(xml));
    }
  }

  /** The text is decoded already, so that an encoding that it declares would only mislead. */
  private static String withoutDeclaration(String xml) {
    if (!xml.startsWith("<?xml") || xml.length() < 6 || !Character.isWhitespace(xml.charAt(5))) {
      return xml;
    }
    int end = xml.indexOf("?>");
    return end < 0 ? xml : xml.substring(end + 2).stripLeading();
  }

  private @Nullable XmlElement elements(XMLStreamReader reader) throws XMLStreamException {
    XmlElement root = null;
    XmlElement current = null;
    StringBuilder[] texts = new StringBuilder[limits.depth() + 1];
    int depth = 0;
    while (reader.hasNext() && problem == null) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (++depth > limits.depth()) {
            problem = DecodingProblem.limit("nested deeper than " + limits.depth() + " levels", -1);
            break;
          }
          current = element(reader, current);
          root = root == null ? current : root;
          texts[depth] = new StringBuilder(0);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (depth > 0) {
            texts[depth].append(
                reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (current != null) {
            current.setText(trimmed(texts[depth--].toString()));
            current = current.parent();
          }
        }
        case XMLStreamConstants.DTD ->
            problem = DecodingProblem.malformed("a document type is not accepted", -1);
        case XMLStreamConstants.ENTITY_REFERENCE ->
            problem = DecodingProblem.malformed("only the predefined entities are accepted", -1);
        default -> {
          // Comments and processing instructions say nothing.
        }
      }
    }
    return root;
  }

  private XmlElement element(XMLStreamReader reader, @Nullable XmlElement parent) {
    XmlElement element = new XmlElement(Text.of(local(reader.getLocalName())), parent);
    int attributes = reader.getAttributeCount();
    values += 1 + attributes;
    if (values > limits.values()) {
      problem = DecodingProblem.limit("there are more than " + limits.values() + " values", -1);
      return element;
    }
    if (attributes > limits.keys()
        || (parent != null && parent.children().size() > limits.keys())) {
      problem = DecodingProblem.limit("an element has more than " + limits.keys() + " parts", -1);
      return element;
    }
    for (int i = 0; i < attributes; i++) {
      element.putAttribute(
          Text.of(local(reader.getAttributeLocalName(i))), trimmed(reader.getAttributeValue(i)));
    }
    return element;
  }

  private static Text trimmed(String value) {
    Text text = Text.of(value);
    return Ascii.trimmed(text.array(), text.from(), text.to());
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}

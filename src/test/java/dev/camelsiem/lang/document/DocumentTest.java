package dev.camelsiem.lang.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.JsonOutput;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.lang.value.XmlNode;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.DecodingProblem;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
  @Test
  void membersOfJsonAreVariablesWithTrimmedLeaves() {
    MapValue json =
        json(
            "\ufeff {\"a\":{\"b\":[1,\" x\\r\\n\"]},\"n\":null,\"e\":\"\",\"f\":1.50,\"t\":true} ");
    assertThat(shown(json.get(Text.of("a")))).isEqualTo("{\"b\":[1,\"x\"]}");
    assertThat(json.get(Text.of("n"))).isNull();
    assertThat(json.get(Text.of("missing"))).isNull();
    assertThat(json.get(Text.of("e"))).isEqualTo(Text.EMPTY);
    assertThat(json.get(Text.of("t"))).isEqualTo(true);
  }

  @Test
  void theLastOfRepeatedKeysWins() {
    assertThat(json("{\"a\":1,\"\\u0061\":2,\"b\":3}").get(Text.of("a"))).isEqualTo(2L);
  }

  @Test
  void valuesAreMadeOnce() {
    MapValue json = json("{\"a\":\"x\\ty\"}");
    assertThat(json.get(Text.of("a"))).isSameAs(json.get(Text.of("a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[1]", "7", "\"a\"", "{\"a\":1", "{\"a\":1}}", "<a/>", "{\"a\":\"\u0001\"}"})
  void whatIsNoObjectIsMalformed(String body) {
    Document document = Document.of(Text.of(body));
    assertThat(document.json()).isNull();
    assertThat(problem(document, DocumentFormat.JSON).kind())
        .isEqualTo(DecodingProblem.Kind.MALFORMED);
  }

  @Test
  void invalidUtf8IsItsOwnProblem() {
    byte[] body = "{\"a\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    body[6] = (byte) 0xE9;
    Document document = Document.of(Text.of(body));
    assertThat(document.json()).isNull();
    assertThat(problem(document, DocumentFormat.JSON))
        .isEqualTo(
            new DecodingProblem(
                DecodingProblem.Kind.INVALID_ENCODING, "a string is not valid UTF-8", 6));
  }

  @Test
  void limitsHoldAndTheNextBodyIsReadAsUsual() {
    Document document = new Document(new DocumentLimits(1000, 3, 4, 10, 12));
    for (String body :
        List.of(
            "{\"a\":[[[1]]]}",
            "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5}",
            "{\"a\":12345678901}",
            "{\"a\":1e1234567890}",
            "{\"a\":\"" + "x".repeat(1000) + "\"}")) {
      load(document, body);
      assertThat(document.json()).as(body).isNull();
      assertThat(problem(document, DocumentFormat.JSON).kind())
          .as(body)
          .isEqualTo(DecodingProblem.Kind.LIMIT_EXCEEDED);
    }
    load(document, "{\"a\":[[1]],\"b\":2,\"c\":3,\"d\":4}");
    assertThat(document.json()).isNotNull();
    assertThat(document.problem(DocumentFormat.JSON)).isNull();
  }

  @Test
  void aBodyOfOneMegabyteOfBracketsIsRefusedQuickly() {
    byte[] body = new byte[1 << 20];
    Arrays.fill(body, (byte) '[');
    System.arraycopy("{\"a\":".getBytes(StandardCharsets.US_ASCII), 0, body, 0, 5);
    Document document = Document.of(Text.of(body));
    assertThat(document.json()).isNull();
    assertThat(problem(document, DocumentFormat.JSON).offset()).isLessThan(80);
  }

  @Test
  void anEventLogShowsItsSystemMembersAndOthers() {
    MapValue event =
        eventlog(
            "{\"Event\":{\"xmlns\":\"x\",\"System\":{\"Provider\":{\"Name\":\"p\"},\"EventID\":\"4624 \","
                + "\"Correlation\":null},\"EventData\":{\"Data\":[],\"Binary\":\"00\"},"
                + "\"UserData\":{\"LogFileCleared\":{\"Channel\":\"c\"}}}}");
    assertThat(Operators.member(event.get(Text.of("Provider")), Text.of("Name")))
        .isEqualTo(Text.of("p"));
    assertThat(event.get(Text.of("EventID"))).isEqualTo(Text.of("4624"));
    assertThat(event.get(Text.of("Correlation"))).isNull();
    assertThat(event.get(Text.of("Binary"))).isEqualTo(Text.of("00"));
    assertThat(event.get(Text.of("System"))).isNull();
    assertThat(shown(event))
        .isEqualTo(
            "{\"Provider\":{\"Name\":\"p\"},\"EventID\":\"4624\",\"Data\":[],\"xmlns\":\"x\","
                + "\"UserData\":{\"LogFileCleared\":{\"Channel\":\"c\"}},\"Binary\":\"00\"}");
    assertThat(event.size()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "[{'Name':'A','text':'1 '},{'Name':'B'},{'Name':'A','text':'2'}] ~ {'A':'1','B':null,'A':'1'}",
        "{'Name':'A','text':'1'} ~ {'A':'1'}",
        "[{'Name':'A','X':{'y':'z'}}] ~ {'A':{'y':'z'}}",
        "'whole text' ~ ['whole text']",
        "['x', null, 'y'] ~ ['x',null,'y']",
        "[] ~ []",
        "null ~ null"
      })
  void dataHasFiveShapes(String raw, String expected) {
    MapValue event =
        eventlog(
            "{\"Event\":{\"System\":{},\"EventData\":{\"Data\":" + raw.replace('\'', '"') + "}}}");
    String wanted = expected.replace('\'', '"');
    Object data = event.get(Text.of("Data"));
    assertThat(shown(data)).isEqualTo(wanted.replace(",\"A\":\"1\"}", ",\"A\":\"2\"}"));
    if (raw.contains("'B'")) {
      assertThat(Operators.member(data, Text.of("A"))).isEqualTo(Text.of("1"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Event\":{\"System\":{}}}",
        "{\"Event\":{\"EventData\":\"\"}}",
        "{\"Event\":{\"EventData\":null}}"
      })
  void missingDataIsNull(String body) {
    assertThat(eventlog(body).get(Text.of("Data"))).isNull();
  }

  @Test
  void windowsEventXmlBecomesTheSameEvent() {
    MapValue event =
        eventlog(
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n"
                + "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
                + "<Provider Name='p' Guid='{g}'/><EventID Qualifiers='0'>7036</EventID>"
                + "<TimeCreated SystemTime='2024-01-02T03:04:05.1Z'/><Correlation/>"
                + "<Channel> Security </Channel></System><EventData><Data Name='A'>1 &amp; 2</Data>"
                + "<Data Name='B'/><Data Name='C'><![CDATA[<x>]]></Data></EventData></Event>");
    assertThat(shown(event.get(Text.of("Provider"))))
        .isEqualTo("{\"Name\":\"p\",\"Guid\":\"{g}\"}");
    assertThat(shown(event.get(Text.of("EventID"))))
        .isEqualTo("{\"Qualifiers\":\"0\",\"text\":\"7036\"}");
    assertThat(event.get(Text.of("Correlation"))).isNull();
    assertThat(event.get(Text.of("Channel"))).isEqualTo(Text.of("Security"));
    assertThat(shown(event.get(Text.of("Data"))))
        .isEqualTo("{\"A\":\"1 & 2\",\"B\":null,\"C\":\"<x>\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "<EventData><Data>a</Data><Data/></EventData>, '[\"a\",null]'",
    "<EventData><Data>a</Data></EventData>, '[\"a\"]'",
    "<EventData><Data Name='X'>a</Data></EventData>, '{\"X\":\"a\"}'",
    "<EventData/>, 'null'"
  })
  void shapesOfDataFromXml(String data, String expected) {
    MapValue event = eventlog("<Event><System><EventID>1</EventID></System>" + data + "</Event>");
    assertThat(shown(event.get(Text.of("Data")))).isEqualTo(expected);
    assertThat(event.get(Text.of("EventID"))).isEqualTo(Text.of("1"));
  }

  @Test
  void xmlIsNavigatedWithoutNamespaces() {
    XmlNode job =
        xml(
            "<?xml version='1.0' encoding='UTF-16'?><!-- c --><x:Job xmlns:x='u' owner=' o '>"
                + "<x:Run><Cmd>a.exe</Cmd><Cmd> b.exe </Cmd></x:Run><On>tr<b/>ue</On><Arguments /></x:Job>");
    XmlNode run = Objects.requireNonNull(job.child(Text.of("Run")));
    XmlNode first = Objects.requireNonNull(run.child(Text.of("Cmd")));
    assertThat(first.text()).isEqualTo(Text.of("a.exe"));
    assertThat(first.sibling(0)).isSameAs(first);
    assertThat(Objects.requireNonNull(first.sibling(1)).text()).isEqualTo(Text.of("b.exe"));
    assertThat(first.sibling(2)).isNull();
    assertThat(job.attribute(Text.of("owner"))).isEqualTo(Text.of("o"));
    assertThat(Objects.requireNonNull(job.child(Text.of("On"))).text()).isEqualTo(Text.of("true"));
    assertThat(Objects.requireNonNull(job.child(Text.of("Arguments"))).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a>",
        "<a></b>",
        "text",
        "<a>&undefined;</a>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY b '1234567890'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>",
        "<a/><b/>",
        "<a b='1' b='2'/>",
        "<a>\u0001</a>",
        ""
      })
  void hostileOrBrokenXmlIsRefused(String body) {
    Document document = Document.of(Text.of(body));
    assertThat(document.xml()).isNull();
    assertThat(problem(document, DocumentFormat.XML).kind())
        .isEqualTo(DecodingProblem.Kind.MALFORMED);
  }

  @Test
  void deepXmlIsRefused() {
    Document document = Document.of(Text.of("<a>".repeat(100_000)));
    assertThat(document.xml()).isNull();
    assertThat(problem(document, DocumentFormat.XML).kind())
        .isEqualTo(DecodingProblem.Kind.LIMIT_EXCEEDED);
  }

  @Test
  void headConditionsCompareAsText() {
    Document json = Document.of(Text.of("{\"EventCode\":4624,\"a\":{\"b\":\" v \"},\"n\":null}"));
    assertThat(findText(json, DocumentFormat.JSON, path("EventCode"))).isEqualTo(Text.of("4624"));
    assertThat(findText(json, DocumentFormat.JSON, path("a", "b"))).isEqualTo(Text.of("v"));
    assertThat(find(json, DocumentFormat.JSON, path("a"))).isNotNull();
    assertThat(findText(json, DocumentFormat.JSON, path("a"))).isNull();
    assertThat(find(json, DocumentFormat.JSON, path("n"))).isNull();
    assertThat(find(json, DocumentFormat.JSON, path("EventCode", "x"))).isNull();
    Document event =
        Document.of(Text.of("{\"Event\":{\"System\":{\"EventID\":{\"text\":\"33205\"}}}}"));
    assertThat(findText(event, DocumentFormat.EVENTLOG, path("EventID"))).isNull();
    assertThat(findText(event, DocumentFormat.EVENTLOG, path("EventID", "text")))
        .isEqualTo(Text.of("33205"));
    Document xml = Document.of(Text.of("<Event><System><Id>7</Id></System></Event>"));
    assertThat(findText(xml, DocumentFormat.XML, path("Event", "System", "Id")))
        .isEqualTo(Text.of("7"));
    assertThat(find(xml, DocumentFormat.XML, path("Event", "Other"))).isNull();
    assertThat(find(xml, DocumentFormat.XML, path("Other"))).isNull();
  }

  private static @Nullable Text findText(
      Document document, DocumentFormat format, List<Text> path) {
    return Convert.text(find(document, format, path));
  }

  private static @Nullable Object find(Document document, DocumentFormat format, List<Text> path) {
    return document.find(EventPath.of(format, path));
  }

  private static List<Text> path(String... names) {
    return Arrays.stream(names).map(Text::of).toList();
  }

  private static MapValue json(String body) {
    return Objects.requireNonNull(Document.of(Text.of(body)).json());
  }

  private static MapValue eventlog(String body) {
    return Objects.requireNonNull(Document.of(Text.of(body)).eventlog());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0,",
    "-0.0,",
    "-7, -7",
    "123456789012345678, 123456789012345678",
    "-12345678901234567, -12345678901234567",
    "9223372036854775807,",
    "99999999999999999999,",
    "1.50,",
    "1e3,",
    "\"5\",",
    "true,",
    "null,"
  })
  void digitsAreTheTextOfAnIntegerOrNotTold(String value, @Nullable String digits) {
    Document document = new Document(DocumentLimits.DEFAULT);
    DocumentPaths paths = new DocumentPaths();
    paths.add(DocumentFormat.JSON, Text.of("n"), List.of());
    document.expect(paths.build());
    load(document, "{\"n\":" + value + "}");
    assertThat(document.json()).isNotNull();
    EventPath path = new EventPath(DocumentFormat.JSON, Text.of("n"), List.of());
    Text text = document.digitsAt(path);
    assertThat(text).isEqualTo(digits == null ? null : Text.of(digits));
    assertThat(text == null || text.equals(Convert.text(document.at(path)))).isTrue();
  }

  private static XmlNode xml(String body) {
    return Objects.requireNonNull(Document.of(Text.of(body)).xml());
  }

  private static void load(Document document, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    document.load(bytes, 0, bytes.length);
  }

  private static DecodingProblem problem(Document document, DocumentFormat format) {
    return Objects.requireNonNull(document.problem(format));
  }

  private static String shown(@Nullable Object value) {
    ByteOutput json = new ByteOutput(64);
    JsonOutput.value(json, value);
    return json.toString();
  }
}

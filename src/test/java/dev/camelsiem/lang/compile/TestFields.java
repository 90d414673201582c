package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.value.FieldType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small taxonomy for tests of the language; the real one belongs to another floor. */
public final class TestFields implements FieldCatalog {
  private static final Map<String, FieldType> TYPES = new TreeMap<>();

  static {
    for (String name :
        List.of(
            "datafield1",
            "datafield2",
            "datafield3",
            "datafield4",
            "id",
            "msgid",
            "reason",
            "chain_id",
            "subject.account.name",
            "subject.account.domain",
            "subject.account.id",
            "subject.process.id",
            "object.id",
            "object.name",
            "object.state",
            "event_src.host",
            "event_src.hostname",
            "event_src.fqdn",
            "event_src.title",
            "event_src.vendor",
            "logon_service",
            "src.host",
            "src.hostname",
            "src.fqdn",
            "dst.host",
            "text",
            "tag")) {
      TYPES.put(name, FieldType.STRING);
    }
    for (String name :
        List.of(
            "subject",
            "action",
            "object",
            "status",
            "importance",
            "event_src.category",
            "category.generic",
            "category.high",
            "category.low",
            "logon_auth_method")) {
      TYPES.put(name, FieldType.ENUM);
    }
    for (String name : List.of("src.port", "dst.port", "logon_type", "numfield1", "numfield2")) {
      TYPES.put(name, FieldType.NUMBER);
    }
    for (String name : List.of("src.ip", "dst.ip", "event_src.ip", "recv_ipv4")) {
      TYPES.put(name, FieldType.IP);
    }
    TYPES.put("src.mac", FieldType.MAC);
    TYPES.put("time", FieldType.DATETIME);
    TYPES.put("recv_time", FieldType.DATETIME);
  }

  @Override
  public FieldType typeOf(String field) {
    return TYPES.get(field);
  }

  @Override
  public Collection<String> names() {
    return TYPES.keySet();
  }

  @Override
  public List<String> valuesOf(String field) {
    return field.equals("importance") ? List.of("info", "low", "medium", "high") : List.of();
  }
}

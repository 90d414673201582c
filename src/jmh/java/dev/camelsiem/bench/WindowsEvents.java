package dev.camelsiem.bench;

import static dev.camelsiem.bench.Workloads.format;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** W4: Windows security events as JSON, and the fields that they mean. */
final class WindowsEvents {
  private static final Map<String, String> LOGON_TYPES =
      Map.of(
          "2",
          "Interactive",
          "3",
          "Network",
          "4",
          "Batch",
          "5",
          "Service",
          "7",
          "Unlock",
          "8",
          "NetworkCleartext",
          "9",
          "NewCredentials",
          "10",
          "RemoteInteractive",
          "11",
          "CachedInteractive");
  private static final Map<String, String> METHODS =
      Map.of(
          "2", "local", "7", "local", "11", "local", "3", "remote", "8", "remote", "10", "remote");
  private static final Map<String, String> REASONS =
      Map.of(
          "0xc0000064",
          "no such user",
          "0xc000006a",
          "wrong password",
          "0xc0000234",
          "account locked",
          "0xc0000072",
          "account disabled");
  private static final String[] PROGRAMS = {
    "C:\\Windows\\System32\\svchost.exe",
    "C:\\Windows\\System32\\cmd.exe",
    "C:\\Program Files\\App Suite\\Agent.exe",
    "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
    "C:\\Windows\\explorer.exe"
  };

  private final Workloads random;
  private final Map<String, String> data = new LinkedHashMap<>();
  private final Map<String, String> fields = new TreeMap<>();
  private final String id;
  private final String fqdn;

  private WindowsEvents(Workloads random) {
    this.random = random;
    this.id =
        new String[] {"4624", "4625", "4688", "4634", "4672"}[random.weighted(40, 15, 20, 15, 10)];
    this.fqdn =
        random.pick("DC", "SRV", "WKS")
            + format("%02d", random.between(0, 29))
            + ".corp.example.com";
  }

  static WorkloadEvent event(int number, Workloads random) {
    return new WindowsEvents(random).event(number);
  }

  private WorkloadEvent event(int number) {
    int second = number / 20;
    String time =
        format(
            "2026-02-%02dT%02d:%02d:%02d.%07d",
            18 + second / 86400 % 8,
            second / 3600 % 24,
            second / 60 % 60,
            second % 60,
            random.between(0, 9999999));
    switch (id) {
      case "4624", "4625" -> logon();
      case "4688" -> process();
      case "4634" -> logoff();
      default -> privileges();
    }
    common(time);
    StringBuilder entries = new StringBuilder();
    data.forEach(
        (name, value) ->
            entries
                .append(entries.length() == 0 ? "" : ",")
                .append("{\"Name\":\"")
                .append(name)
                .append("\",\"text\":\"")
                .append(escaped(value))
                .append("\"}"));
    String raw =
        format(
            "{\"Event\":{\"xmlns\":\"http://schemas.microsoft.com/win/2004/08/events/event\",\"System\":{\"Provider\":{\"Name\":\"Microsoft-Windows-Security-Auditing\",\"Guid\":\"{54849625-5478-4994-A5BA-3E3B0328C30D}\"},\"EventID\":\"%s\",\"Version\":\"2\",\"Level\":\"0\",\"Task\":\"12544\",\"Opcode\":\"0\",\"Keywords\":\"0x8020000000000000\",\"TimeCreated\":{\"SystemTime\":\"%sZ\"},\"EventRecordID\":\"%d\",\"Correlation\":null,\"Execution\":{\"ProcessID\":\"664\",\"ThreadID\":\"%d\"},\"Channel\":\"Security\",\"Computer\":\"%s\",\"Security\":null},\"EventData\":{\"Data\":[%s]}}}",
            id, time, 1_000_001 + number, random.between(500, 9000), fqdn, entries);
    return new WorkloadEvent(raw, fields);
  }

  private void common(String time) {
    String lower = fqdn.toLowerCase(Locale.ROOT);
    fields.put("time", time.substring(0, time.length() - 4) + "Z");
    fields.put("msgid", id);
    fields.put("importance", "info");
    fields.put("event_src.vendor", "microsoft");
    fields.put("event_src.title", "windows");
    fields.put("event_src.subsys", "Security");
    fields.put("event_src.fqdn", lower);
    fields.put("event_src.hostname", lower.substring(0, lower.indexOf('.')));
    fields.put("event_src.category", "AAA");
    fields.put("id", "Win_Security_" + id);
    fields.put("subject", "account");
    if (!id.equals("4688")) {
      fields.put("dst.fqdn", lower);
      fields.put("dst.hostname", lower.substring(0, lower.indexOf('.')));
    }
  }

  private void account(String prefix, String logonId) {
    String sid = sid();
    String user = random.user();
    String domain = random.pick("CORP", "ACME", "EMEA");
    data.put(prefix + "UserSid", sid);
    data.put(prefix + "UserName", user.toUpperCase(Locale.ROOT));
    data.put(prefix + "DomainName", domain);
    fields.put("subject.account.id", sid);
    fields.put("subject.account.name", user);
    fields.put("subject.account.domain", domain.toLowerCase(Locale.ROOT));
    if (!logonId.isEmpty()) {
      data.put(prefix + "LogonId", logonId);
      fields.put("subject.account.session_id", logonId);
    }
  }

  private void kind(
      String action, String object, String status, String generic, String high, String low) {
    fields.put("action", action);
    fields.put("object", object);
    fields.put("status", status);
    fields.put("category.generic", generic);
    fields.put("category.high", high);
    fields.put("category.low", low);
  }

  private void logon() {
    boolean success = id.equals("4624");
    data.put("SubjectUserSid", "S-1-0-0");
    data.put("SubjectUserName", "-");
    data.put("SubjectDomainName", "-");
    data.put("SubjectLogonId", "0x0");
    account("Target", success ? logonId() : "");
    if (!success) {
      String status = random.pick(REASONS.keySet().stream().sorted().toArray(String[]::new));
      data.put("Status", "0xc000006d");
      data.put("FailureReason", "%%2313");
      data.put("SubStatus", status);
      fields.put("reason", REASONS.get(status));
    }
    String type = type();
    String ip = random.privateIp();
    String port = Integer.toString(random.between(1024, 65535));
    String process = random.pick("Kerberos", "NtLmSsp", "User32", "Advapi");
    String method = random.pick("Kerberos", "NTLM", "Negotiate");
    String station = format("WKS%02d", random.between(0, 99));
    data.put("LogonType", type);
    data.put("LogonProcessName", process);
    data.put("AuthenticationPackageName", method);
    data.put("WorkstationName", station);
    if (success) {
      data.put("LogonGuid", "{" + random.uuid().toUpperCase(Locale.ROOT) + "}");
    }
    data.put("TransmittedServices", "-");
    data.put("LmPackageName", "-");
    data.put("KeyLength", "0");
    data.put("ProcessId", "0x0");
    data.put("ProcessName", "-");
    data.put("IpAddress", ip);
    data.put("IpPort", port);
    kind(
        "login",
        "system",
        success ? "success" : "failure",
        "Operating System",
        "Access Management",
        "Communication");
    fields.put("datafield9", method);
    fields.put("logon_auth_method", METHODS.getOrDefault(type, "other"));
    fields.put("logon_service", process);
    fields.put("src.ip", ip);
    fields.put("src.port", port);
    fields.put("src.hostname", station.toLowerCase(Locale.ROOT));
  }

  private String type() {
    String type = random.pick(LOGON_TYPES.keySet().stream().sorted().toArray(String[]::new));
    fields.put("logon_type", type);
    fields.put("datafield6", LOGON_TYPES.get(type));
    return type;
  }

  private void process() {
    String program = random.pick(PROGRAMS);
    String parent = random.pick(PROGRAMS);
    String newId = format("0x%x", random.between(100, 60000));
    String parentId = format("0x%x", random.between(100, 60000));
    String command =
        "\""
            + program
            + "\""
            + random.pick(
                "",
                " whoami",
                " -NoProfile -Command \"Get-Process\"",
                " -k netsvcs -p -s Schedule");
    account("Subject", logonId());
    data.put("NewProcessId", newId);
    data.put("NewProcessName", program);
    data.put("TokenElevationType", "%%1936");
    data.put("ProcessId", parentId);
    data.put("CommandLine", command);
    data.put("TargetUserSid", "S-1-0-0");
    data.put("TargetUserName", "-");
    data.put("TargetDomainName", "-");
    data.put("TargetLogonId", "0x0");
    data.put("ParentProcessName", parent);
    data.put("MandatoryLabel", "S-1-16-12288");
    String path = program.toLowerCase(Locale.ROOT);
    kind("start", "process", "success", "Operating System", "System Management", "Control");
    fields.put("object.process.id", newId);
    fields.put("object.process.fullpath", path);
    fields.put("object.process.name", path.substring(path.lastIndexOf('\\') + 1));
    fields.put("object.process.cmdline", command);
    fields.put("object.process.parent.id", parentId);
    fields.put("object.process.parent.fullpath", parent.toLowerCase(Locale.ROOT));
  }

  private void logoff() {
    account("Target", logonId());
    data.put("LogonType", type());
    kind("logout", "system", "success", "Operating System", "Access Management", "Communication");
  }

  private void privileges() {
    String list =
        random.pick(
            "SeSecurityPrivilege\r\n\t\t\tSeBackupPrivilege\r\n\t\t\tSeRestorePrivilege",
            "SeTcbPrivilege",
            "SeDebugPrivilege\r\n\t\t\tSeAuditPrivilege");
    account("Subject", logonId());
    data.put("PrivilegeList", list);
    kind("elevate", "account", "success", "Account", "Users And Rights Management", "Manipulation");
    fields.put("subject.account.privileges", list);
  }

  private String logonId() {
    return format("0x%x", random.between(1000, 0xfffffff));
  }

  private String sid() {
    return format(
        "S-1-5-21-%d-%d-%d-%d",
        random.between(1_000_000_000, 2_000_000_000),
        random.between(100_000_000, 1_000_000_000),
        random.between(1_000_000_000, 2_000_000_000),
        random.between(1000, 90000));
  }

  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }
}

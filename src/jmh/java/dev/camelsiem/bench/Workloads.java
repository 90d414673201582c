package dev.camelsiem.bench;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The workloads of docs/performance.md, made from a seed: W1 ssh and sudo lines, W2 firewall
 * records of keys and values, W3 container events as JSON, W4 Windows security events as JSON, WR-n
 * lines for n similar rules.
 */
final class Workloads {
  private static final String[] USERS = {
    "root",
    "admin",
    "alice",
    "bob",
    "carol",
    "dave",
    "svc_backup",
    "deploy",
    "git",
    "postgres",
    "oracle",
    "j.smith",
    "m-jones",
    "test",
    "ubuntu",
    "ansible",
    "nagios",
    "www-data",
    "erin",
    "mallory"
  };
  private static final String[] VERBS =
      ("accepted rejected opened closed created removed started stopped mounted renewed expired"
              + " queued flushed locked released")
          .split(" ");
  private static final String[] NOUNS =
      ("session tunnel lease ticket volume certificate request socket transfer snapshot channel"
              + " policy quota mailbox job")
          .split(" ");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

  /** Ends the name of a workload of which one event in a hundred is for no rule. */
  static final String UNKNOWN = "-unknown";

  private final Random random;

  private Workloads(long seed) {
    random = new Random(seed);
  }

  /** Events of a workload: {@code w1} to {@code w4}, or {@code wr-} and a number of rules. */
  static List<WorkloadEvent> events(String workload, int count) {
    List<WorkloadEvent> events = new ArrayList<>(count);
    if (workload.endsWith(UNKNOWN)) {
      events.addAll(events(workload.substring(0, workload.length() - UNKNOWN.length()), count));
      for (int i = 0; i < count; i += 100) {
        events.set(i, unknown(i));
      }
      return events;
    }
    if (workload.startsWith("wr-")) {
      int rules = Integer.parseInt(workload.substring(3));
      Workloads source = new Workloads(200 + rules);
      List<String> templates = templates(rules);
      for (int i = 0; i < count; i++) {
        events.add(source.scaling(templates.get(source.random.nextInt(rules))));
      }
      return events;
    }
    Workloads source = new Workloads(100 + workload.charAt(1) - '0');
    for (int i = 0; i < count; i++) {
      events.add(
          switch (workload) {
            case "w1" -> source.ssh(i);
            case "w2" -> source.firewall(i);
            case "w3" -> source.container(i);
            case "w4" -> source.windows(i);
            default -> throw new IllegalArgumentException(workload);
          });
    }
    return events;
  }

  // ------------------------------------------------------------------ W1

  private WorkloadEvent ssh(int i) {
    int kind = weighted(30, 12, 12, 10, 8, 8, 6, 5, 5, 4);
    String host =
        between(0, 4) > 0 ? format("web-%02d", between(0, 39)) : format("db-%02d", between(0, 9));
    String user = pick(USERS);
    String ip = publicIp();
    int port = between(1024, 65535);
    int pid = between(300, 4194303);
    String from = format("from %s port %d", ip, port);
    String message =
        switch (kind) {
          case 0 -> format("Failed password for %s %s ssh2", user, from);
          case 1 -> format("Failed password for invalid user %s %s ssh2", user, from);
          case 2 -> format("Accepted password for %s %s ssh2", user, from);
          case 3 ->
              format("Accepted publickey for %s %s ssh2: ED25519 SHA256:%s", user, from, hex(43));
          case 4 -> format("Invalid user %s %s", user, from);
          case 5 ->
              format(
                  "Connection closed by authenticating user %s %s port %d [preauth]",
                  user, ip, port);
          case 6 -> format("Received disconnect from %s port %d:11: Bye Bye [preauth]", ip, port);
          case 7 ->
              format(
                  "pam_unix(sshd:session): session opened for user %s(uid=%d) by (uid=0)",
                  user, between(0, 60000));
          case 8 -> format("pam_unix(sshd:session): session closed for user %s", user);
          default ->
              format(
                  "   %s : TTY=pts/%d ; PWD=/home/%s ; USER=root ; COMMAND=/usr/bin/systemctl --property=ActiveState show nginx",
                  user, between(0, 20), user);
        };
    Map<String, String> expected = new HashMap<>(Map.of("host", host));
    if (kind < 7) {
      expected.putAll(Map.of("address", ip));
    }
    if (kind != 6) {
      expected.put("user", user);
    }
    String time =
        format("Nov %2d %02d:%02d:%02d", 1 + i / 86400 % 28, i / 3600 % 24, i / 60 % 60, i % 60);
    String tag = kind == 9 ? "sudo" : "sshd";
    return new WorkloadEvent(
        format("<86>%s %s %s[%d]: %s", time, host, tag, pid, message), expected);
  }

  // ------------------------------------------------------------------ W2

  private WorkloadEvent firewall(int i) {
    long time = 1_770_000_000L + i / 100;
    String stamp =
        LocalDateTime.ofEpochSecond(time, 0, java.time.ZoneOffset.UTC).format(SECONDS) + "Z";
    String host = "cp-gw-" + between(1, 6);
    String origin = "10.125.1." + between(1, 30);
    String id = format("{0x%s,0x%x,0x%s,0x%s}", hex(8), between(0, 255), hex(7), hex(8));
    String head = format("<134>1 %s %s CheckPoint %d - [", stamp, host, 9000 + i % 500);
    if (random.nextInt(10) == 0) {
      String message =
          format("<85>login: ROOT LOGIN ON pts/%d FROM %s ", between(0, 9), privateIp());
      String raw =
          head
              + format(
                  "flags:\"0\"; ifdir:\"inbound\"; loguid:\"%s\"; origin:\"%s\"; time:\"%d\"; version:\"1\"; default_device_message:\"%s\"; facility:\"security/authorization messages\"; product:\"Syslog\"; syslog_severity:\"Notice\"; ]",
                  id, origin, time, message);
      return new WorkloadEvent(raw, Map.of("device", origin));
    }
    String source = privateIp();
    String target = publicIp();
    String[] service =
        pick(
                "443 https 6",
                "80 http 6",
                "53 domain-udp 17",
                "123 ntp-udp 17",
                "22 ssh 6",
                "445 microsoft-ds 6")
            .split(" ");
    String raw =
        head
            + format(
                "action:\"%s\"; flags:\"393216\"; ifdir:\"%s\"; ifname:\"eth%d\"; logid:\"0\"; loguid:\"%s\"; origin:\"%s\"; originsicname:\"CN=%s,O=mgmt..k%s\"; sequencenum:\"%d\"; time:\"%d\"; version:\"5\"; dst:\"%s\"; inzone:\"%s\"; ",
                new String[] {"Accept", "Drop", "Reject", "Prevent"}[weighted(60, 30, 6, 4)],
                pick("inbound", "outbound"),
                between(0, 7),
                id,
                origin,
                host,
                hex(6),
                between(1, 900),
                time,
                target,
                pick("Internal", "External", "DMZ"))
            + format(
                "layer_name:\"%s\"; layer_uuid:\"%s\"; match_id:\"%d\"; outzone:\"External\"; proto:\"%s\"; rule_name:\"%s\"; rule_uid:\"%s\"; s_port:\"%d\"; service:\"%s\"; service_id:\"%s\"; src:\"%s\"; ",
                pick("Network", "Application", "FW_Policy Network", "DMZ inline layer"),
                uuid(),
                between(1, 60),
                service[2],
                pick(
                    "Allow web = tcp/80,443",
                    "Stealth rule",
                    "DMZ -> LAN; db only",
                    "VPN users: O365",
                    "guest|kiosk"),
                uuid(),
                between(1024, 65535),
                service[0],
                service[1],
                source);
    if (random.nextInt(10) < 3) {
      raw +=
          format(
              "xlatesrc:\"%s\"; xlatesport:\"%d\"; nat_rulenum:\"%d\"; ",
              publicIp(), between(10000, 60000), between(1, 40));
    }
    return new WorkloadEvent(
        raw + "product:\"VPN-1 & FireWall-1\"; ]", Map.of("source", source, "target", target));
  }

  // ------------------------------------------------------------------ W3

  private WorkloadEvent container(int i) {
    int second = i / 50;
    String stamp =
        format(
            "2026-02-%02dT%02d:%02d:%02d.%06dZ",
            18 + second / 86400 % 8,
            second / 3600 % 24,
            second / 60 % 60,
            second % 60,
            between(0, 999999));
    String app = pick("cart", "checkout", "catalog", "auth", "search", "billing", "gateway");
    String hash = hex(10);
    String pod = app + "-" + hash + "-" + hex(5);
    int node = between(0, 23);
    String exe =
        pick(
            "/usr/bin/curl",
            "/bin/sh",
            "/usr/bin/python3.11",
            "/usr/local/bin/node",
            "/usr/sbin/nginx");
    String type = new String[] {"process", "file", "network"}[weighted(50, 25, 25)];
    int uid = new int[] {0, 1000, 101}[between(0, 2)];
    String raw =
        format(
                "{\"time\":\"%s\",\"type\":\"%s\",\"mode\":\"%s\",\"cluster\":\"prod-eu-1\",\"node\":{\"name\":\"node-%02d\",\"ip\":\"10.12.%d.%d\"},",
                stamp,
                type,
                new String[] {"Audit", "Block", "Other"}[weighted(60, 15, 25)],
                node,
                node,
                10 + node)
            + format(
                "\"k8s\":{\"namespace\":\"%s\",\"pod\":\"%s\",\"labels\":{\"app\":\"%s\",\"pod-template-hash\":\"%s\"},\"container\":{\"id\":\"%s\",\"name\":\"%s\",\"image\":\"registry.example/shop/%s:1.%d.%d\",\"digest\":\"sha256:%s\"}},",
                pick("shop", "pay", "infra", "kube-system"),
                pod,
                app,
                hash,
                hex(64),
                app,
                app,
                between(0, 30),
                between(0, 9),
                hex(64))
            + format(
                "\"process\":{\"pid\":%d,\"ppid\":%d,\"exe\":\"%s\",\"euid\":%d,\"egid\":%d",
                between(100, 4194303), between(1, 4194303), exe, uid, uid);
    raw +=
        switch (type) {
          case "process" ->
              format(
                  ",\"newPid\":%d,\"cmdline\":\"%s %s\"},\"op\":\"exec\"}",
                  between(100, 4194303),
                  exe.substring(exe.lastIndexOf('/') + 1),
                  pick(
                      "-c id",
                      "--max-time=5 http://10.0.0.1/health",
                      "-c \\\"echo a\\\\b | base64\\\"",
                      "-g 'daemon off;'"));
          case "file" ->
              format(
                  "},\"op\":\"%s\",\"file\":{\"path\":\"%s\",\"mode\":\"0644\",\"newOwner\":\"%d:%d\"}}",
                  pick("open", "write", "create", "delete"),
                  pick(
                      "/etc/shadow",
                      "/var/run/secrets/token",
                      "/tmp/x=1.sh",
                      "/root/.ssh/authorized_keys"),
                  uid,
                  uid);
          default ->
              format(
                  "},\"op\":\"%s\",\"network\":{\"src\":\"%s\",\"srcPort\":%d,\"dst\":\"%s\",\"dstPort\":%d,\"proto\":\"tcp\"}}",
                  pick("egress", "ingress"),
                  privateIp(),
                  between(1024, 65535),
                  publicIp(),
                  new int[] {80, 443, 53, 5432}[between(0, 3)]);
        };
    return new WorkloadEvent(raw, Map.of("pod", pod, "node", format("node-%02d", node)));
  }

  // ------------------------------------------------------------------ W4

  private WorkloadEvent windows(int i) {
    return WindowsEvents.event(i, this);
  }

  // ------------------------------------------------------------------ WR

  /** The templates of n rules: u is a word, ip an address, n a number. Half begin with a field. */
  static List<String> templates(int count) {
    List<String> templates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String verb = VERBS[i % 15];
      String noun = NOUNS[i / 15 % 15];
      String module = "m" + i / 225;
      templates.add(
          i % 2 == 0
              ? format(
                  "%s %s in %s for user <u> from <ip> port <n> code %d",
                  verb, noun, module, 1000 + i)
              : format("<u> %s %s via %s at <ip> size <n> id %d", verb, noun, module, 1000 + i));
    }
    return templates;
  }

  /** What no rule is for; it begins like what rules are for. */
  private static WorkloadEvent unknown(int i) {
    return new WorkloadEvent(
        format("<86>Nov 22 04:33:33 web-07 appd[%d]: nobody knows what to say of %d", 300 + i, i),
        Map.of());
  }

  private WorkloadEvent scaling(String template) {
    String user = pick(USERS);
    String ip = publicIp();
    String message =
        template
            .replace("<u>", user)
            .replace("<ip>", ip)
            .replace("<n>", Integer.toString(between(1, 99999)));
    String raw =
        format(
            "<86>Nov 22 04:33:33 web-%02d appd[%d]: %s",
            between(0, 49), between(300, 99999), message);
    String code = template.substring(template.lastIndexOf(' ') + 1);
    return new WorkloadEvent(raw, Map.of("user", user, "address", ip, "code", "R" + code));
  }

  // ------------------------------------------------------------------ pieces

  String user() {
    return pick(USERS);
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  String pick(String... stock) {
    return stock[random.nextInt(stock.length)];
  }

  int weighted(int... weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int at = random.nextInt(sum);
    int index = 0;
    while (at >= weights[index]) {
      at -= weights[index++];
    }
    return index;
  }

  String hex(int digits) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }

  String uuid() {
    return hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12);
  }

  String publicIp() {
    return pick("192.0.2", "198.51.100", "203.0.113") + "." + between(1, 254);
  }

  String privateIp() {
    return "10." + between(0, 255) + "." + between(0, 255) + "." + between(1, 254);
  }

  static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}

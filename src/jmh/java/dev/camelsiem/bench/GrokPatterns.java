package dev.camelsiem.bench;

import java.util.List;

/** The workloads as Grok expressions, most frequent first. */
final class GrokPatterns {
  private static final String HEAD =
      "^<%{NONNEGINT:pri}>%{SYSLOGTIMESTAMP:ts} %{SYSLOGHOST:host} %{WORD:program}\\[%{POSINT:pid}\\]: ";

  private GrokPatterns() {}

  static List<String> of(String workload) {
    if (workload.equals("w1")) {
      return ssh();
    }
    return Workloads.templates(Integer.parseInt(workload.substring(3))).stream()
        .map(GrokPatterns::scaling)
        .toList();
  }

  private static List<String> ssh() {
    String user = "%{NOTSPACE:user}";
    String from = " from %{IPV4:ip} port %{POSINT:port}";
    return List.of(
            "Failed password for " + user + from + " ssh2$",
            "Accepted password for " + user + from + " ssh2$",
            "Failed password for invalid user " + user + from + " ssh2$",
            "Accepted publickey for "
                + user
                + from
                + " ssh2: %{NOTSPACE:type} SHA256:%{NOTSPACE:key}$",
            "Invalid user " + user + from + "$",
            "Connection closed by authenticating user "
                + user
                + " %{IPV4:ip} port %{POSINT:port} \\[preauth\\]$",
            "pam_unix\\(sshd:session\\): session opened for user %{DATA:user}\\(uid=%{NONNEGINT:uid}\\) by \\(uid=0\\)$",
            "Received disconnect" + from + ":11: Bye Bye \\[preauth\\]$",
            "pam_unix\\(sshd:session\\): session closed for user " + user + "$",
            "%{SPACE}"
                + user
                + " : TTY=%{NOTSPACE:tty} ; PWD=%{NOTSPACE:pwd} ; USER=%{NOTSPACE:as} ; COMMAND=%{GREEDYDATA:command}$")
        .stream()
        .map(body -> HEAD + body)
        .toList();
  }

  private static String scaling(String template) {
    return HEAD.replace("%{WORD:program}", "appd")
        + template
            .replace("<u>", "%{NOTSPACE:user}")
            .replace("<ip>", "%{IPV4:ip}")
            .replace("<n>", "%{NONNEGINT:num}")
        + "$";
  }
}

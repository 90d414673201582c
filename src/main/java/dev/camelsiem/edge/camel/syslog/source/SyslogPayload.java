package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.Bodies;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.syslog.SyslogHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Leaves events whole, or cuts their syslog headers off. An event without header, or with nothing
 * after it, stays whole.
 */
public final class SyslogPayload implements Processor {
  private boolean messageOnly;

  /** {@code whole} or {@code message}. */
  public void setPayload(String payload) {
    messageOnly =
        switch (payload.toLowerCase(Locale.ROOT)) {
          case "whole" -> false;
          case "message" -> true;
          default ->
              throw new IllegalArgumentException(
                  "payload is `" + payload + "`; it can be `whole` or `message`");
        };
  }

  @Override
  public void process(Exchange exchange) {
    if (messageOnly) {
      exchange.getMessage().setBody(messages(Bodies.rawEvents(exchange)));
    }
  }

  private static List<RawEvent> messages(List<RawEvent> events) {
    SyslogHeader header = new SyslogHeader();
    List<RawEvent> messages = new ArrayList<>(events.size());
    for (RawEvent event : events) {
      header.read(event.array(), event.from(), event.to(), false);
      boolean cut = header.messageFrom() > event.from() && header.messageFrom() < event.to();
      messages.add(cut ? event.cut(header.messageFrom(), event.to()) : event);
    }
    return messages;
  }
}

package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.Slots;
import java.net.InetAddress;

/**
 * One connection, for its requests.
 *
 * @param origin as raw events name it: {@code http://192.0.2.1:40000}
 */
record Peer(InetAddress address, String origin, Slots.Slot slot, ConnectionTimer timer) {}

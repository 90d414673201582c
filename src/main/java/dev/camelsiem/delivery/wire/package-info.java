/** The ways to a SIEM: TCP and TLS confirmed by close, RELP, UDP, Kafka. Knows nothing of Camel. */
@NullMarked
package dev.camelsiem.delivery.wire;

import org.jspecify.annotations.NullMarked;

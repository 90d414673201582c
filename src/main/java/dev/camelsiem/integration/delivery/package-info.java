/**
 * Delivery to one integration each: a bounded queue, a sender thread, a spool for outages and a
 * window of what is sent again when a connection breaks. The wire itself is a {@link
 * dev.camelsiem.integration.delivery.Transport} that the edge provides.
 */
@NullMarked
package dev.camelsiem.integration.delivery;

import org.jspecify.annotations.NullMarked;

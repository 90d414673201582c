/** Addresses of networks, read from bytes: IPv4, IPv6, MAC. */
@NullMarked
package dev.camelsiem.net;

import org.jspecify.annotations.NullMarked;

/** TLS 1.2 and 1.3 with the engine of the JDK: what both sides of a connection have in common. */
@NullMarked
package dev.camelsiem.tls;

import org.jspecify.annotations.NullMarked;

/** Functions about IP and MAC addresses and nets. */
@NullMarked
package dev.camelsiem.lang.function.builtin.net;

import org.jspecify.annotations.NullMarked;

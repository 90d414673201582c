/** Functions about texts, which they see as UTF-8 bytes: offsets and lengths count bytes. */
@NullMarked
package dev.camelsiem.lang.function.builtin.text;

import org.jspecify.annotations.NullMarked;

/** Event descriptions: the sentences, their placeholders and the criteria that choose one. */
@NullMarked
package dev.camelsiem.content.i18n;

import org.jspecify.annotations.NullMarked;

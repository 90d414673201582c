/** The Camel step {@code xp-normalize-action}: thin glue over the normalizer. */
@NullMarked
package dev.camelsiem.edge.camel.xp;

import org.jspecify.annotations.NullMarked;

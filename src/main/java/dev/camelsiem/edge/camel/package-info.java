/** What all Camel glue shares: bodies in and out, dead letters. */
@NullMarked
package dev.camelsiem.edge.camel;

import org.jspecify.annotations.NullMarked;

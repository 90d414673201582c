/** The command line {@code siem}: one class per command. */
@NullMarked
package dev.camelsiem.edge.cli;

import org.jspecify.annotations.NullMarked;

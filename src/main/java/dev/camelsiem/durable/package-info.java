/** Files that outlive a crash, and nothing else: owner-only modes, synced renames, locks. */
@NullMarked
package dev.camelsiem.durable;

import org.jspecify.annotations.NullMarked;

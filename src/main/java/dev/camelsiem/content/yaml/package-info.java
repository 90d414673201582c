/** YAML that people write, read into a tree that remembers where each piece stands. */
@NullMarked
package dev.camelsiem.content.yaml;

import org.jspecify.annotations.NullMarked;

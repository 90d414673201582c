/** Camel's door to the category filter: the step behind {@code siem-category-filter-action}. */
@NullMarked
package dev.camelsiem.edge.camel.category;

import org.jspecify.annotations.NullMarked;

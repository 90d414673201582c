/**
 * Rule tests as xp-language 8 defines them: raw events and expectations are read from disk, the
 * rule is run, the judge compares field by field.
 */
@NullMarked
package dev.camelsiem.check.ruletest;

import org.jspecify.annotations.NullMarked;

/**
 * Rule folders: found below the given directories, read within limits, their metadata, localization
 * and tests checked. What leaves is {@link dev.camelsiem.content.rulepackage.RuleFolder} and
 * findings.
 */
@NullMarked
package dev.camelsiem.content.rulepackage;

import org.jspecify.annotations.NullMarked;

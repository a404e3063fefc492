/**
 * The black-box judge: whether a deployment, ours or not, tells a hidden resource from a missing
 * one. {@link dev.discreet.audit.Variants} lists the ways to ask, {@link
 * dev.discreet.audit.ByteAudit} asks each for both paths by turns and compares all that comes back,
 * {@link dev.discreet.audit.TimeAudit} times them and {@link dev.discreet.audit.TimeJudgement}
 * judges the differences. It knows nothing of the gateway: what it says holds for any server.
 */
@NullMarked
package dev.discreet.audit;

import org.jspecify.annotations.NullMarked;

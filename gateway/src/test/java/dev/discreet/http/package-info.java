/** The real handler list in an embedded channel: octets in, octets out, no socket and no thread. */
@NullMarked
package dev.discreet.http;

import org.jspecify.annotations.NullMarked;

/** Slack over HTTP: access, posting, and the meaning of Slack's answers. The only place that handles the token. */
@NullMarked
package dev.yakin.slackalert.slack;

import org.jspecify.annotations.NullMarked;

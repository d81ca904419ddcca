/** The shared adapters: how AWS clients are made, and the topic that notices go to. */
@NullMarked
package dev.yakin.shared.aws;

import org.jspecify.annotations.NullMarked;

/** The adapters to AWS and the two handlers. */
@NullMarked
package dev.yakin.secretrotation.aws;

import org.jspecify.annotations.NullMarked;

/** The Lambda entry and the AWS adapters: the SQS batch, the secret, the visibility of handed-back messages. */
@NullMarked
package dev.yakin.slackalert.aws;

import org.jspecify.annotations.NullMarked;

/** The only place of this function that knows AWS: Parameter Store, CloudFormation's mailbox, the handler. */
@NullMarked
package dev.yakin.secretbootstrap.aws;

import org.jspecify.annotations.NullMarked;

/**
 * Makes the secrets of a stack that keeps them in Parameter Store: each once, with a random value, never changed again.
 * CloudFormation calls it (a custom resource), because CloudFormation itself can make no SecureString.
 */
@NullMarked
package dev.yakin.secretbootstrap;

import org.jspecify.annotations.NullMarked;

/** Rotates the password of the shop's database user, and makes the running tasks adopt it. */
@NullMarked
package dev.yakin.secretrotation;

import org.jspecify.annotations.NullMarked;

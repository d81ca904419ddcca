@NullMarked
package dev.yakin.postgrestesting;

import org.jspecify.annotations.NullMarked;

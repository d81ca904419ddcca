/** What at least two functions need. Imports nothing from AWS but the Lambda interfaces; AWS adapters live in {@code aws}. */
@NullMarked
package dev.yakin.shared;

import org.jspecify.annotations.NullMarked;

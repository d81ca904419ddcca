/** The sale calendar: what people write, read strictly. Pure: imports the JDK and Gson only. */
@NullMarked
package dev.yakin.shared.calendar;

import org.jspecify.annotations.NullMarked;

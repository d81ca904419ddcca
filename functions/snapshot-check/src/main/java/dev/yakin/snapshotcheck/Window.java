package dev.yakin.snapshotcheck;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * RDS's windows, which are written in UTC: {@code 18:00-19:00} every day, {@code sun:19:30-sun:20:30} every week. Here
 * one on local clocks.
 */
record Window(LocalTime begins, LocalTime ends) {
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int DAY = 24 * 60;

    /** The backup window on the clocks of a zone, whose offset is that of the day. */
    static Window daily(String window, ZoneId zone, LocalDate day) {
        var ends = window.split("-", -1);
        return new Window(local(ends[0], zone, day), local(ends[1], zone, day));
    }

    boolean isWithin(LocalTime from, LocalTime to) {
        return begins.isBefore(ends) && !begins.isBefore(from) && !ends.isAfter(to);
    }

    /** Whether the daily window meets the weekly one on its day, also past midnight. */
    static boolean overlap(String daily, String weekly) {
        var from = minute(weekly.split("-", -1)[0]);
        var length = Math.floorMod(minute(weekly.split("-", -1)[1]) - from, 7 * DAY);
        var begins = clock(daily.split("-", -1)[0]);
        var lasts = Math.floorMod(clock(daily.split("-", -1)[1]) - begins, DAY);
        for (var day = 0; day < 7; day++) {
            var ahead = Math.floorMod(day * DAY + begins - from, 7 * DAY);
            var behind = 7 * DAY - ahead;
            if (ahead < length || behind < lasts) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return begins + "–" + ends;
    }

    private static LocalTime local(String time, ZoneId zone, LocalDate day) {
        return day.atTime(LocalTime.parse(time))
                .atOffset(ZoneOffset.UTC)
                .atZoneSameInstant(zone)
                .toLocalTime();
    }

    /** Minutes since Monday, 00:00 UTC. */
    private static int minute(String dayAndTime) {
        var day = dayAndTime.substring(0, 3).toLowerCase(Locale.ROOT);
        return DAYS.indexOf(day) * DAY + clock(dayAndTime.substring(4));
    }

    private static int clock(String time) {
        var local = LocalTime.parse(time);
        return local.getHour() * 60 + local.getMinute();
    }
}

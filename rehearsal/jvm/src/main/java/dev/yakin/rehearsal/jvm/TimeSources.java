package dev.yakin.rehearsal.jvm;

import java.lang.classfile.constantpool.MemberRefEntry;

/** Where the JDK gives out the time. */
final class TimeSources {
    private static final String WITH_CLOCK = "(Ljava/time/Clock;";

    private TimeSources() {}

    /** The one source that the agent redirects. */
    static boolean isSystemUtc(MemberRefEntry method) {
        return method.owner().asInternalName().equals("java/time/Clock")
                && method.name().equalsString("systemUTC");
    }

    /** Any other source: the machine's clock, directly or hidden in a {@code now()}. */
    static boolean isOther(MemberRefEntry method) {
        var owner = method.owner().asInternalName();
        var name = method.name().stringValue();
        var type = method.type().stringValue();
        return switch (owner) {
            case "java/lang/System" -> name.equals("currentTimeMillis") || name.equals("nanoTime");
            case "java/time/InstantSource" -> name.equals("system");
            case "java/time/Clock" ->
                (name.startsWith("system") && !isSystemUtc(method))
                        || (name.startsWith("tick") && !type.startsWith(WITH_CLOCK));
            case "java/util/Date" -> name.equals("<init>") && type.equals("()V");
            case "java/util/Calendar" -> name.equals("getInstance");
            case "java/util/GregorianCalendar" -> name.equals("<init>") && !type.startsWith("(III");
            default ->
                owner.startsWith("java/time/")
                        && (name.equals("now") || name.equals("dateNow"))
                        && !type.startsWith(WITH_CLOCK);
        };
    }

    /** As a person writes it, for example {@code java.time.Instant.now}. */
    static String name(MemberRefEntry method) {
        return method.owner().asInternalName().replace('/', '.') + "."
                + method.name().stringValue();
    }
}

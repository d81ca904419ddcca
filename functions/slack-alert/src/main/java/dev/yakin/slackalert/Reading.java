package dev.yakin.slackalert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what any message means. Total: what no kind knows, or what makes one stumble, is still told readably. */
public final class Reading {
    private final List<Kind> kinds;
    private final AnythingElse anythingElse = new AnythingElse();

    /** @param serviceLogGroup the log group of the service's containers, for links; empty where there is none */
    public Reading(Optional<String> serviceLogGroup) {
        this(List.of(
                new NoticeKind(),
                new AlarmKind(serviceLogGroup),
                new DeploymentKind(),
                new TaskKind(serviceLogGroup),
                new DatabaseKind(),
                new HealthKind(),
                new FindingKind(),
                new JobKind(),
                new FunctionKind(),
                new MoneyKind()));
    }

    Reading(List<Kind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    public Alert read(Incoming incoming) {
        try {
            for (var kind : kinds) {
                var alert = kind.read(incoming);
                if (alert.isPresent()) {
                    return alert.get();
                }
            }
            return anythingElse.read(incoming);
        } catch (RuntimeException e) {
            // An alert told plainly, with the flaw named in it, is worth more than one lost to a flaw of ours.
            return withFlaw(anythingElse.read(incoming), e);
        }
    }

    private static Alert withFlaw(Alert alert, RuntimeException flaw) {
        var facts = new ArrayList<>(alert.facts());
        facts.add(new Alert.Fact(
                Text.say("fact.flaw"), Text.outside(flaw.getClass().getSimpleName())));
        return new Alert(alert.heading(), alert.paragraphs(), facts, alert.links(), alert.incident(), alert.origin());
    }
}

package dev.yakin.salescaling;

import dev.yakin.salescaling.SalesVersions.Missing;
import dev.yakin.salescaling.SalesVersions.Reading;
import dev.yakin.salescaling.SalesVersions.Unreadable;
import dev.yakin.salescaling.SalesVersions.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A parameter with versions; a label is at one version at a time, as in Parameter Store. */
public final class FakeSalesParameter implements SalesParameter {
    private final List<Version> versions = new ArrayList<>();
    private final Map<String, Long> labels = new HashMap<>();
    private boolean latestFails;
    private boolean goodFails;

    /** Somebody saves a new version. */
    public void save(String text, Instant at) {
        versions.add(new Version(versions.size() + 1L, text, at));
    }

    public void delete() {
        versions.clear();
        labels.clear();
    }

    /** Whether calls for the latest and for the good version fail from now on. */
    public void failing(boolean latest, boolean good) {
        latestFails = latest;
        goodFails = good;
    }

    public Optional<Long> labelled(String label) {
        return Optional.ofNullable(labels.get(label));
    }

    @Override
    public SalesVersions look() {
        Reading latest = versions.isEmpty() ? new Missing() : versions.getLast();
        var failed = new Unreadable("ThrottlingException: Rate exceeded");
        return new SalesVersions(
                latestFails ? failed : latest,
                goodFails ? failed : read(SalesVersions.GOOD),
                labelled(SalesVersions.REFUSED));
    }

    @Override
    public void label(long version, String label) {
        labels.put(label, version);
    }

    @Override
    public void removeLabel(long version, String label) {
        labels.remove(label, version);
    }

    private Reading read(String label) {
        return labelled(label)
                .<Reading>map(number -> versions.get((int) (number - 1)))
                .orElseGet(Missing::new);
    }
}

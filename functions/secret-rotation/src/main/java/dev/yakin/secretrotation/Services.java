package dev.yakin.secretrotation;

import java.util.List;
import java.util.Set;

/** The services of the cluster, and making one of them start its tasks anew. */
public interface Services {
    /** Those whose task definition refers to one of the secrets. */
    List<WatchedService> look(Set<String> secrets);

    void redeploy(String service);
}

package dev.yakin.devshutdown;

import dev.yakin.shared.Asleep;
import dev.yakin.shared.Asleep.Bounds;
import java.util.List;
import java.util.Map;

/** The services and databases that opted in. Each change is idempotent. */
public interface Fleet {
    List<ServiceState> services();

    List<DatabaseState> databases();

    /** The healthy tasks of the services, by ARN; a service that nothing can be said of has none. */
    Map<String, Integer> healthy(List<ServiceState> services);

    void save(ServiceState service, Asleep asleep);

    void setBounds(ServiceState service, Bounds bounds);

    void setDesired(ServiceState service, int desired);

    void forget(ServiceState service);

    void save(DatabaseState database, String value);

    /** A database that is just changing its state is left alone; the next look finds it again. */
    void stop(DatabaseState database);

    void start(DatabaseState database);

    void forget(DatabaseState database);
}

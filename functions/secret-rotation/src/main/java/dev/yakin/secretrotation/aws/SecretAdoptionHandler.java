package dev.yakin.secretrotation.aws;

import static java.util.stream.Collectors.toSet;

import dev.yakin.secretrotation.Adoption;
import dev.yakin.secretrotation.AdoptionAction;
import dev.yakin.secretrotation.AdoptionNotices;
import dev.yakin.secretrotation.Secrets;
import dev.yakin.secretrotation.Services;
import dev.yakin.secretrotation.WatchedSecret;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Notice;
import dev.yakin.shared.SaleFreeze;
import dev.yakin.shared.ScheduledHandler;
import dev.yakin.shared.Settings;
import dev.yakin.shared.aws.Clients;
import dev.yakin.shared.aws.NoticesTopic;
import dev.yakin.shared.aws.ParameterStoreFreeze;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Runs every five minutes and when a secret's label has moved. The event only wakes it. */
public final class SecretAdoptionHandler extends ScheduledHandler<AdoptionAction> {
    private static final String FUNCTION = "secret-adoption";

    private final Secrets secrets;
    private final Services services;
    private final Supplier<String> database;
    private final Supplier<SaleFreeze> freeze;
    private final Consumer<Notice> notices;
    private final AdoptionNotices words;
    private final Clock clock;
    private final Journal journal;

    /** For Lambda: settings from the environment, AWS through the SDK. */
    public SecretAdoptionHandler() {
        this(Settings.fromEnvironment(), Clock.systemUTC());
    }

    private SecretAdoptionHandler(Settings settings, Clock clock) {
        this(settings, clock, new Journal(settings.text("STACK_NAME"), FUNCTION, clock, System.out));
        Clients.prime(journal, secrets::look);
    }

    private SecretAdoptionHandler(Settings settings, Clock clock, Journal journal) {
        this(
                new AdoptionNotices(
                        settings.text("STACK_NAME"),
                        settings.oneOf("ALERT_LANGUAGE", "ja", "en"),
                        settings.zone("TIME_ZONE")),
                WatchedStores.of(settings),
                new EcsServices(Clients.create(EcsClient.builder()), settings.text("CLUSTER")),
                new RdsStatus(Clients.create(RdsClient.builder()), settings.text("DATABASE"))::look,
                ParameterStoreFreeze.from(Clients.create(SsmClient.builder()), settings)::look,
                new NoticesTopic(Clients.create(SnsClient.builder()), settings.text("NOTICES_TOPIC_ARN"))::publish,
                clock,
                journal);
    }

    /** With everything from outside given. */
    SecretAdoptionHandler(
            AdoptionNotices words,
            Secrets secrets,
            Services services,
            Supplier<String> database,
            Supplier<SaleFreeze> freeze,
            Consumer<Notice> notices,
            Clock clock,
            Journal journal) {
        super(FUNCTION, clock, journal);
        this.words = words;
        this.secrets = secrets;
        this.services = services;
        this.database = database;
        this.freeze = freeze;
        this.notices = notices;
        this.clock = clock;
        this.journal = journal;
    }

    @Override
    protected List<AdoptionAction> plan() {
        var now = clock.instant();
        var watched = secrets.look();
        age(watched);
        var open = watched.stream()
                .filter(WatchedSecret::mayBeOpen)
                .map(WatchedSecret::arn)
                .collect(toSet());
        // Most looks find everything adopted and ask nobody else.
        var observed = new Adoption.Observed(
                watched,
                open.isEmpty() ? List.of() : services.look(open),
                watched.stream().anyMatch(WatchedSecret::isInTrouble) ? database.get() : "not asked");
        return Adoption.plan(words, now, open.isEmpty() ? SaleFreeze.NONE : freeze.get(), observed);
    }

    @Override
    protected void apply(AdoptionAction action) {
        switch (action) {
            case AdoptionAction.Say say -> notices.accept(say.notice());
            case AdoptionAction.Redeploy redeploy -> services.redeploy(redeploy.target());
            case AdoptionAction.Remember remember -> secrets.remember(remember.target(), remember.adopting());
            case AdoptionAction.RotateAgain again -> secrets.rotateAgain(again.target(), again.now());
            case AdoptionAction.MarkAdopted mark -> secrets.markAdopted(mark.target(), mark.version());
        }
    }

    /** The age of the oldest password that is rotated by a schedule, for the alarm. */
    private void age(List<WatchedSecret> watched) {
        watched.stream()
                .filter(secret -> secret.nextRotation().isPresent())
                .flatMap(secret -> secret.rotated().stream())
                .map(rotated -> Duration.between(rotated, clock.instant()).toDays())
                .max(Long::compare)
                .ifPresent(days -> journal.count("PasswordAgeDays", days));
    }
}

package dev.yakin.restoredrill.aws;

import dev.yakin.restoredrill.Inspection;
import dev.yakin.restoredrill.InspectionJson;
import dev.yakin.restoredrill.Past;
import dev.yakin.restoredrill.Records;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Evidence in a bucket, under {@code drills/}: one file for each drill, whose name alone says how it ended, and one
 * manifest, and what RDS said when it refused. The bucket's lifecycle keeps them for a year.
 */
record BucketRecords(S3Client s3, String bucket) implements Records {
    private static final String EVIDENCE = "drills/evidence/";
    private static final String MANIFESTS = "drills/manifests/";
    private static final String JSON = "application/json";
    private static final String REFUSALS = "drills/refusals/";

    @Override
    public List<Past> past(YearMonth month) {
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(EVIDENCE + month)).contents().stream()
                .flatMap(found -> Past.parse(found.key().substring(EVIDENCE.length())).stream())
                .toList();
    }

    @Override
    public void keep(String name, String json) {
        put(EVIDENCE + name, JSON, json);
    }

    @Override
    public Optional<String> refusal(LocalDate day) {
        return get(REFUSALS + day + ".txt");
    }

    @Override
    public void keepRefusal(LocalDate day, String cause) {
        put(REFUSALS + day + ".txt", "text/plain; charset=utf-8", cause);
    }

    @Override
    public Optional<Inspection> manifest(LocalDate day) {
        return get(manifestOf(day)).map(InspectionJson::read);
    }

    @Override
    public void saveManifest(LocalDate day, Inspection inspection) {
        put(manifestOf(day), JSON, InspectionJson.write(inspection));
    }

    private static String manifestOf(LocalDate day) {
        return MANIFESTS + day + ".json";
    }

    /**
     * It is looked for in the list first: of a file that is not there, S3 says "access denied" to whoever may not list the
     * whole bucket. Source: S3 API Reference, GetObject, "Permissions".
     */
    private Optional<String> get(String key) {
        var found = s3.listObjectsV2(
                        request -> request.bucket(bucket).prefix(key).maxKeys(1))
                .contents();
        return found.stream().anyMatch(one -> one.key().equals(key))
                ? Optional.of(
                        s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                                .asUtf8String())
                : Optional.empty();
    }

    private void put(String key, String type, String text) {
        s3.putObject(request -> request.bucket(bucket).key(key).contentType(type), RequestBody.fromString(text));
    }
}

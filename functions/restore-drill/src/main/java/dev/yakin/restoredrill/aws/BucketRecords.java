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
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Evidence in a bucket, under {@code drills/}: one file for each drill, whose name alone says how it ended, and one
 * manifest. The bucket's lifecycle keeps them for a year.
 */
record BucketRecords(S3Client s3, String bucket) implements Records {
    private static final String EVIDENCE = "drills/evidence/";
    private static final String MANIFESTS = "drills/manifests/";

    @Override
    public List<Past> past(YearMonth month) {
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(EVIDENCE + month)).contents().stream()
                .flatMap(found -> Past.parse(found.key().substring(EVIDENCE.length())).stream())
                .toList();
    }

    @Override
    public void keep(String name, String json) {
        put(EVIDENCE + name, json);
    }

    @Override
    public Optional<Inspection> manifest(LocalDate day) {
        try {
            var found = s3.getObjectAsBytes(request -> request.bucket(bucket).key(manifestOf(day)));
            return Optional.of(InspectionJson.read(found.asUtf8String()));
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        }
    }

    @Override
    public void saveManifest(LocalDate day, Inspection inspection) {
        put(manifestOf(day), InspectionJson.write(inspection));
    }

    private static String manifestOf(LocalDate day) {
        return MANIFESTS + day + ".json";
    }

    private void put(String key, String json) {
        s3.putObject(
                request -> request.bucket(bucket).key(key).contentType("application/json"),
                RequestBody.fromString(json));
    }
}

package dev.yakin.slackalert;

import java.util.List;
import java.util.regex.Pattern;

/** The AWS account and region that a message speaks of; empty strings where it does not say. */
public record Origin(String account, String region) {
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]{2,12}){1,3}-\\d");

    // After the patterns: its constructor needs them.
    public static final Origin UNKNOWN = new Origin("", "");

    public Origin {
        account = ACCOUNT.matcher(account).matches() ? account : "";
        region = REGION.matcher(region).matches() ? region : "";
    }

    /** Of {@code arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:name}: its fourth and fifth part. */
    public static Origin ofArn(String arn) {
        var parts = List.of(arn.split(":", 7));
        return parts.size() > 5 && parts.getFirst().equals("arn") ? new Origin(parts.get(4), parts.get(3)) : UNKNOWN;
    }

    /** This origin; where it does not say, the other. */
    public Origin or(Origin other) {
        return new Origin(account.isEmpty() ? other.account : account, region.isEmpty() ? other.region : region);
    }
}

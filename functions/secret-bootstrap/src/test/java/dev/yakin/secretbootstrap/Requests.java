package dev.yakin.secretbootstrap;

/** Requests as CloudFormation sends them. */
public final class Requests {
    public static final String ADDRESS = "https://cloudformation-custom-resource.s3.example/answer?X-Amz-Signature=abc";

    private Requests() {}

    /** For a password of the database and a key for tokens. */
    public static String json(String kind, String address) {
        return """
                {"RequestType": "%s", "ResponseURL": "%s", "StackId": "arn:aws:cloudformation:ap-northeast-1:123456789012:stack/shop/1",
                 "RequestId": "r-1", "ResourceType": "Custom::SecretParameters", "LogicalResourceId": "SecretParameters",
                 "ResourceProperties": {"ServiceToken": "arn:aws:lambda:x", "ServiceTimeout": "300",
                   "Parameters": {"DatabaseAppUser": "/app/prod/database-app-user", "JwtSecret": "/app/prod/jwt-secret"}}}
                """.formatted(kind, address);
    }

    static Request of(String kind) {
        return Request.parse(json(kind, ADDRESS));
    }
}

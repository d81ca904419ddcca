package dev.yakin.salescaling.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.yakin.salescaling.Found;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * How many addresses subnets have left: EC2's DescribeSubnets, asked without the SDK's EC2 module, which weighs 24 MB
 * (docs/decisions/0005). Source: EC2 API Reference, "DescribeSubnets" and "Query requests for Amazon EC2".
 */
record FreeAddresses(SdkHttpClient http, AwsCredentialsProvider credentials, String region, URI endpoint) {
    private static final String VERSION = "2016-11-15";
    private static final int ATTEMPTS = 3;

    Found<Map<String, Integer>> look(List<String> subnets) {
        if (subnets.isEmpty()) {
            return new Found.Nothing<>();
        }
        var problem = "";
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return new Found.Is<>(free(ask(subnets)));
            } catch (IOException | SdkException | SAXException | ParserConfigurationException e) {
                problem = String.valueOf(e.getMessage());
            }
        }
        return new Found.Unreadable<>("ec2:DescribeSubnets: " + problem);
    }

    private byte[] ask(List<String> subnets) throws IOException {
        var body = body(subnets).getBytes(UTF_8);
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint.resolve("/"))
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .putHeader("Content-Length", String.valueOf(body.length))
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials.resolveCredentials())
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ec2")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        var answer = http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElseThrow())
                        .build())
                .call();
        try (var stream = answer.responseBody().orElseThrow()) {
            var text = stream.readAllBytes();
            if (!answer.httpResponse().isSuccessful()) {
                throw new IOException(why(answer.httpResponse().statusCode(), text));
            }
            return text;
        }
    }

    private static String body(List<String> subnets) {
        var parameters = new TreeMap<>(Map.of("Action", "DescribeSubnets", "Version", VERSION));
        for (var i = 0; i < subnets.size(); i++) {
            parameters.put("SubnetId." + (i + 1), subnets.get(i));
        }
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(joining("&"));
    }

    private static Map<String, Integer> free(byte[] answer)
            throws SAXException, IOException, ParserConfigurationException {
        var free = new TreeMap<String, Integer>();
        var counts = document(answer).getElementsByTagName("availableIpAddressCount");
        for (var i = 0; i < counts.getLength(); i++) {
            var count = counts.item(i);
            free.put(
                    text(count.getParentNode(), "subnetId"),
                    Integer.parseInt(count.getTextContent().strip()));
        }
        return free;
    }

    /** EC2 says what is wrong in an element of its own. */
    private static String why(int status, byte[] answer) {
        try {
            return status + " " + text(document(answer), "Code") + ": " + text(document(answer), "Message");
        } catch (SAXException | IOException | ParserConfigurationException e) {
            return "status " + status;
        }
    }

    private static Document document(byte[] answer) throws ParserConfigurationException, SAXException, IOException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer));
    }

    private static String text(Node node, String name) {
        var found = node instanceof Document document
                ? document.getElementsByTagName(name)
                : ((Element) node).getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}

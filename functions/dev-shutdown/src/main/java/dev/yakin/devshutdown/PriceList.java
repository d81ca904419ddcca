package dev.yakin.devshutdown;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;

/**
 * What an hour costs, in yen, by the project's dated price list ({@code tools/prices-tokyo.json}, which the build puts
 * into the zip). Where each price comes from, and that it is an estimate, stands in that file.
 */
public record PriceList(JsonObject content) {
    private static final String RESOURCE = "prices-tokyo.json";
    private static final double CPU_UNITS = 1024;
    private static final double MEBIBYTES = 1024;

    public static PriceList packaged() {
        try (var resource = PriceList.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the resource %s is missing from the zip".formatted(RESOURCE));
            }
            var text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return new PriceList(JsonParser.parseString(text).getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The date of the list. */
    public String asOf() {
        return content.get("asOf").getAsString();
    }

    /**
     * A Fargate task.
     *
     * @param cpu in units, 1,024 to a virtual processor
     * @param memory in MiB
     */
    public OptionalDouble task(int cpu, int memory, boolean isSpot) {
        var usd = usd("fargateCpuHour").orElseThrow() * cpu / CPU_UNITS
                + usd("fargateMemoryGbHour").orElseThrow() * memory / MEBIBYTES;
        return OptionalDouble.of(yen(isSpot ? usd * usd("fargateSpotShare").orElseThrow() : usd));
    }

    /** An RDS instance without its storage; empty for a class that has no price. */
    public OptionalDouble instance(String instanceClass, boolean isMultiAz) {
        var usd = usd(instanceClass);
        return usd.isEmpty() ? usd : OptionalDouble.of(yen(usd.getAsDouble() * (isMultiAz ? 2 : 1)));
    }

    /** The instances of an Aurora Serverless v2 cluster at their least capacity, in ACU: nobody uses dev at night. */
    public OptionalDouble cluster(double leastUnits, int instances) {
        var usd = usd("auroraUnitHour");
        return usd.isEmpty() ? usd : OptionalDouble.of(yen(usd.getAsDouble() * leastUnits * instances));
    }

    private OptionalDouble usd(String name) {
        var price = content.getAsJsonObject("prices").getAsJsonObject(name);
        return price == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(price.get("usd").getAsDouble());
    }

    private double yen(double usd) {
        return usd * content.get("jpyPerUsd").getAsDouble();
    }
}

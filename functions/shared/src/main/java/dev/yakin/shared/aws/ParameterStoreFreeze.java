package dev.yakin.shared.aws;

import dev.yakin.shared.SaleFreeze;
import dev.yakin.shared.Settings;
import java.time.Duration;
import java.time.ZoneId;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;

/**
 * The freeze of the sale calendar in force: the version of the SSM parameter that sale-scaling has labelled {@code good}.
 * It needs {@code ssm:GetParameter} on the parameter. Source: Systems Manager User Guide, "Working with parameter
 * labels".
 *
 * @param parameter the calendar's name, {@code /yakin/<stack>/sales}
 */
public record ParameterStoreFreeze(SsmClient ssm, String parameter, ZoneId zone, Duration warmUp) {
    /** The label of the version in force. */
    public static final String GOOD = "good";

    /** The longest default warm-up that a stack may have, in minutes. */
    private static final int LONGEST_MINUTES = 24 * 60;

    /** From {@code SALES_PARAMETER}, {@code TIME_ZONE} and {@code SALE_LEAD_MINUTES}. */
    public static ParameterStoreFreeze from(SsmClient ssm, Settings settings) {
        return new ParameterStoreFreeze(
                ssm,
                settings.text("SALES_PARAMETER"),
                settings.zone("TIME_ZONE"),
                settings.minutes("SALE_LEAD_MINUTES", 0, LONGEST_MINUTES));
    }

    /**
     * No calendar, or none that was ever good, freezes nothing: nobody has planned a sale then.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException when nobody can say; work that a freeze forbids must
     *     wait then
     */
    public SaleFreeze look() {
        try {
            var good = ssm.getParameter(request -> request.name(parameter + ":" + GOOD));
            return SaleFreeze.of(good.parameter().value(), zone, warmUp);
        } catch (ParameterNotFoundException | ParameterVersionNotFoundException e) {
            return SaleFreeze.NONE;
        }
    }
}

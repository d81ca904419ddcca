package dev.yakin.slackalert.slack;

import dev.yakin.slackalert.Reply;
import dev.yakin.slackalert.Reply.Refusal;
import java.time.Duration;
import java.util.Set;

/**
 * What Slack's error words mean for us. Sources: Slack developer documentation, "chat.postMessage" (Errors) and "Sending
 * messages using incoming webhooks" (Handling errors).
 */
final class SlackErrors {
    /** Slack asks for silence without saying how long. */
    static final Duration USUAL_SILENCE = Duration.ofSeconds(30);

    private static final Set<String> TOO_MANY = Set.of("ratelimited", "rate_limited", "message_limit_exceeded");

    private static final Set<String> THEIR_TROUBLE = Set.of(
            "fatal_error",
            "internal_error",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org",
            "rollup_error");

    private static final Set<String> ACCESS = Set.of(
            // the token
            "not_authed",
            "invalid_auth",
            "token_revoked",
            "token_expired",
            "account_inactive",
            "missing_scope",
            "no_permission",
            "not_allowed_token_type",
            "access_denied",
            "accesslimited",
            "ekm_access_denied",
            "enterprise_is_restricted",
            "org_login_required",
            "team_access_not_granted",
            "two_factor_setup_required",
            "method_deprecated",
            "deprecated_endpoint",
            // the channel
            "channel_not_found",
            "is_archived",
            "not_in_channel",
            "restricted_action",
            "restricted_action_non_threadable_channel",
            "restricted_action_read_only_channel",
            "restricted_action_thread_locked",
            "restricted_action_thread_only_channel",
            "channel_type_not_supported",
            "messages_tab_disabled",
            "slack_connect_canvas_sharing_blocked",
            "team_not_found",
            // the webhook
            "action_prohibited",
            "channel_is_archived",
            "invalid_token",
            "no_active_hooks",
            "no_service",
            "no_service_id",
            "no_team",
            "team_disabled",
            "posting_to_general_channel_denied");

    private SlackErrors() {}

    /** A word that is not listed counts as the message's fault: the others still get their chance. */
    static Reply reply(String error) {
        if (TOO_MANY.contains(error)) {
            return new Reply.RateLimited(USUAL_SILENCE);
        }
        if (THEIR_TROUBLE.contains(error)) {
            return new Reply.Unavailable(error);
        }
        return new Reply.Refused(error, ACCESS.contains(error) ? Refusal.ACCESS : Refusal.MESSAGE);
    }

    /** Slack's error words are short and plain; anything else is not repeated, for it could hold anything. */
    static String word(String error) {
        var word = error.strip();
        return word.matches("[a-z][a-z0-9_]{1,79}") ? word : "an_answer_that_is_no_error_word";
    }
}

package dev.yakin.shared.aws;

import dev.yakin.shared.Notice;
import software.amazon.awssdk.services.sns.SnsClient;

/** The SNS topic {@code Notices}: what slack-alert turns into messages. */
public record NoticesTopic(SnsClient sns, String topicArn) {
    public void publish(Notice notice) {
        sns.publish(
                request -> request.topicArn(topicArn).message(notice.toJson().toString()));
    }
}

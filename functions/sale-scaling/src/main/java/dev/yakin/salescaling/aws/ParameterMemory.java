package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Found;
import dev.yakin.salescaling.Memory;
import dev.yakin.salescaling.Told;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InvalidResourceIdException;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/**
 * What people were told about sales, in a tag of the calendar's parameter: there is one for all services, and a deploy
 * leaves it alone. Source: Systems Manager API Reference, AddTagsToResource (a value holds 256 characters).
 */
record ParameterMemory(SsmClient ssm, String parameter) implements Memory {
    static final String TAG = "yakin:told";

    /** As many as fit; a sale needs up to six, and what is forgotten is of sales that are long over. */
    private static final int MOST = 28;

    @Override
    public Found<Told> look() {
        try {
            return new Found.Is<>(new Told(marks()));
        } catch (InvalidResourceIdException e) {
            return new Found.Is<>(Told.NOTHING); // no parameter, no memory: the calendar's own notice tells it
        } catch (SdkException e) {
            return new Found.Unreadable<>(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void remember(String key) {
        var marks = new ArrayList<>(marks());
        marks.remove(Told.mark(key));
        marks.add(Told.mark(key));
        write(marks.subList(Math.max(0, marks.size() - MOST), marks.size()));
    }

    @Override
    public void forget(String key) {
        var marks = new ArrayList<>(marks());
        if (marks.remove(Told.mark(key))) {
            write(marks);
        }
    }

    private List<String> marks() {
        return ssm
                .listTagsForResource(request ->
                        request.resourceType(ResourceTypeForTagging.PARAMETER).resourceId(parameter))
                .tagList()
                .stream()
                .filter(tag -> tag.key().equals(TAG))
                .flatMap(tag -> List.of(tag.value().strip().split(" ")).stream())
                .filter(mark -> !mark.isEmpty())
                .toList();
    }

    private void write(List<String> marks) {
        ssm.addTagsToResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                .resourceId(parameter)
                .tags(Tag.builder().key(TAG).value(String.join(" ", marks)).build()));
    }
}

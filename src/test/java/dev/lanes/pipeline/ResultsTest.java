package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.lane.Ending;
import dev.lanes.task.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsTest {
    /** What it throws while it is written is what it was made of. */
    public record Explosive(Class<? extends Throwable> type) {
        public String getText() throws Throwable {
            throw type.getDeclaredConstructor().newInstance();
        }
    }

    /** An error that cannot even be put in words. */
    public static final class Mute extends Error {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                AssertionError.class,
                NoClassDefFoundError.class,
                StackOverflowError.class,
                IllegalStateException.class,
                Mute.class
            })
    void a_result_that_cannot_be_written_makes_its_attempt_fail_whatever_it_throws(Class<? extends Throwable> type) {
        Results.Written written = Results.write(succeeded(new Explosive(type)));

        assertThat(written.result()).isNull();
        assertThat(written.ending().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(written.ending().retryable()).isFalse();
        assertThat(written.ending().error()).startsWith("the result is not JSON");
    }

    @Test
    void writes_what_can_be_written() {
        Results.Written written = Results.write(succeeded("well"));

        assertThat(written.ending().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(written.result()).hasToString("\"well\"");
    }

    private static Ending succeeded(Object result) {
        return new Ending(Outcome.SUCCEEDED, result, null, false);
    }
}

package dev.lanes.lane;

import static org.assertj.core.api.Assertions.assertThat;

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
        Ending ending = Results.ending(new Explosive(type));

        assertThat(ending.result()).isNull();
        assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ending.retryable()).isFalse();
        assertThat(ending.error()).startsWith("the result is not JSON");
    }

    @Test
    void writes_what_can_be_written() {
        Ending ending = Results.ending("well");

        assertThat(ending.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(ending.result()).hasToString("\"well\"");
    }
}

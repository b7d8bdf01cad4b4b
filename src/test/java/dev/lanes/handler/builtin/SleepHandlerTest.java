package dev.lanes.handler.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.TaskId;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SleepHandlerTest {
    @Test
    void one_task_in_so_many_is_slow() {
        SleepHandler.Sleep sleep = new SleepHandler.Sleep(1, 1000, 100);

        assertThat(LongStream.range(0, 1000)
                        .filter(low -> sleep.msOf(new TaskId(0, low)) == 1000)
                        .count())
                .isEqualTo(10);
    }

    @Test
    void none_is_slow_where_nothing_is_said() {
        assertThat(new SleepHandler.Sleep(5, null, null).msOf(new TaskId(0, 0))).isEqualTo(5);
    }
}

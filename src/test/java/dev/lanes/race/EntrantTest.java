package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.LaneName;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EntrantTest {
    @Test
    void gives_few_bare_share_clients_a_jvm_each() {
        assertThat(clients(3)).containsExactly(1, 1, 1);
    }

    @Test
    void lets_many_bare_share_clients_share_four_jvms() {
        assertThat(clients(16)).containsExactly(4, 4, 4, 4);
        assertThat(clients(10)).containsExactly(3, 3, 2, 2);
    }

    @Test
    void has_a_name_that_topics_may_have() {
        assertThat(Entrant.inMemory(LaneName.VIRTUAL, 1).slug()).isEqualTo("virtual-in-memory");
    }

    private static int[] clients(int processes) {
        Entrant bare =
                new Entrant(Entrant.BARE_SHARE_CLIENT, Entrant.Kind.BARE_SHARE_CLIENT, LaneName.PROCESS, processes);
        return IntStream.rangeClosed(1, bare.jvms()).map(bare::clients).toArray();
    }
}

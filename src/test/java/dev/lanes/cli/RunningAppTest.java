package dev.lanes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningAppTest {
    @TempDir
    Path folder;

    private Home home;
    private RunningApp ourselves;

    @BeforeEach
    void note_ourselves() {
        home = new Home(folder);
        ourselves = RunningApp.of(ProcessHandle.current(), 8080, 9092);
    }

    @Test
    void finds_what_has_been_noted_and_lives() throws IOException {
        ourselves.note(home);

        assertThat(RunningApp.find(home)).contains(ourselves);
    }

    @Test
    void finds_nothing_when_the_pid_belongs_to_a_process_that_started_at_another_time() throws IOException {
        RunningApp earlier = new RunningApp(
                ourselves.pid(), 8080, null, ourselves.startedAt().minus(Duration.ofHours(1)));

        earlier.note(home);

        assertThat(RunningApp.find(home)).isEmpty();
    }

    @Test
    void finds_nothing_in_a_note_that_is_torn() throws IOException {
        Files.writeString(home.appFile(), "{\"pid\":");

        assertThat(RunningApp.find(home)).isEmpty();
    }

    @Test
    void forgets_its_own_note_and_leaves_that_of_another() throws IOException {
        ourselves.note(home);

        RunningApp.forget(home, ourselves.pid() + 1);
        assertThat(home.appFile()).exists();

        RunningApp.forget(home, ourselves.pid());
        assertThat(home.appFile()).doesNotExist();
    }
}

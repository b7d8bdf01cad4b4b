package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {
    @Test
    void include_a_file_only_while_it_is_open(@TempDir Path folder) throws IOException {
        assumeTrue(Descriptors.known());
        Path file = Files.createFile(folder.toRealPath().resolve("file"));

        try (FileChannel open = FileChannel.open(file)) {
            assertThat(open.isOpen()).isTrue();
            assertThat(Descriptors.include(file)).isTrue();
        }

        assertThat(Descriptors.include(file)).isFalse();
    }
}

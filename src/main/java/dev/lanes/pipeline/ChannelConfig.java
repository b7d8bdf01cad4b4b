package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import dev.lanes.task.Place;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Settings that follow from others: a process has exactly the channels of its {@code lanes.run}, and it joins the
 * consumer groups under a name that stays the same between runs from one home directory, so that after a crash its
 * partitions are its own again at once.
 */
public final class ChannelConfig implements ConfigSourceFactory {
    private static final int BELOW_THE_APPLICATIONS_OWN = 200;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        List<String> parts = Arrays.asList(value(context, "lanes.run", "api,sequential,reactive,thread,virtual")
                .split("\\s*,\\s*"));
        List<String> queues =
                Arrays.asList(value(context, "lanes.queues", "process").split("\\s*,\\s*"));
        Map<String, String> settings = new HashMap<>();
        for (LaneName lane : LaneName.values()) {
            if (lane != LaneName.PROCESS) {
                settings.put(
                        "mp.messaging.incoming.tasks-" + lane + ".enabled",
                        Boolean.toString(parts.contains(lane.toString()) && !queues.contains(lane.toString())));
            }
        }
        for (String idiom : PipelineConfig.IDIOMS) {
            String enabled = Boolean.toString(parts.contains(idiom));
            settings.put("mp.messaging.incoming." + idiom + ".enabled", enabled);
            settings.put("mp.messaging.outgoing." + idiom + "-results.enabled", enabled);
        }
        Path home =
                Path.of(value(context, "lanes.home", ".lanes")).toAbsolutePath().normalize();
        settings.put(
                "lanes.instance",
                Place.hostName() + "-" + Integer.toHexString(home.toString().hashCode()));
        return List.of(new PropertiesConfigSource(settings, "lanes-channels", BELOW_THE_APPLICATIONS_OWN));
    }

    private static String value(ConfigSourceContext context, String name, String otherwise) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null || value.getValue().isBlank() ? otherwise : value.getValue();
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(BELOW_THE_APPLICATIONS_OWN);
    }
}

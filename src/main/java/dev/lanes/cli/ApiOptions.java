package dev.lanes.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Lanes a command talks to. */
final class ApiOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The Lanes to talk to (else LANES_URL, else the local one: LANES_PORT or 8080).")
    private @Nullable String url;

    LanesApi api() {
        Settings settings = Settings.current();
        String given = url != null ? url : settings.value("LANES_URL").orElse(null);
        return given != null ? new LanesApi(given) : LanesApi.local(localPort(settings));
    }

    /** An {@code up --port} is found without saying the port again: its home knows it. */
    private static int localPort(Settings settings) {
        return settings.httpPort()
                .or(() -> RunningApp.find(settings.home()).map(RunningApp::port))
                .orElse(Settings.HTTP_PORT);
    }
}

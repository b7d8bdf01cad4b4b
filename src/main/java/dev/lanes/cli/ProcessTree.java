package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lanes.task.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every process with its lanes and threads, under the process that started it. */
final class ProcessTree {
    private final List<Member> roots;

    private ProcessTree(List<Member> roots) {
        this.roots = roots;
    }

    /**
     * Joins what the system knows of our own application's children with what all processes say of themselves.
     *
     * @param app the pid of the application, if it runs on this machine
     * @param processes what {@code /api/processes} says
     */
    static ProcessTree of(Optional<Long> app, JsonNode processes) {
        Map<Long, JsonNode> here = new LinkedHashMap<>();
        List<Member> elsewhere = new ArrayList<>();
        Optional<String> host = app.map(pid -> hostOf(pid, processes));
        for (JsonNode process : processes) {
            if (host.isPresent() && host.get().equals(process.path("host").asText())) {
                here.put(process.path("pid").asLong(), process);
            } else {
                elsewhere.add(reported(process));
            }
        }
        List<Member> roots = new ArrayList<>();
        app.flatMap(ProcessHandle::of).ifPresent(root -> roots.add(local(root, here)));
        // What is left here was started by ./lanes run.
        here.values().forEach(process -> roots.add(reported(process)));
        roots.addAll(elsewhere);
        return new ProcessTree(roots);
    }

    /** What the application calls this machine: not always what we do, as HOSTNAME may differ between two shells. */
    private static String hostOf(long app, JsonNode processes) {
        List<String> hosts = new ArrayList<>();
        processes.forEach(process -> {
            if (process.path("pid").asLong() == app) {
                hosts.add(process.path("host").asText());
            }
        });
        String ours = Place.hostName();
        return hosts.isEmpty() || hosts.contains(ours) ? ours : hosts.getFirst();
    }

    private static Member reported(JsonNode report) {
        return new Member(role(report), report.path("pid").asLong(), report, ThreadNames.NONE, List.of());
    }

    private static Member local(ProcessHandle process, Map<Long, JsonNode> reports) {
        JsonNode report = reports.remove(process.pid());
        List<Member> children = process.children()
                .sorted(Comparator.comparingLong(ProcessHandle::pid))
                .map(child -> local(child, reports))
                .toList();
        String role = report != null ? role(report) : roleByCommand(process.info());
        return new Member(role, process.pid(), report, ThreadNames.of(process.pid()), children);
    }

    private static String role(JsonNode report) {
        return Startup.isWorker(report) ? "worker process" : "app";
    }

    private static String roleByCommand(ProcessHandle.Info info) {
        String line = info.commandLine().orElse("");
        if (line.contains("dev.lanes.broker")) {
            return "broker";
        }
        return info.command()
                .map(command -> command.substring(command.lastIndexOf('/') + 1))
                .orElse("process");
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Member root : roots) {
            lines.add(root.describe());
            addChildren(lines, root, "");
        }
        return lines;
    }

    private static void addChildren(List<String> lines, Member parent, String indent) {
        for (int i = 0; i < parent.children().size(); i++) {
            Member child = parent.children().get(i);
            boolean last = i == parent.children().size() - 1;
            lines.add(indent + (last ? "`- " : "|- ") + child.describe());
            addChildren(lines, child, indent + (last ? "   " : "|  "));
        }
    }

    ArrayNode json() {
        ArrayNode json = LanesApi.JSON.createArrayNode();
        roots.forEach(root -> json.add(root.json()));
        return json;
    }

    /** One process; {@code report} is what it says of itself, if it is one that does. */
    private record Member(
            String role, long pid, @Nullable JsonNode report, ThreadNames threads, List<Member> children) {
        String describe() {
            String where = report != null && threads.isEmpty()
                    ? " on " + report.path("host").asText()
                    : "";
            String lanes = report == null ? "" : ": " + StatusReport.lanesOf(report);
            return role + ", pid " + pid + where + lanes + "; " + threadText();
        }

        private String threadText() {
            if (!threads.isEmpty()) {
                return threads.toString();
            }
            return (report == null ? "-" : Figures.count(report.path("threads"))) + " threads";
        }

        ObjectNode json() {
            ObjectNode json = LanesApi.JSON.createObjectNode().put("role", role).put("pid", pid);
            json.set("lanes", report == null ? LanesApi.JSON.createArrayNode() : report.path("lanes"));
            json.set("threads", threads.json());
            ArrayNode below = json.putArray("children");
            children.forEach(child -> below.add(child.json()));
            return json;
        }
    }
}

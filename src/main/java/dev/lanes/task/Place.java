package dev.lanes.task;

/** Where an attempt ran. */
public record Place(String host, long pid, String thread, boolean virtualThread) {
    private static final String HOST = hostName();
    private static final long PID = ProcessHandle.current().pid();

    /** The calling thread of this process. */
    public static Place here() {
        Thread thread = Thread.currentThread();
        return new Place(HOST, PID, thread.getName(), thread.isVirtual());
    }

    /** Names the process: by its pid on this host, elsewhere with its host, as in every container the pid is 1. */
    public String process() {
        return host.equals(HOST) ? Long.toString(pid) : host + "/" + pid;
    }

    /** The name of this machine or container. */
    public static String hostName() {
        String given = System.getenv("HOSTNAME");
        if (given != null && !given.isBlank()) {
            return given;
        }
        try {
            return java.net.InetAddress.getLocalHost().getHostName();
        } catch (java.net.UnknownHostException unnamed) {
            return "localhost";
        }
    }
}

# Sourced by ./mvnw and ./lanes: sets JAVA_HOME to a JDK 25 or newer, or says how to get one.

jdk_major() { # prints the major version of the JDK in $1, or 0 where it has no command $2
    [ -x "$1/bin/$2" ] && [ -f "$1/release" ] || { echo 0; return; }
    major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    echo "${major:-0}"
}

jdk_of_command() { # prints the home of the java command $1, through its links
    command=$(command -v "$1" 2>/dev/null) || return 0
    while [ -L "$command" ]; do
        link=$(readlink "$command")
        case $link in /*) command=$link ;; *) command=$(dirname "$command")/$link ;; esac
    done
    dirname "$(dirname "$command")"
}

find_jdk() { # find_jdk javac, or find_jdk java where a JRE will do
    for home in "${JAVA_HOME:-}" "$(jdk_of_command java)" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
        "$(/usr/libexec/java_home -v 25+ 2>/dev/null)"; do
        [ -n "$home" ] && [ "$(jdk_major "$home" "$1")" -ge 25 ] && { JAVA_HOME=$home; export JAVA_HOME; return 0; }
    done
    echo "${0##*/}: no JDK 25 found (looked at JAVA_HOME, PATH, /usr/lib/jvm, SDKMAN and java_home): install one, e.g. 'sdk install java 25-tem', and set JAVA_HOME to it" >&2
    return 1
}

"""What a process and all its descendants connect to, as strace saw it. Without strace nothing is known: that fails."""
import re
import shutil

LOOPBACK = re.compile(r'127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+')


def observed(log):
    """The words before a command that write its connects to the file `log`."""
    strace = shutil.which("strace")
    if strace is None:
        raise AssertionError("strace is not on PATH; scripts/install-deps test installs it")
    # -D: the command is our child, not strace's; -A: several commands may share the file.
    return [strace, "-D", "-f", "-qq", "-A", "-e", "trace=connect", "-e", "signal=none", "-o", log]


def read_connections(log):
    """(loopback, elsewhere): the addresses of all attempts. Unix sockets and the kernel's own are neither."""
    loopback, elsewhere = [], []
    with open(log, encoding="utf-8", errors="replace") as file:
        for line in file:
            family = re.search(r"sa_family=(AF_\w+)", line)
            if "connect(" not in line or not family or family[1] in ("AF_UNIX", "AF_LOCAL", "AF_NETLINK", "AF_UNSPEC"):
                continue
            address = re.search(r'inet_(?:addr\(|pton\(AF_INET6?, )"([^"]+)"', line)
            name = address[1] if address else line.strip()
            (loopback if LOOPBACK.fullmatch(name) else elsewhere).append(name)
    return loopback, elsewhere

#!/bin/sh
# Runs a link (its arguments) without some remarks of glibc: that getaddrinfo, gethostbyname and dlopen of a static program
# want the same glibc's shared libraries where it runs. Name services beyond files and DNS are not used, and neither are
# loadable parts of OpenSSL and SQLite. Everything else the linker says is passed on.
said=$(mktemp)
trap 'rm -f "$said"' EXIT
"$@" 2>"$said"
status=$?
awk '/in function `/ { if (held != "") print held; held = $0; next }
     /warning: Using .(getaddrinfo|gethostbyname|dlopen). in statically linked/ { held = ""; next }
     held != "" { print held; held = "" }
     { print }
     END { if (held != "") print held }' "$said" >&2
exit $status

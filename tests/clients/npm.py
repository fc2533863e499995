"""Where scripts/install-npm-packages puts npm packages."""
import hashlib
import os

from running_cloud import SOURCE


def npm_folder(wanted):
    """Those of the package.json in this folder of the source."""
    with open(os.path.join(SOURCE, wanted, "package.json"), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()[:16]
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(cache, "trunkline", f"npm-{digest}")

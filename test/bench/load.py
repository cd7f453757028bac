"""h2load in its two uses: as fast as it goes, and at a fixed rate with the time of every request in a log."""
import dataclasses, pathlib, re, subprocess


@dataclasses.dataclass
class Load:
    connections: int
    streams: int
    path: str
    arguments: list
    scheme: str = "http"


LOADS = {
    "http1": Load(64, 1, "/", ["--h1"]),
    "h2": Load(8, 16, "/", []),
    "grpc": Load(8, 16, "/bench.Echo/Unary", ["-H", "content-type: application/grpc", "-H", "te: trailers"]),
    "tls": Load(64, 1, "/", ["--h1"], "https"),
    "tcp": Load(8, 1, "/large", ["--h1"]),
}


def command(load, port, seconds, folder):
    body = []
    if "content-type: application/grpc" in load.arguments:
        message = folder / "request"
        message.write_bytes(b"\0\0\0\0\x40" + b"m" * 64)
        body = ["-d", str(message)]
    return ["h2load", "-t1", f"-c{load.connections}", f"-m{load.streams}", "-D", str(seconds), *load.arguments, *body]


def run(load, port, seconds, folder, rate=None):
    """(requests done, bytes, failed, requests a second, [microseconds of each request])"""
    line = command(load, port, seconds, folder)
    log = folder / "times"
    if rate:
        log.unlink(missing_ok=True)
        line += [f"--rps={max(rate / load.connections, 0.1):.2f}", f"--log-file={log}"]
    out = subprocess.run([*line, f"{load.scheme}://127.0.0.1:{port}{load.path}"], capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
    done = re.search(r"requests: .*?(\d+) done, (\d+) succeeded, (\d+) failed", out)
    codes = re.search(r"status codes: (\d+) 2xx", out)
    transferred = int(re.search(r"traffic: .*?\((\d+)\) total", out)[1])
    good = int(codes[1])
    failed = int(done[3]) + max(0, int(done[1]) - good - int(done[3]))
    return good, transferred, failed, good / seconds, times(log) if rate else []


def times(log: pathlib.Path):
    return sorted(int(line.rsplit("\t", 1)[1]) for line in log.read_text().splitlines() if "\t" in line)


def percentile(values, share):
    return values[min(len(values) - 1, int(len(values) * share))] / 1000 if values else float("nan")

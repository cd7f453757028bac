#!/usr/bin/env python3
"""Our proxy beside real Envoy on one bootstrap: CPU per request, rate, latency at an equal rate, memory, start-up.

usage: proxy_bench.py [--short] [--only CASE[,CASE]] [--proxies ours,envoy] [--seconds N] [--rounds N] [--warmup N] [--ours CMD]

Cases: http1, h2, grpc, tls, tcp, http1x1000 (1,000 clusters), start. Needs nginx and h2load; Envoy: see peers.py.
Both proxies run with one worker, in turns, in the same run; medians over the rounds are printed. CPU is user and system time of
the proxy process alone (/proc/PID/stat) over the requests that h2load counted.
"""
import argparse, json, os, pathlib, shutil, signal, socket, statistics, subprocess, sys, tempfile, time

import peers
from configs import bootstrap
from load import LOADS, percentile, run
from origin import Origin, free_port, wait

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
CASES = ["start", "http1", "h2", "grpc", "tls", "tcp", "http1x1000"]


class Proxy:
    def __init__(self, name, command, folder, kind, origin, clusters):
        self.name, self.port, admin = name, free_port(), free_port()
        config = folder / f"{name}.json"
        config.write_text(json.dumps(bootstrap(kind, self.port, admin, origin, clusters)))
        extra = ["--use-dynamic-base-id"] if name == "envoy" else []
        begin = time.monotonic()
        self.process = subprocess.Popen([*command, "-c", str(config), "-l", "error", "--concurrency", "1", *extra],
                                        stdout=(folder / f"{name}.out").open("w"), stderr=subprocess.STDOUT)
        wait(self.port) if kind != "http1" else first_answer(self.port)
        self.start = time.monotonic() - begin

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise SystemExit(f"{self.name} has ended")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)


def first_answer(port, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as s:
                s.settimeout(2)
                s.sendall(b"GET / HTTP/1.1\r\nhost: bench\r\n\r\n")
                if s.recv(64).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        time.sleep(0.004)
    raise SystemExit(f"no answer on {port}")


def warm(proxy, load, options, folder):
    """Until the CPU of a request falls no more: a JIT needs some seconds, on a busy machine many."""
    before, end = float("inf"), time.monotonic() + options.warmup
    while time.monotonic() < end:
        start = proxy.cpu()
        done, _volume, _failed, _rate, _times = run(load, proxy.port, 3, folder)
        cost = (proxy.cpu() - start) / max(done, 1)
        if cost > 0.95 * before:
            return
        before = cost


def measure(case, options, commands, folder, origin):
    kind, clusters = (case[:-5], 1000) if case.endswith("x1000") else (case, 1)
    load = LOADS[kind]
    proxies = []
    try:
        proxies += [Proxy(name, command, folder, kind, origin, clusters) for name, command in commands.items()]
        rows = {proxy.name: [] for proxy in proxies}
        for proxy in proxies:
            warm(proxy, load, options, folder)
        for _ in range(options.rounds):
            for proxy in proxies:
                before = proxy.cpu()
                done, volume, failed, rate, _times = run(load, proxy.port, options.seconds, folder)
                spent = proxy.cpu() - before
                cost = volume / spent / 1e9 if kind == "tcp" else spent / max(done, 1) * 1e6
                rows[proxy.name].append({"cpu": cost, "rate": rate, "rss": proxy.rss(), "failed": failed})
        equal = 0.6 * statistics.median(r["rate"] for r in rows[proxies[-1].name])
        for i in range(options.rounds if kind != "tcp" else 0):
            for proxy in proxies:
                done, _volume, failed, _rate, times = run(load, proxy.port, options.seconds, folder, equal)
                rows[proxy.name][i].update(p50=percentile(times, 0.5), p99=percentile(times, 0.99), late=failed)
        return {name: {key: statistics.median(r[key] for r in rounds) for key in rounds[0]} for name, rounds in rows.items()}, equal
    finally:
        for proxy in proxies:
            proxy.stop()


def start_times(options, commands, folder, origin):
    rows = {name: [] for name in commands}
    for _ in range(2 * options.rounds - 1):
        for name, command in commands.items():
            proxy = Proxy(name, command, folder, "http1", origin, 1)
            rows[name].append(proxy.start)
            proxy.stop()
    return {name: statistics.median(times) for name, times in rows.items()}


COLUMNS = [("cpu", "CPU us/request"), ("rate", "requests/s"), ("p50", "p50 ms"), ("p99", "p99 ms"), ("rss", "RSS MiB")]


def show(case, result, equal):
    names = list(result)
    for key, title in COLUMNS:
        if key not in result[names[0]]:
            continue
        if case == "tcp" and key == "cpu":
            title = "GB per CPU second"
        if key in ("p50", "p99"):
            title += f" at {equal:.0f}/s"
        values = [result[n][key] for n in names]
        ratio = f"{values[0] / values[1]:.2f}" if len(values) == 2 and values[1] else ""
        print(f"| {case} | {title} | " + " | ".join(f"{v:.2f}" if v < 100 else f"{v:.0f}" for v in values) + f" | {ratio} |", flush=True)
    for n in names:
        if result[n]["failed"]:
            print(f"| {case} | failed requests of {n} | {result[n]['failed']:.0f} | | |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only")
    parser.add_argument("--proxies", default="ours,envoy")
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--warmup", type=int)
    parser.add_argument("--ours", default=f"{ROOT}/layar proxy")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))
    options.seconds = options.seconds or (2 if options.short else 4)
    options.rounds = options.rounds or (1 if options.short else 3)
    options.warmup = options.warmup or (9 if options.short else 24)
    for tool in ("nginx", "h2load", "openssl"):
        if not shutil.which(tool):
            return print(f"skipped: the proxy's bench ({tool} is not on PATH)")
    commands = {"ours": options.ours.split()}
    envoy, why = peers.envoy(HERE / "target")
    if envoy:
        commands["envoy"] = [envoy]
    else:
        print(f"skipped: Envoy ({why})")
    commands = {n: c for n, c in commands.items() if n in options.proxies.split(",")}
    subprocess.run([*options.ours.split(), "--version"], capture_output=True, timeout=900)
    print("| case | figure | " + " | ".join(commands) + " | ratio |\n| --- | --- |" + " ---: |" * (len(commands) + 1), flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        origin = Origin(folder)
        try:
            for case in options.only.split(",") if options.only else CASES:
                if case == "start":
                    times = list(start_times(options, commands, folder, origin).values())
                    ratio = f"{times[0] / times[1]:.2f}" if len(times) == 2 else ""
                    print("| start | s to the first answer | " + " | ".join(f"{t:.2f}" for t in times) + f" | {ratio} |", flush=True)
                else:
                    show(case, *measure(case, options, commands, folder, origin))
        finally:
            origin.stop()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Our proxy beside real Envoy on one bootstrap: CPU per request, rate, latency, memory, start-up.

usage: proxy_bench.py [--seconds N] [--rounds N] [--connections N] [--clusters N] [--only NAME] [--ours CMD] [--body BYTES]

Needs wrk, nginx, and for the comparison Envoy: the binary of ENVOY_BINARY or `envoy` on PATH; without it only ours is measured,
and that is said. Both proxies run with one worker, in turns, in the same run; medians over the rounds are printed. CPU is user and
system time of the proxy process alone (/proc/PID/stat) over the requests that wrk counted.
"""
import argparse, json, os, pathlib, re, shutil, signal, socket, statistics, subprocess, sys, tempfile, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def bootstrap(listener, admin, upstream, clusters):
    def cluster(name):
        address = {"socket_address": {"address": "127.0.0.1", "port_value": upstream}}
        return {"name": name, "type": "STATIC", "connect_timeout": "1s",
                "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [{"endpoint": {"address": address}}]}]}}
    http = "type.googleapis.com/envoy.extensions.filters"
    manager = {"@type": f"{http}.network.http_connection_manager.v3.HttpConnectionManager", "stat_prefix": "bench",
               "route_config": {"name": "r", "virtual_hosts": [{"name": "v", "domains": ["*"],
                                "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "c0"}}]}]},
               "http_filters": [{"name": "envoy.filters.http.router",
                                 "typed_config": {"@type": f"{http}.http.router.v3.Router"}}]}
    listen = {"name": "l", "address": {"socket_address": {"address": "127.0.0.1", "port_value": listener}},
              "filter_chains": [{"filters": [{"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]}]}
    return {"node": {"id": "n", "cluster": "c"},
            "admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": admin}}},
            "static_resources": {"listeners": [listen], "clusters": [cluster(f"c{i}") for i in range(clusters)]}}


class Nginx:
    def __init__(self, folder, body):
        self.port = free_port()
        (folder / "html").mkdir()
        (folder / "html" / "index").write_bytes(b"x" * body)
        conf = folder / "nginx.conf"
        user = "user root;" if os.getuid() == 0 else ""
        conf.write_text(f"""{user} worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off;
events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 100000000; keepalive_timeout 600s; default_type text/plain;
  open_file_cache max=10; open_file_cache_valid 600s;
  server {{ listen 127.0.0.1:{self.port}; location / {{ root {folder}/html; try_files /index =404; }} }} }}""")
        self.process = subprocess.Popen(["nginx", "-c", str(conf), "-p", str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait(self.port)


def wait(port, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.005)
    raise SystemExit(f"nothing listens on {port}")


def first_answer(port, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.005)
    raise SystemExit(f"no answer on {port}")


class Proxy:
    def __init__(self, name, command, folder, upstream, clusters):
        self.name, self.port, admin = name, free_port(), free_port()
        config = folder / f"{name}.json"
        config.write_text(json.dumps(bootstrap(self.port, admin, upstream, clusters)))
        extra = ["--base-id", str(os.getpid() % 30000)] if name == "envoy" else []
        begin = time.monotonic()
        self.process = subprocess.Popen([*command, "-c", str(config), "-l", "error", "--concurrency", "1", *extra],
                                        stdout=(folder / f"{name}.out").open("w"), stderr=subprocess.STDOUT)
        first_answer(self.port)
        self.start = time.monotonic() - begin

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()


def load(port, seconds, connections):
    out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", f"http://127.0.0.1:{port}/"],
                         capture_output=True, text=True, check=True).stdout
    requests = int(re.search(r"(\d+) requests in", out)[1])
    bad = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", out)))
    bad += sum(sum(map(int, m)) for m in re.findall(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", out))
    return requests, bad, millis(out, "50%"), millis(out, "99%"), float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])


def millis(out, which):
    value, unit = re.search(which + r"\s+([\d.]+)(us|ms|s)", out).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--warmup", type=int, default=15)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--clusters", type=int, default=1)
    parser.add_argument("--body", type=int, default=1024)
    parser.add_argument("--only")
    parser.add_argument("--ours", default=f"{ROOT}/layar proxy")
    options = parser.parse_args()
    commands = {"ours": options.ours.split()}
    envoy = os.environ.get("ENVOY_BINARY") or shutil.which("envoy")
    if envoy:
        commands["envoy"] = [envoy]
    else:
        print("skipped: Envoy (neither ENVOY_BINARY nor envoy on PATH)")
    if options.only:
        commands = {options.only: commands[options.only]}
    with tempfile.TemporaryDirectory() as name:
        measure(options, commands, pathlib.Path(name))


def measure(options, commands, folder):
    nginx = Nginx(folder, options.body)
    proxies = []
    try:
        proxies = [Proxy(name, command, folder, nginx.port, options.clusters) for name, command in commands.items()]
        rows = {proxy.name: [] for proxy in proxies}
        for proxy in proxies:
            load(proxy.port, options.warmup, options.connections)
        for _ in range(options.rounds):
            for proxy in proxies:
                before = proxy.cpu()
                requests, bad, p50, p99, rate = load(proxy.port, options.seconds, options.connections)
                rows[proxy.name].append(((proxy.cpu() - before) / requests * 1e6, rate, p50, p99, proxy.rss(), bad))
        print(f"{'proxy':8}{'us CPU/request':>16}{'requests/s':>12}{'p50 ms':>8}{'p99 ms':>8}{'RSS MiB':>9}{'errors':>8}{'start s':>9}")
        medians = {}
        for proxy in proxies:
            columns = list(zip(*rows[proxy.name]))
            m = medians[proxy.name] = [statistics.median(column) for column in columns]
            print(f"{proxy.name:8}{m[0]:16.2f}{m[1]:12.0f}{m[2]:8.2f}{m[3]:8.2f}{m[4]:9.0f}{sum(columns[5]):8.0f}{proxy.start:9.2f}")
        if len(medians) == 2:
            ours, envoy = medians["ours"], medians["envoy"]
            print("ratio   " + "".join(f"{a / b:{w}.2f}" if b else " " * w for a, b, w in zip(ours, envoy, (16, 12, 8, 8, 9))))
    finally:
        for proxy in proxies:
            proxy.stop()
        nginx.process.terminate()


if __name__ == "__main__":
    main()

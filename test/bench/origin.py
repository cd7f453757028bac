"""The server behind the proxies: nginx with 1 KiB answers in plain text, over h2c, over TLS, as gRPC, and a large file."""
import os, pathlib, socket, subprocess, time


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait(port, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.005)
    raise SystemExit(f"nothing listens on {port}")


class Origin:
    def __init__(self, folder: pathlib.Path):
        self.plain, self.h2c, self.tls = free_port(), free_port(), free_port()
        self.cert, self.key = folder / "cert.pem", folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                        "-keyout", str(self.key), "-out", str(self.cert)], check=True, capture_output=True)
        html = folder / "html"
        html.mkdir()
        (html / "index").write_bytes(b"x" * 1024)
        (html / "large").write_bytes(b"x" * (16 << 20))
        (html / "message").write_bytes(b"\0\0\0\0\x40" + b"m" * 64)
        conf = folder / "nginx.conf"
        user = "user root;" if os.getuid() == 0 else ""
        site = f"""root {html};
    location / {{ try_files $uri /index; }}
    location /bench.Echo/Unary {{ error_page 405 =200 /message; return 405; }}
    location = /message {{ default_type application/grpc; add_trailer grpc-status 0 always; }}"""
        conf.write_text(f"""{user} worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off;
events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 100000000; keepalive_timeout 600s; default_type text/plain;
  open_file_cache max=10; open_file_cache_valid 600s; http2_max_concurrent_streams 1024;
  server {{ listen 127.0.0.1:{self.plain}; {site} }}
  server {{ listen 127.0.0.1:{self.h2c} http2; {site} }}
  server {{ listen 127.0.0.1:{self.tls} ssl; ssl_certificate {self.cert}; ssl_certificate_key {self.key}; {site} }} }}""")
        self.process = subprocess.Popen(["nginx", "-c", str(conf), "-p", str(folder)],
                                        stdout=subprocess.DEVNULL, stderr=(folder / "nginx.err").open("w"))
        wait(self.plain)

    def stop(self):
        self.process.terminate()
        self.process.wait(5)

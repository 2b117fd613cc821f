# SPDX-License-Identifier: MIT
# crowd.py HOW COUNT PORT - many clients at once that are a burden
#
# idle: connects and says nothing. trickle: sends a head, a byte a second. body: sends a head at once and
# then its body in this way. slow: asks for /metrics and
# reads 64 bytes a second. file: asks for /api/v1/observations, one after another, and reads in this way. Says how many there are, goes on until its input ends, and says how
# many were still there.
import resource
import select
import socket
import sys

ENDLESS_HEAD = b"GET /metrics HTTP/1.1\r\nHost: a\r\nX-Slow: " + b"y" * 10000
how, count, port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (min(count + 64, hard), hard))


def connect():
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    if how == "idle":
        client.setblocking(False)  # beyond what is accepted nobody answers
    client.connect_ex(("127.0.0.1", port))
    if how == "slow":
        client.sendall(b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
    if how == "file":
        client.sendall(b"GET /api/v1/observations HTTP/1.1\r\nHost: a\r\n\r\n")
        client.settimeout(10)
        client.recv(1)
    if how == "body":
        client.sendall(b"POST /api/v1/read HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n")
    client.setblocking(False)
    return client


clients = []
try:
    while len(clients) < count:
        clients.append(connect())
except OSError as error:
    print(f"stopped at {len(clients)}: {error}", file=sys.stderr)
print(len(clients), flush=True)
second = 0
while not select.select([sys.stdin], [], [], 1)[0]:
    for client in list(clients):
        try:
            if how in ("trickle", "body"):
                client.send(ENDLESS_HEAD[second:second + 1])
            elif how in ("slow", "file") and client.recv(64) == b"":
                clients.remove(client)
        except BlockingIOError:
            pass
        except OSError:
            clients.remove(client)
    second += 1
print(len(clients), flush=True)

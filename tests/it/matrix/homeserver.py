"""Synapse in this process, under the orders of a test: JSON lines come in, JSON lines go out.

    homeserver.py FOLDER PORT raised|default SETTINGS

It ends when its standard input does, so that no homeserver outlives the test that started it, however that test ends. It keeps all
in FOLDER, and comes back with it when it is started there again.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import signal
import sys
import threading
import time
import urllib.error
import urllib.request

FOLDER, PORT, LIMITS, SETTINGS = sys.argv[1:]
URL = f"http://127.0.0.1:{PORT}"
NAME = "relais.test"

# No test gets there.
UNLIMITED = {"per_second": 100000, "burst_count": 100000}
RAISED = {
    "rc_message": UNLIMITED,
    "rc_registration": UNLIMITED,
    "rc_login": {"address": UNLIMITED, "account": UNLIMITED, "failed_attempts": UNLIMITED},
    "rc_admin_redaction": UNLIMITED,
    "rc_joins": {"local": UNLIMITED, "remote": UNLIMITED},
    "rc_joins_per_room": UNLIMITED,
    "rc_invites": {"per_room": UNLIMITED, "per_user": UNLIMITED, "per_issuer": UNLIMITED},
    "rc_key_requests": UNLIMITED,
    "rc_media_create": UNLIMITED,
    "rc_room_creation": UNLIMITED,
    "rc_user_directory": UNLIMITED,
    "rc_profile": UNLIMITED,
}


def disregard_the_disk():
    """What was committed stays through the end of this process, which is all that a test can ask; a power cut it would not survive."""
    from synapse.storage.engines.sqlite import Sqlite3Engine

    as_it_is = Sqlite3Engine.on_new_connection

    def faster(engine, connection):
        as_it_is(engine, connection)
        connection.execute("PRAGMA synchronous = OFF")
        connection.commit()

    Sqlite3Engine.on_new_connection = faster


def write(name, text):
    path = os.path.join(FOLDER, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def configure():
    """Writes what Synapse reads; JSON is YAML. Gives the path of it."""
    path = os.path.join(FOLDER, "homeserver.json")
    if os.path.exists(path):
        return path
    seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    logging = {
        "version": 1,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {
            "file": {
                "class": "logging.FileHandler",
                "formatter": "line",
                "filename": os.path.join(FOLDER, "log"),
            }
        },
        "root": {"level": "WARNING", "handlers": ["file"]},
        "disable_existing_loggers": False,
    }
    config = {
        "server_name": NAME,
        "public_baseurl": f"{URL}/",
        "listeners": [
            {
                "port": int(PORT),
                "type": "http",
                "bind_addresses": ["127.0.0.1"],
                "resources": [{"names": ["client"]}],
            }
        ],
        "database": {"name": "sqlite3", "args": {"database": os.path.join(FOLDER, "homeserver.db")}},
        "media_store_path": os.path.join(FOLDER, "media"),
        "signing_key_path": write("signing.key", f"ed25519 a_test {seed}\n"),
        "log_config": write("log.json", json.dumps(logging)),
        "registration_shared_secret": secrets.token_hex(16),
        "macaroon_secret_key": secrets.token_hex(16),
        "form_secret": secrets.token_hex(16),
        # A password takes a moment, not a quarter of a second.
        "bcrypt_rounds": 4,
        # It speaks with nobody but the test.
        "federation_domain_whitelist": [],
        "trusted_key_servers": [],
        "suppress_key_server_warning": True,
        "report_stats": False,
        "presence": {"enabled": False},
        **(RAISED if LIMITS == "raised" else {}),
        **json.loads(SETTINGS),
    }
    return write("homeserver.json", json.dumps(config))


def call(method, path, token=None, body=None):
    """One request to Synapse, with its status and what it answers."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}")


def register(secret, name, password, rights):
    """An account by the shared secret, which no limit holds back."""
    path = "/_synapse/admin/v1/register"
    nonce = call("GET", path)[1]["nonce"]
    parts = (nonce, name, password, rights)
    mac = hmac.new(secret.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
    body = {"nonce": nonce, "username": name, "password": password, "admin": rights == "admin", "mac": mac}
    status, account = call("POST", path, None, body)
    if status != 200:
        raise RuntimeError(f"{name} is not registered: {account}")
    return account


def until_it_answers():
    """Waits for Synapse; the test that asked has the deadline."""
    while True:
        try:
            with urllib.request.urlopen(f"{URL}/health", timeout=5):
                return True
        except OSError:
            time.sleep(0.02)


def stop():
    os.kill(os.getpid(), signal.SIGTERM)
    return True


def obey(orders, answers, secret):
    """Each order in a thread of its own; then the end, at once."""
    doing = {
        "wait": until_it_answers,
        "stop": stop,
        "register": lambda name, password, rights: register(secret, name, password, rights),
        "call": lambda method, path, token, body: call(method, path, token, body),
    }
    lock = threading.Lock()

    def do(id, do, **arguments):
        try:
            answer = {"id": id, "ok": doing[do](**arguments)}
        except Exception as error:
            answer = {"id": id, "error": f"{type(error).__name__}: {error}"}
        with lock:
            answers.write(json.dumps(answer) + "\n")
            answers.flush()

    for line in orders:
        threading.Thread(target=do, kwargs=json.loads(line), daemon=True).start()
    os._exit(1)


def main():
    config = configure()
    with open(config, encoding="utf-8") as file:
        secret = json.load(file)["registration_shared_secret"]
    # What Synapse prints goes with its errors: standard output is for answers alone.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    threading.Thread(target=obey, args=(sys.stdin, answers, secret), daemon=True).start()

    from synapse.app import homeserver

    disregard_the_disk()
    sys.argv = ["synapse", "--config-path", config]
    homeserver.main()


main()

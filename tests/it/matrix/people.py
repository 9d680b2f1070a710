"""People with a Matrix client each, under the orders of a test: JSON lines come in, JSON lines go out.

    people.py URL FOLDER

An order has an id, and its answer has the same. What people read comes without being asked for: every event of every room they are
in, decrypted where they have the key. Nothing is interpreted here. It ends when its standard input does.
"""

import asyncio
import base64
import contextlib
import io
import json
import logging
import os
import sys
from urllib.parse import quote
from uuid import uuid4

from aiohttp import ClientError
from nio import AsyncClient, AsyncClientConfig, EncryptionError, Event, MegolmEvent, SyncResponse
from nio.crypto import decrypt_attachment

URL, FOLDER = sys.argv[1:]
# Synapse gives no more of a room at a time.
FILTER = {"room": {"timeline": {"limit": 100}}, "presence": {"types": []}}


def tell(what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def claim(fact, what):
    """Raises what a request was answered unless it went well."""
    if not fact:
        raise RuntimeError(str(what))
    return what


class Person:
    """One device of one account."""

    def __init__(self, user_id, device_id, access_token, reads):
        config = AsyncClientConfig(
            encryption_enabled=reads, max_timeout_retry_wait_time=0.5, store_name=f"{device_id}.db"
        )
        self.client = AsyncClient(URL, user_id, device_id, FOLDER if reads else "", config)
        self.client.restore_login(user_id, device_id, access_token)
        self.user_id = user_id
        self.synced = asyncio.Condition()
        self.keys = asyncio.Lock()
        # The devices that a room's session was shared with.
        self.shared_with = {}
        # What could not be decrypted yet: event id to room and event.
        self.unread = {}
        # Keys that were not sent to whom they are for.
        self.withheld = []

    # Reading

    async def read_on(self, is_first=False):
        """One sync and what has to follow it."""
        since = self.client.next_batch
        response = await self.client.sync(0 if is_first else 30000, FILTER, full_state=is_first)
        if not isinstance(response, SyncResponse):
            # The homeserver stumbles; there is nothing to wait on.
            await asyncio.sleep(0.2)
            return
        for room, info in response.rooms.invite.items():
            tell({"person": self.user_id, "invite": room, "events": [e.source for e in info.invite_state]})
        for room, info in {**response.rooms.leave, **response.rooms.join}.items():
            if info.timeline.limited and since:
                await self.walk_back(room, info.timeline.prev_batch, since)
            for event in info.timeline.events:
                self.pass_on(room, event)
        for room, event in list(self.unread.values()):
            with contextlib.suppress(EncryptionError):
                self.pass_on(room, self.client.decrypt_event(event))
        await self.keep_keys()
        async with self.synced:
            self.synced.notify_all()

    async def read_for_ever(self):
        while True:
            try:
                await self.read_on()
            except ClientError:
                await asyncio.sleep(0.1)

    async def keep_keys(self):
        async with self.keys:
            if self.client.should_upload_keys:
                await self.client.keys_upload()
            if self.client.should_query_keys:
                await self.client.keys_query()
            if self.client.should_claim_keys:
                await self.client.keys_claim(self.client.get_users_for_key_claiming())
            await self.client.send_to_device_messages()

    def pass_on(self, room, event):
        tell({"person": self.user_id, "room": room, "event": self.plain(room, event)})

    def plain(self, room, event):
        """What an event is, and whether it came encrypted."""
        if isinstance(event, MegolmEvent):
            event.room_id = room
            self.unread[event.event_id] = (room, event)
            return {**event.source, "encrypted": True}
        self.unread.pop(event.source.get("event_id"), None)
        return {**event.source, "encrypted": bool(getattr(event, "decrypted", False))}

    async def page(self, room, start, end):
        """A page of a room's past, newest first, and where the one before it starts."""
        until = f"&to={quote(end, safe='')}" if end else ""
        begin = f"&from={quote(start, safe='')}" if start else ""
        path = f"/_matrix/client/v3/rooms/{quote(room, safe='')}/messages?dir=b&limit=500{begin}{until}"
        status, answer = await self.call("GET", path, None)
        claim(status == 200, answer)
        events = []
        for source in answer["chunk"]:
            event = Event.parse_event(source)
            if isinstance(event, MegolmEvent):
                event.room_id = room
                with contextlib.suppress(EncryptionError):
                    event = self.client.decrypt_event(event)
            events.append(event)
        return events, answer.get("end")

    async def walk_back(self, room, start, end):
        while start:
            events, start = await self.page(room, start, end)
            for event in events:
                self.pass_on(room, event)

    async def history(self, room):
        """All that the homeserver has of a room, oldest first."""
        found, start = [], None
        while True:
            events, start = await self.page(room, start, None)
            found += [self.plain(room, event) for event in events]
            if not start:
                return found[::-1]

    # Acting

    async def call(self, method, path, body):
        """Any request in this person's name, tried again when the homeserver asks for patience or is away."""
        headers = {"Authorization": f"Bearer {self.client.access_token}"}
        data = None if body is None else json.dumps(body)
        while True:
            try:
                response = await self.client.send(method, path, data, headers)
                answer = await response.json()
            except ClientError:
                if method == "POST":
                    raise
                await asyncio.sleep(0.1)
                continue
            if response.status != 429:
                return response.status, answer
            await asyncio.sleep(answer.get("retry_after_ms", 500) / 1000)

    async def send(self, room, type, content):
        """Sends an event as the room wants it, to all devices that are in the room now."""
        if self.client.olm and await self.is_encrypted(room) and type != "m.reaction":
            await self.share_with_all(room)
        answer = await self.client.room_send(room, type, content, ignore_unverified_devices=True)
        return claim(hasattr(answer, "event_id"), answer).event_id

    async def withhold(self, room, user, type, content):
        """Sends an event in a new session whose key does not reach somebody, as where a homeserver is slow."""
        share = self.client.olm.share_group_session_parallel

        def share_with_others(*arguments, **options):
            for shared, request in share(*arguments, **options):
                key = request["messages"].pop(user, None)
                if key:
                    self.withheld.append({user: key})
                yield shared, request

        await self.is_encrypted(room)
        await self.share_with_all(room)
        self.client.invalidate_outbound_session(room)
        self.client.olm.share_group_session_parallel = share_with_others
        try:
            return await self.send(room, type, content)
        finally:
            del self.client.olm.share_group_session_parallel

    async def hand_over(self):
        """Sends the keys that were withheld."""
        while self.withheld:
            path = f"/_matrix/client/v3/sendToDevice/m.room.encrypted/{uuid4()}"
            status, answer = await self.call("PUT", path, {"messages": self.withheld.pop()})
            claim(status == 200, answer)

    async def is_encrypted(self, room):
        """Waits until the client knows the room as it is: the first sync of a new room may bring it half made."""
        path = f"/_matrix/client/v3/rooms/{quote(room, safe='')}/state/m.room.encryption/"
        encrypted = (await self.call("GET", path, None))[0] == 200
        async with self.synced:
            known = self.client.rooms
            await self.synced.wait_for(lambda: room in known and known[room].encrypted == encrypted)
        return encrypted

    async def share_with_all(self, room):
        """Asks who is there with which devices; a new one makes a new session, which all get."""
        async with self.keys:
            await self.client.joined_members(room)
            users = set(self.client.rooms[room].users)
            self.client.olm.users_for_key_query.update(users)
            await self.client.keys_query()
            devices = {(d.user_id, d.id, d.ed25519) for d in self.client.device_store if d.user_id in users}
            if self.shared_with.get(room) != devices:
                self.client.invalidate_outbound_session(room)
                self.shared_with[room] = devices

    async def redact(self, room, event, reason):
        answer = await self.client.room_redact(room, event, reason)
        return claim(hasattr(answer, "event_id"), answer).event_id

    async def upload(self, room, name, mime, data):
        """Gives what a message says of a file, encrypted where the room is."""
        data = base64.b64decode(data)
        encrypt = await self.is_encrypted(room)
        answer, keys = await self.client.upload(
            io.BytesIO(data), mime, name, encrypt=encrypt, filesize=len(data)
        )
        uri = claim(hasattr(answer, "content_uri"), answer).content_uri
        said = {"file": {**keys, "url": uri}} if encrypt else {"url": uri}
        return {"body": name, "filename": name, "info": {"mimetype": mime, "size": len(data)}, **said}

    async def download(self, content):
        """What is in the file of a message."""
        file = content.get("file")
        answer = await self.client.download(file["url"] if file else content["url"])
        data = claim(hasattr(answer, "body"), answer).body
        if file:
            data = decrypt_attachment(data, file["key"]["k"], file["hashes"]["sha256"], file["iv"])
        return base64.b64encode(data).decode()


people = {}
reading = set()


async def enter(user_id, device_id, access_token, reads):
    """Somebody comes, and with `reads` keeps reading. Their keys are known before this is answered."""
    person = people[user_id] = Person(user_id, device_id, access_token, reads)
    if reads:
        await person.read_on(is_first=True)
        task = asyncio.create_task(person.read_for_ever())
        reading.add(task)
        task.add_done_callback(stumbled)
    return True


def stumbled(task):
    """Somebody who reads no more is the end of the test."""
    if not task.cancelled():
        print("reading ended:", repr(task.exception()), file=sys.stderr)
        os._exit(1)


async def do(id, do, person=None, **arguments):
    try:
        action = enter if do == "enter" else getattr(people[person], do)
        tell({"id": id, "ok": await action(**arguments)})
    except Exception as error:
        tell({"id": id, "error": f"{type(error).__name__}: {error}"})


async def main():
    # That somebody has no key yet is not news.
    logging.getLogger("nio").setLevel(logging.CRITICAL)
    loop = asyncio.get_running_loop()
    orders = asyncio.StreamReader(limit=1 << 28)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    doing = set()
    while line := await orders.readline():
        task = asyncio.create_task(do(**json.loads(line)))
        doing.add(task)
        task.add_done_callback(doing.discard)
    os._exit(0)


asyncio.run(main())

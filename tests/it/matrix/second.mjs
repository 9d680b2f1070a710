// People with matrix-js-sdk, under the orders of a test as those of people.py are: JSON lines come in, JSON lines go out.
//
//     node second.mjs URL CLIENTS
//
// It takes the orders of people.py (but to upload), and tells what comes in the same words. Besides, `sight` says what the library
// itself makes of a message, and people verify each other by emoji. It ends when its standard input does.

import { createHash, webcrypto } from "node:crypto";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [url, clients] = process.argv.slice(2);
const installed = createRequire(`${clients}/`);
const load = (name) => import(pathToFileURL(installed.resolve(name)));
const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

// The library talks of all it does; standard output is for answers alone.
for (const level of ["trace", "debug", "info", "log"]) console[level] = () => {};
console.warn = console.error;

const sdk = await load("matrix-js-sdk");
const { CryptoEvent, VerificationPhase, VerificationRequestEvent, VerifierEvent } = await load("matrix-js-sdk/lib/crypto-api/index.js");
const { logger } = await load("matrix-js-sdk/lib/logger.js");
logger.setLevel("error", false);

/** An event as it is read, and whether it came encrypted: what people.py says of it. */
function plain(event) {
    const relation = event.getWireContent()["m.relates_to"];
    const content = { ...event.getOriginalContent(), ...(relation && { "m.relates_to": relation }) };
    const cannot = event.isDecryptionFailure() || event.isBeingDecrypted();
    const read = cannot ? {} : { type: event.getType(), content };
    return { ...event.event, ...read, encrypted: event.isEncrypted() };
}

/** Gives what a check finds, now or after one of these happens. */
async function until(emitter, names, check) {
    for (;;) {
        const found = check();
        if (found) return found;
        await new Promise((resolve) => {
            const happened = () => {
                for (const name of names) emitter.off(name, happened);
                resolve();
            };
            for (const name of names) emitter.on(name, happened);
        });
    }
}

/** One device of one account. */
class Person {
    constructor(client) {
        this.client = client;
        this.requests = [];
        client.on(CryptoEvent.VerificationRequestReceived, (request) => this.requests.push(request));
        client.on(sdk.ClientEvent.Event, (event) => event.getRoomId() && this.passOn(event));
        client.on(sdk.MatrixEventEvent.Decrypted, (event) => this.passOn(event));
        client.on(sdk.RoomEvent.MyMembership, (room, membership) => {
            if (membership !== "invite") return;
            const events = room.currentState.getStateEvents("m.room.member").map((event) => event.event);
            tell({ person: client.getUserId(), invite: room.roomId, events });
        });
        // What the library makes of it all may change after the event that changes it was told.
        const { Decrypted, Replaced } = sdk.MatrixEventEvent;
        const { DevicesUpdated, UserTrustStatusChanged } = CryptoEvent;
        const { Update, NewReply } = sdk.ThreadEvent;
        for (const name of [sdk.ClientEvent.Sync, Decrypted, Replaced, Update, NewReply, DevicesUpdated, UserTrustStatusChanged]) {
            client.on(name, () => setImmediate(() => tell({ person: client.getUserId(), stirred: name })));
        }
    }

    passOn(event) {
        tell({ person: this.client.getUserId(), room: event.getRoomId(), event: plain(event) });
    }

    /** Waits until the library knows a room as it is. */
    async room(id) {
        const { status } = await this.ask("GET", `/_matrix/client/v3/rooms/${encodeURIComponent(id)}/state/m.room.encryption/`);
        const known = () => {
            const room = this.client.getRoom(id);
            return room?.hasEncryptionStateEvent() === (status === 200) && room;
        };
        return until(this.client, [sdk.ClientEvent.Sync], known);
    }

    ask(method, path, body) {
        const headers = { authorization: `Bearer ${this.client.getAccessToken()}`, "content-type": "application/json" };
        return fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
    }

    // Orders that people.py has too

    async call({ method, path, body }) {
        for (;;) {
            const answer = await this.ask(method, path, body);
            const said = await answer.json();
            if (answer.status !== 429) return [answer.status, said];
            await new Promise((resolve) => setTimeout(resolve, said.retry_after_ms ?? 500));
        }
    }

    async send({ room, type, content }) {
        await this.room(room);
        return (await this.client.sendEvent(room, type, content)).event_id;
    }

    async redact({ room, event, reason }) {
        await this.room(room);
        return (await this.client.redactEvent(room, event, undefined, reason && { reason })).event_id;
    }

    async download({ content }) {
        const { file } = content;
        const media = this.client.mxcUrlToHttp(file?.url ?? content.url, undefined, undefined, undefined, false, true, true);
        const answer = await this.ask("GET", media.slice(url.length));
        if (!answer.ok) throw new Error(`${answer.status}`);
        let data = Buffer.from(await answer.arrayBuffer());
        if (file) {
            const hash = createHash("sha256").update(data).digest("base64").replace(/=*$/, "");
            if (hash !== file.hashes.sha256.replace(/=*$/, "")) throw new Error("the file is not what was sent");
            const key = await webcrypto.subtle.importKey("jwk", file.key, "AES-CTR", false, ["decrypt"]);
            const counter = Buffer.from(file.iv, "base64");
            data = Buffer.from(await webcrypto.subtle.decrypt({ name: "AES-CTR", counter, length: 64 }, key, data));
        }
        return data.toString("base64");
    }

    // What the library itself makes of what it read

    /** A message as it would be shown. Nothing where it did not come yet. */
    async sight({ room: id, event: eventId }) {
        const room = await this.room(id);
        const event = room.findEventById(eventId);
        if (!event) return null;
        const shield = await this.client.getCrypto().getEncryptionInfoForEvent(event);
        const reactions = room.relations.getChildEventsForEvent(eventId, "m.annotation", "m.reaction");
        const thread = room.getThread(eventId);
        return {
            content: event.getContent(),
            is_read: !event.isDecryptionFailure() && !event.isBeingDecrypted(),
            is_encrypted: event.isEncrypted(),
            // 0 is no warning at all; none of them is for what is not encrypted.
            shield: shield?.shieldColour ?? null,
            replaced_by: event.replacingEventId() ?? null,
            reactions: Object.fromEntries(
                (reactions?.getSortedAnnotationsByKey() ?? []).map(([key, given]) => [key, [...given].map((each) => each.getSender())]),
            ),
            thread: (thread?.events ?? []).filter((each) => each.getId() !== eventId).map(plain),
        };
    }

    /** How far the device of somebody in an encrypted room is trusted, by what its owner has signed and what this person has verified. */
    async trust({ user, device }) {
        const crypto = this.client.getCrypto();
        const [status, owner] = [await crypto.getDeviceVerificationStatus(user, device), await crypto.getUserVerificationStatus(user)];
        return {
            is_signed_by_owner: status?.signedByOwner ?? false,
            is_verified: status?.crossSigningVerified ?? false,
            is_owner_verified: owner.isCrossSigningVerified(),
        };
    }

    // Verification by emoji

    /** Asks somebody to verify: in their conversation, or one device by itself. */
    async request_verification({ user, room, device }) {
        const crypto = this.client.getCrypto();
        await crypto.getUserDeviceInfo([user], true);
        const request = room ? await crypto.requestVerificationDM(user, room) : await crypto.requestDeviceVerification(user, device);
        this.requests.push(request);
        return true;
    }

    /** The request from or to somebody that is not over, once there is one. */
    request(user) {
        const of = () => this.requests.findLast((request) => request.otherUserId === user && request.pending);
        return until(this.client, [CryptoEvent.VerificationRequestReceived], of);
    }

    async accept_verification({ user }) {
        await (await this.request(user)).accept();
        return true;
    }

    /** Shows the emoji, once both are ready; `starts` says whether it is this side that chooses emoji as the way. */
    async show_emoji({ user, starts }) {
        const request = await this.request(user);
        const reached = (check) =>
            until(request, [VerificationRequestEvent.Change], () => {
                if (request.phase === VerificationPhase.Cancelled) throw new Error(`cancelled: ${request.cancellationCode}`);
                return check();
            });
        if (starts) {
            await reached(() => request.phase >= VerificationPhase.Ready);
            await request.startVerification("m.sas.v1");
        }
        const verifier = await reached(() => request.verifier);
        this.verified = verifier.verify();
        this.verified.catch(() => {});
        this.sas = await Promise.race([this.verified, until(verifier, [VerifierEvent.ShowSas], () => verifier.getShowSasCallbacks())]);
        return this.sas.sas.emoji.map(([emoji]) => emoji);
    }

    /** The emoji are the same on both sides. Answered once both have said so. */
    async confirm_emoji() {
        await this.sas.confirm();
        await this.verified;
        return true;
    }

    /** The emoji differ. */
    async refuse_emoji() {
        this.sas.mismatch();
        return true;
    }
}

const people = new Map();

/** Somebody comes and keeps reading. Their keys, signed by themselves, are known before this is answered. */
async function enter({ user_id: userId, device_id: deviceId, access_token: accessToken }) {
    const client = sdk.createClient({ baseUrl: url, userId, deviceId, accessToken });
    await client.initRustCrypto({ useIndexedDB: false });
    people.set(userId, new Person(client));
    await client.startClient({ initialSyncLimit: 100, threadSupport: true, pollTimeout: 30000 });
    await until(client, [sdk.ClientEvent.Sync], () => client.isInitialSyncComplete());
    // The homeserver takes the first keys of an account from whoever has its token.
    await client.getCrypto().bootstrapCrossSigning({ authUploadDeviceSigningKeys: (upload) => upload(null) });
    return true;
}

for await (const line of createInterface({ input: process.stdin })) {
    const { id, do: name, person, ...rest } = JSON.parse(line);
    const done = name === "enter" ? enter(rest) : Promise.resolve().then(() => people.get(person)[name](rest));
    done.then(
        (ok) => tell({ id, ok }),
        (error) => tell({ id, error: `${error?.stack ?? error}` }),
    );
}
process.exit(0);

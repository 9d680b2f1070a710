// Hydrogen with somebody logged in, under the orders of a test: `eyes.enter` logs in, `eyes.open` shows a room's timeline.

import {
    Client,
    createNavigation,
    createRouter,
    FeatureSet,
    LoadStatus,
    Platform,
    RoomViewModel,
    TimelineView,
    viewClassForTile,
} from "/hydrogen.js";

const container = document.querySelector("#app");
const assetPaths = {
    downloadSandbox: "/assets/download-sandbox.html",
    worker: "/assets/main.js",
    olm: { wasm: "/olm/olm.wasm", legacyBundle: "/olm/olm_legacy.js", wasmBundle: "/olm/olm.js" },
    // It brings the pictures, which the homeserver gives to nobody without a token.
    serviceWorker: "/sw.js",
};
const platform = new Platform({ container, assetPaths, config: {}, options: {} });
const navigation = createNavigation();
platform.setNavigation(navigation);
await platform.init();
const urlRouter = createRouter({ navigation, history: platform.history });
urlRouter.attach();
const client = new Client(platform);

/** Logs somebody in and waits until their rooms are there. */
async function enter(homeserver, user, password) {
    const login = await client.queryLogin(homeserver).result;
    client.startWithLogin(login.password(user, password));
    const isOver = (status) => [LoadStatus.Ready, LoadStatus.Error, LoadStatus.LoginFailed].includes(status);
    await client.loadStatus.waitFor(isOver).promise;
    if (client.loadStatus.get() !== LoadStatus.Ready) {
        throw new Error(`${client.loginFailure ?? client.loadError?.stack}`);
    }
}

/** Shows the timeline of a room that they are in, and nothing else. */
async function open(id) {
    const room = client.session.rooms.get(id);
    const features = await FeatureSet.load(platform.settingsStorage);
    const ownUserId = client.session.userId;
    const view = new RoomViewModel({ room, ownUserId, platform, urlRouter, navigation, features });
    await view.load();
    container.replaceChildren(new TimelineView(view.timelineViewModel, viewClassForTile).mount());
}

window.eyes = { enter, open };

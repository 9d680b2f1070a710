// discord.js as a judge of the model of Discord:
//
//     node judge.mjs CLIENTS URL TOKEN GUILD CHANNEL
//
// It does what a bot does, and says on standard output, a line each, when it is somebody else's turn. What is not as it should be goes
// to standard error, and then it fails.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const [clients, url, token, guildId, channelId] = process.argv.slice(2);
const discord = createRequire(`${clients}/`)("discord.js");
const { GatewayIntentBits, MessageFlags, Events, ReactionType } = discord;

const say = (line) => process.stdout.write(`${line}\n`);

/** Waits until something that a client emits is what is awaited. */
function until(what, event, check = () => true) {
    return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${what} never came`)), 5000);
        const listen = (...heard) => {
            if (!check(...heard)) return;
            clearTimeout(late);
            client.off(event, listen);
            resolve(heard[0]);
        };
        client.on(event, listen);
    });
}

const client = new discord.Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.GuildMessageReactions],
    rest: { api: `${url}/api` },
});

async function connects() {
    const ready = until("READY", Events.ClientReady);
    await client.login(token);
    await ready;
    assert.equal(client.guilds.cache.get(guildId).name, "Logement");
    const channel = client.channels.cache.get(channelId);
    assert.equal(channel.name, "relais");
    return channel;
}

async function sendsAndReadsBack(channel) {
    const heard = until("its own message", Events.MessageCreate, (message) => message.content === "Appelez-vous ?");
    const embed = { title: "Loyers", description: "Le registre.", image: { url: "attachment://picture.png" } };
    const button = { type: 2, style: 1, label: "Fait", custom_id: "1.done" };
    const sent = await channel.send({
        content: "Appelez-vous ?",
        embeds: [embed],
        components: [{ type: 1, components: [button] }],
        files: [{ attachment: Buffer.from("not much of a picture"), name: "picture.png", description: "Un graphique" }],
        nonce: "a key of 25 characters",
        enforceNonce: true,
    });
    assert.equal((await heard).id, sent.id);
    await sent.edit({ content: "Appelez-vous encore ?" });
    const [read] = [...(await channel.messages.fetch({ limit: 10, cache: false })).values()];
    assert.equal(read.id, sent.id);
    assert.equal(read.content, "Appelez-vous encore ?", "the content is as it was written");
    assert.equal(read.embeds[0].title, "Loyers");
    assert.ok(read.editedTimestamp);
    assert.equal(read.components[0].components[0].customId, "1.done");
    const picture = await fetch(read.embeds[0].image.url);
    assert.equal(await picture.text(), "not much of a picture");
    return read;
}

async function readsReactions(message) {
    await message.react("✅");
    const all = new Set();
    const seen = until("all reactions", Events.MessageReactionAdd, (_reaction, user) => all.add(user.id).size === 150);
    say(`react ${message.id}`);
    await seen;
    const reaction = (await message.fetch(true)).reactions.cache.get("✅");
    assert.equal(reaction.count, 153);
    const read = new Set();
    for (let after, pages = 0; ; pages += 1) {
        assert.ok(pages < 3, "the pages of reactions come to an end");
        const page = await reaction.users.fetch({ limit: 100, after });
        if (page.size === 0) break;
        for (const id of page.keys()) read.add(id);
        after = [...page.keys()].sort((one, other) => Number(BigInt(one) - BigInt(other))).at(-1);
        if (page.size < 100) break;
    }
    assert.equal(read.size, 151);
    const bursts = await reaction.users.fetch({ type: ReactionType.Super });
    assert.equal(bursts.size, 2);
    await reaction.users.remove(client.user.id);
    assert.equal((await message.fetch(true)).reactions.cache.get("✅").count, 152);
}

async function missesNothing() {
    const missed = until("what it missed", Events.MessageCreate, (message) => message.content.endsWith("missed"));
    say("cut");
    await missed;
}

async function answers() {
    const bell = {
        type: 3,
        name: "bell",
        description: "Which one",
        name_localizations: { fr: "cloche" },
        autocomplete: true,
        required: true,
    };
    await client.application.commands.set([
        { name: "ring", description: "Ring", name_localizations: { fr: "sonner" }, options: [bell] },
    ]);
    assert.equal((await client.application.commands.fetch()).size, 1);
    const next = (what, check) => until(what, Events.InteractionCreate, check);
    let step = next("an autocompletion", (interaction) => interaction.isAutocomplete());
    say("command");
    let interaction = await step;
    assert.equal(interaction.options.getFocused(), "gr");
    step = next("a command", (interaction) => interaction.isChatInputCommand());
    await interaction.respond([{ name: "Big", value: "big", nameLocalizations: { fr: "Grande" } }]);

    interaction = await step;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    step = next("a button", (interaction) => interaction.isButton());
    const why = { type: 2, style: 2, label: "Why?", custom_id: "1.why" };
    const content = `${interaction.options.getString("bell")} (${interaction.locale})`;
    await interaction.editReply({ content, components: [{ type: 1, components: [why] }] });

    interaction = await step;
    step = next("a form", (interaction) => interaction.isModalSubmit());
    const input = { type: 4, style: 2, custom_id: "reason", label: "Pourquoi ?" };
    await interaction.showModal({ custom_id: "1.form", title: "Pourquoi ?", components: [{ type: 1, components: [input] }] });

    interaction = await step;
    const answered = await interaction.reply({ content: interaction.fields.getTextInputValue("reason"), withResponse: true });
    assert.equal(answered.resource.message.content, "Pour voir");
    await interaction.followUp({ content: "followed" });
    await interaction.deleteReply();
}

try {
    const channel = await connects();
    const message = await sendsAndReadsBack(channel);
    await readsReactions(message);
    await missesNothing();
    await answers();
    await client.destroy();
} catch (error) {
    console.error(error);
    process.exit(1);
}

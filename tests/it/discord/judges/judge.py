"""discord.py as a judge of the model of Discord:

    python judge.py URL TOKEN GUILD CHANNEL

It does what a bot does, and says on standard output, a line each, when it is somebody else's turn. What is not as it should be goes to
standard error, and then it fails.
"""

import asyncio
import io
import sys
import traceback

import aiohttp
import discord
import yarl
from discord import app_commands

URL, TOKEN = sys.argv[1:3]
GUILD, CHANNEL = map(int, sys.argv[3:5])
discord.http.Route.BASE = f"{URL}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(URL.replace("http", "ws"))

intents = discord.Intents.none()
intents.guilds = intents.guild_messages = intents.guild_reactions = True
client = discord.Client(intents=intents, max_ratelimit_timeout=30)


def say(line):
    print(line, flush=True)


def check(holds, what):
    """What must hold: `assert` may be switched off."""
    if not holds:
        raise AssertionError(what)


def until(event, condition=None):
    """What the client hears next that is what is awaited."""
    return asyncio.ensure_future(client.wait_for(event, check=condition, timeout=5))


async def sends_and_reads_back(channel):
    heard = until("message", lambda message: message.content == "Appelez-vous ?")
    embed = discord.Embed(title="Loyers", description="Le registre.").set_image(url="attachment://picture.png")
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="Fait", custom_id="1.done"))
    picture = discord.File(io.BytesIO(b"not much of a picture"), "picture.png", description="Un graphique")
    sent = await channel.send("Appelez-vous ?", embed=embed, view=view, file=picture, nonce="a key of 25 characters")
    check((await heard).id == sent.id, "its own message is told")
    await sent.edit(content="Appelez-vous encore ?")
    [read] = [message async for message in channel.history(limit=10)]
    check(read.id == sent.id, "the message is read back")
    check(read.content == "Appelez-vous encore ?", f"the content is as it was written: {read.content!r}")
    check(read.embeds[0].title == "Loyers" and read.edited_at, "the rest is as it was written")
    check(read.components[0].children[0].custom_id == "1.done", "the button is as it was written")
    async with aiohttp.ClientSession() as session, session.get(read.embeds[0].image.url) as response:
        check(await response.read() == b"not much of a picture", "the picture is as it was sent")
    return read


async def reads_reactions(message):
    await message.add_reaction("✅")
    seen = set()

    def is_last(payload):
        seen.add(payload.user_id)
        return len(seen) == 150

    heard = until("raw_reaction_add", is_last)
    say(f"react {message.id}")
    await heard
    [reaction] = (await message.channel.fetch_message(message.id)).reactions
    check((reaction.count, reaction.normal_count, reaction.burst_count) == (153, 151, 2), "reactions are counted")
    read = []
    async for user in reaction.users(type=discord.ReactionType.normal):
        check(len(read) < 151, "the pages of reactions come to an end")
        read.append(user.id)
    check(len(set(read)) == 151, "the pages of reactions hold everybody")
    bursts = [user async for user in reaction.users(type=discord.ReactionType.burst)]
    check(len(bursts) == 2, "super reactions are apart")
    await message.remove_reaction("✅", client.user)
    [reaction] = (await message.channel.fetch_message(message.id)).reactions
    check(reaction.count == 152, "one reaction is gone")


async def misses_nothing():
    missed = until("message", lambda message: message.content.endswith("missed"))
    say("cut")
    try:
        await missed
    except asyncio.TimeoutError:
        check(False, "what it missed never came")


async def answers():
    tree = app_commands.CommandTree(client)
    bell = {"type": 3, "name": "bell", "description": "Which one", "name_localizations": {"fr": "cloche"}}
    bell |= {"autocomplete": True, "required": True}
    command = {"name": "ring", "description": "Ring", "name_localizations": {"fr": "sonner"}, "options": [bell]}
    await client.http.bulk_upsert_global_commands(client.application_id, payload=[command])
    check([known.name for known in await tree.fetch_commands()] == ["ring"], "the command is known")

    def next_of(kind):
        return until("interaction", lambda interaction: interaction.type is kind)

    kinds = discord.InteractionType
    step = next_of(kinds.autocomplete)
    say("command")
    interaction = await step
    check(interaction.data["options"][0]["value"] == "gr", "what was typed is told")
    step = next_of(kinds.application_command)
    choice = {"name": "Big", "value": "big", "name_localizations": {"fr": "Grande"}}
    await client.http.request(
        discord.http.Route("POST", f"/interactions/{interaction.id}/{interaction.token}/callback"),
        json={"type": 8, "data": {"choices": [choice]}},
    )

    interaction = await step
    await interaction.response.defer(ephemeral=True)
    step = next_of(kinds.component)
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="Why?", custom_id="1.why"))
    value = interaction.data["options"][0]["value"]
    await interaction.edit_original_response(content=f"{value} ({interaction.locale.value})", view=view)

    interaction = await step
    step = next_of(kinds.modal_submit)
    modal = discord.ui.Modal(title="Pourquoi ?", custom_id="1.form")
    modal.add_item(discord.ui.TextInput(label="Pourquoi ?", custom_id="reason", style=discord.TextStyle.long))
    await interaction.response.send_modal(modal)

    interaction = await step
    answered = await interaction.response.send_message(interaction.data["components"][0]["components"][0]["value"])
    check(answered.resource.content == "Pour voir", "the answer is told")
    await interaction.followup.send("followed", wait=True)
    await interaction.delete_original_response()


async def judge():
    await client.wait_until_ready()
    check(client.get_guild(GUILD).name == "Logement", "the guild is there")
    channel = client.get_channel(CHANNEL)
    check(channel.name == "relais", "the channel is there")
    message = await sends_and_reads_back(channel)
    await reads_reactions(message)
    await misses_nothing()
    await answers()


async def main():
    async with client:
        running = asyncio.ensure_future(client.start(TOKEN))
        judging = asyncio.ensure_future(judge())
        done, _ = await asyncio.wait([running, judging], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()


try:
    asyncio.run(main())
except Exception:
    traceback.print_exc()
    sys.exit(1)
